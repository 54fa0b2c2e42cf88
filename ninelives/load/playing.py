"""Players that act at once until time is up, now and then twice under one key or in two tabs."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from statistics import quantiles
from uuid import uuid4

from contracts.playerapi import Turn
from ninelives.game.client import Player, RequestRefused, Unreachable
from ninelives.load.recording import Recording
from ninelives.ops.proof.clients import BUSY, ClientAnswer, wrong_in

ACTIONS = ("Look around", "I search the place", "Rest for a while", "Ask whoever is here for work", "Hide")
TWICE, TWO_TABS = 0.1, 0.1
"""Shares of turns that are asked for twice under one key, and beside another."""


@dataclass(frozen=True)
class Load:
    """Answers to players; each turn's time and how long it took, in seconds of one clock; why others were told no end;
    when all of it began and ended."""

    answers: list[ClientAnswer]
    turns: list[tuple[float, float]]
    failed: list[str]
    began: float
    ended: float

    @property
    def wrong(self) -> list[str]:
        return wrong_in(self.answers)

    def __str__(self) -> str:
        seconds = max(self.ended - self.began, 0.001)
        said = f"{len(self.turns)} turns in {seconds:.0f} s ({len(self.turns) / seconds:.1f}/s)"
        said += f", {len(self.failed)} without an end that was told, {len(self.answers)} answers"
        said += (
            f" ({', '.join(f'{count} × {why}' for why, count in Counter(self.failed).most_common(5))})"
            if self.failed
            else ""
        )
        if len(self.turns) < 2:
            return f"{said}."
        took = [each for _, each in self.turns]
        at = quantiles(took, n=100, method="inclusive")
        return f"{said}; p50 {at[49]:.2f} s, p90 {at[89]:.2f} s, p99 {at[98]:.2f} s, longest {max(took):.2f} s."


def play_at_once(clients: list[tuple[Player, Recording]], seconds: float, clock: Callable[[], float]) -> Load:
    """Each client plays a campaign of its own until `seconds` are over; a turn that runs then is still waited for."""
    began = clock()
    with ThreadPoolExecutor(len(clients)) as players:
        played = list(
            players.map(
                lambda each: _play(each[1][0], Random(each[0]), lambda: clock() - began < seconds, clock),
                enumerate(clients),
            )
        )
    return Load(
        answers=[answer for _, recording in clients for answer in recording.answers],
        turns=[turn for turns, _ in played for turn in turns],
        failed=[why for _, failed in played for why in failed],
        began=began,
        ended=clock(),
    )


def _play(
    player: Player, random: Random, time_is_left: Callable[[], bool], clock: Callable[[], float]
) -> tuple[list[tuple[float, float]], list[str]]:
    took, failed, campaign = list[tuple[float, float]](), list[str](), ""
    with ThreadPoolExecutor(1) as tab:
        while time_is_left():
            try:
                campaign = campaign or player.start("Load", player.world().classes[0].id).id
                asked = clock()
                turn = _take_turn(player, campaign, tab, random)
                took.append((asked, clock() - asked))
                if turn.status == "failed":
                    failed.append("the turn failed")
                elif player.campaign(campaign).sheet.state.status == "ended":
                    campaign = ""
            except (RequestRefused, Unreachable) as error:
                failed.append(str(error))
                time.sleep(0.1)  # a refusal that comes at once is not to be asked for without end
    return took, failed


def _take_turn(player: Player, campaign: str, tab: Executor, random: Random) -> Turn:
    """A turn, now and then asked for twice. Of two tabs one is told that the other's turn runs."""
    action, key, chance = random.choice(ACTIONS), str(uuid4()), random.random()
    if chance >= TWICE + TWO_TABS:
        return player.act(campaign, action, key)
    beside = tab.submit(player.act, campaign, action, key if chance < TWICE else str(uuid4()))
    try:
        turn = player.act(campaign, action, key)
    except RequestRefused as error:
        if not error.problem.type.endswith(BUSY):
            raise
        return beside.result()
    with suppress(RequestRefused, Unreachable):
        beside.result()
    return turn
