"""Plays by itself, so that one can watch the system and not the player."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus

from rich import box
from rich.table import Table

from contracts.playerapi import Turn
from ninelives.game.client import Player, RequestRefused

OPENING = "I look around and sniff the air."
TRIES = 3


def play_unattended(
    player: Player,
    campaign_id: str,
    turns: int,
    first: str = OPENING,
    pause: Callable[[float], None] = time.sleep,
) -> Iterator[Turn]:
    """Play `turns` turns, each time one of the suggested actions, going round so that different things are tried.

    Nobody stops to read, so it soon has as many turns as a player may have in a minute, and waits for the next.
    Stops early when the campaign ends.
    """
    action = first
    for number in range(turns):
        turn = _act(player, campaign_id, action, pause)
        yield turn
        if turn.campaign and turn.campaign.state.status == "ended":
            return
        options = turn.suggested_actions
        action = options[number % len(options)] if options else first


def _act(player: Player, campaign_id: str, action: str, pause: Callable[[float], None]) -> Turn:
    for _ in range(1, TRIES):
        try:
            return player.act(campaign_id, action)
        except RequestRefused as refusal:
            if refusal.problem.status != HTTPStatus.TOO_MANY_REQUESTS or refusal.wait is None:
                raise
            pause(refusal.wait)
    return player.act(campaign_id, action)


def table(turns: list[Turn], elapsed: Callable[[Turn], float]) -> Table:
    """Turn by turn: stages, attempts, milliseconds, model calls, tokens."""
    result = Table(
        title="What it took (model calls, tokens in and out)",
        border_style="magenta",
        box=box.SIMPLE_HEAD,
        padding=(0, 1),
    )
    for column in ("turn", "status", "told by", "stages", "attempts", "ms", "calls", "in", "out"):
        result.add_column(column, justify="left" if column in ("status", "told by") else "right", no_wrap=True)
    for turn in turns:
        usage = turn.usage
        result.add_row(
            str(turn.number or "-"),
            turn.status,
            turn.told_by or "-",
            str(len(turn.trace)),
            str(sum(stage.attempts for stage in turn.trace)),
            f"{elapsed(turn):.0f}",
            str(usage.calls if usage else 0),
            str(usage.input_tokens + usage.cache_read_tokens if usage else 0),
            str(usage.output_tokens if usage else 0),
        )
    return result


def growth(milliseconds: list[float]) -> str:
    """The latency of the last third of the turns compared with the first third (medians)."""
    third = max(1, len(milliseconds) // 3)
    first, last = statistics.median(milliseconds[:third]), statistics.median(milliseconds[-third:])
    return f"median of the first {third} turns {first:.0f} ms, of the last {third} {last:.0f} ms ({last / first:.2f}×)"
