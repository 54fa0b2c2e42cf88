"""The steps of a turn's workflow, laid out in time.

`TurnAnswered` tells each step's length and order, not when it began; events tell when they occurred, which is before
their step ended. So each step begins when the one before it ended, or as late as its events demand. A turn that was
given up tells no lengths: its steps are those that events tell of, each lasting from the one before it to its event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from contracts.dm import DungeonMasterRespondedV1
from contracts.gateway import StageTiming, TurnAnsweredV1
from contracts.steps import STEPS
from ninelives.analytics.tracing.told import TurnTold

MASTER, TOOL = "InvokeDungeonMaster", "ExecuteTool"
KEYS = {
    "RetrieveLore": STEPS.lore,
    "RefreshLore": STEPS.lore_settled,
    "LookAround": STEPS.lore_moved,
    MASTER: STEPS.dm,
    TOOL: STEPS.tool,
    "PlayWorld": STEPS.world,
    "PersistCampaign": STEPS.persist,
}
"""The ends of the keys of those states that events tell of."""

_PATTERNS = {
    name: re.compile(re.sub(r"\{(round|index|repairs)\}", r"\\d+", key).replace("{provider}", "[a-z]+"))
    for name, key in KEYS.items()
}


@dataclass(frozen=True)
class TurnStep:
    """One state of the workflow, entered once. `key` is what its events are filed under, if any tells of it."""

    name: str
    key: str | None
    start: datetime
    end: datetime
    timing: StageTiming | None
    """None when nothing but its events is known: then `start` is the earliest that it may have begun."""


def steps_of(told: TurnTold) -> tuple[TurnStep, ...]:
    """Every step, in the order in which they ended."""
    answered = told.first(TurnAnsweredV1)
    timed = tuple(_read_timed(told, answered.data.stages)) if answered else ()
    seen = {step.key for step in timed}
    return (*timed, *_read_untimed(told, [key for key in told.by_key if key not in seen]))


def _read_timed(told: TurnTold, stages: Iterable[StageTiming]) -> Iterator[TurnStep]:
    """Calls of a tool stand beside each other, since they ran in parallel."""
    keys, now = _Keys(told), told.began
    for name, group in groupby(stages, key=lambda stage: stage.stage):
        begun = now
        for stage in group:
            key = keys.of(stage)
            length = timedelta(milliseconds=stage.milliseconds)
            earliest = begun if name == TOOL else now
            start = max(earliest, _last(told, key) - length) if key else earliest
            yield TurnStep(name, key, start, start + length, stage)
            now = max(now, start + length)


def _read_untimed(told: TurnTold, keys: Iterable[str]) -> Iterator[TurnStep]:
    """Steps of which only events tell, in the order of their last event."""
    found = [(key, name) for key in keys if (name := _name(key))]
    before = told.began
    for name, group in groupby(sorted(found, key=lambda each: _last(told, each[0])), key=lambda each: each[1]):
        begun = before
        for key, _ in group:
            end = max(before, _last(told, key))
            yield TurnStep(name, key, begun if name == TOOL else before, end, None)
            before = end


class _Keys:
    """The keys of states in the order in which they were entered. A reply after a round of tools begins the next."""

    def __init__(self, told: TurnTold) -> None:
        self._told, self._round, self._index, self._is_played = told, 0, 0, False
        self._masters = [key for key in told.by_key if _name(key) == MASTER]

    def of(self, stage: StageTiming) -> str | None:
        """The key of a state; None for one that no event tells of."""
        if stage.stage == MASTER:
            self._round, self._index = self._round + self._is_played, 0
            self._is_played = False
            return self._master(failed=stage.error is not None)
        pattern = KEYS.get(stage.stage, "")
        key = pattern.format(round=self._round, index=self._index)
        if stage.stage == TOOL:
            self._index, self._is_played = self._index + 1, True
        return key if key in self._told.by_key else None

    def _master(self, *, failed: bool) -> str | None:
        """The next reply of this round. A state that failed for our own reasons has no event, and takes no key."""
        prefix = STEPS.dm.partition("{")[0] + f"{self._round}/"
        key = next((key for key in self._masters if key.startswith(prefix)), None)
        if key is None or (failed and _is_answered(self._told, key)):
            return None
        self._masters.remove(key)
        return key


def _is_answered(told: TurnTold, key: str) -> bool:
    return any(isinstance(event, DungeonMasterRespondedV1) for event in told.by_key[key])


def _last(told: TurnTold, key: str) -> datetime:
    return told.by_key[key][-1].metadata.occurred_at


def _name(key: str) -> str | None:
    """The state whose key this is."""
    return next((name for name, pattern in _PATTERNS.items() if pattern.fullmatch(key)), None)
