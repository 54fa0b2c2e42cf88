"""The leaderboard: where a campaign stands, as text that sorts like its rank."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.campaign import Standing
from services.campaign.domain.projection import Line

MOST_LEVEL, MOST_LIVES = 999, 9


def board_key(line: Line) -> tuple[str, str] | None:
    """Board and place of a line: highest level first, then most lives, then fewest turns, then by id.

    None for what does not rank: a fork, whose past was played by another campaign, and a line not complete yet.
    """
    if line.beginning is None or line.figures is None or line.beginning.forked_from is not None:
        return None
    level, lives = MOST_LEVEL - line.figures.level, MOST_LIVES - line.figures.lives
    return board_of(line.beginning.world), f"{level:03d}#{lives}#{line.figures.turn:010d}#{line.campaign_id}"


def board_of(world: str) -> str:
    return f"BOARD#{world}"


def standings(lines: Sequence[Line], viewer: str) -> tuple[Standing, ...]:
    """Complete lines in the order of their rank, as `viewer` may see them."""
    return tuple(_standing(line, rank, viewer) for rank, line in enumerate(lines, start=1))


def _standing(line: Line, rank: int, viewer: str) -> Standing:
    assert line.beginning is not None and line.figures is not None
    own = line.owner == viewer
    return Standing(
        rank=rank,
        class_name=line.beginning.class_name,
        level=line.figures.level,
        lives=line.figures.lives,
        turn=line.figures.turn,
        status=line.status,
        ending=line.ending,
        campaign_id=line.campaign_id if own else None,
        name=line.name if own else None,
    )
