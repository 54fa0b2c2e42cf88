"""The leaderboard: where a campaign stands, as text that sorts like its rank."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.campaign import Standing
from services.campaign.domain.projection import CampaignRow

MOST_LEVEL, MOST_LIVES = 999, 9


def board_key(row: CampaignRow) -> tuple[str, str] | None:
    """Board and place of a row: highest level first, then most lives, then fewest turns, then by id.

    None for what does not rank: a fork, whose past was played by another campaign, and a row not complete yet.
    """
    if row.beginning is None or row.figures is None or row.beginning.forked_from is not None:
        return None
    level, lives = MOST_LEVEL - row.figures.level, MOST_LIVES - row.figures.lives
    return board_of(row.beginning.world), f"{level:03d}#{lives}#{row.figures.turn:010d}#{row.campaign_id}"


def board_of(world: str) -> str:
    return f"BOARD#{world}"


def standings(rows: Sequence[CampaignRow], viewer: str) -> tuple[Standing, ...]:
    """Complete rows in the order of their rank, as `viewer` may see them."""
    return tuple(_standing(row, rank, viewer) for rank, row in enumerate(rows, start=1))


def _standing(row: CampaignRow, rank: int, viewer: str) -> Standing:
    assert row.beginning is not None and row.figures is not None
    own = row.owner == viewer
    return Standing(
        rank=rank,
        class_name=row.beginning.class_name,
        level=row.figures.level,
        lives=row.figures.lives,
        turn=row.figures.turn,
        status=row.status,
        ending=row.ending,
        campaign_id=row.campaign_id if own else None,
        name=row.name if own else None,
    )
