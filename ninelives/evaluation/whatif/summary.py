"""The summary of a retelling: where it parts from what was, and what the difference is in the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.campaign import TurnTotals
from ninelives.evaluation.whatif.difference import StateDifference
from ninelives.evaluation.whatif.version import Version
from ninelives.evaluation.whatif.what_if import Compared


@dataclass(frozen=True)
class Summary:
    """The first turn that was told, was played, or ended otherwise (None: no turn), and the sums of both versions."""

    first: int
    last: int
    told_otherwise_from: int | None
    played_otherwise_from: int | None
    state_otherwise_from: int | None
    differences: tuple[StateDifference, ...]
    totals: dict[str, tuple[int, int]]
    """Each figure of the turns' totals, and how many were told by the understudy: as it was, as it would have been."""
    ended_early: int
    """Turns that were played and not told again, because this story had ended."""


def summary_of(compared: Sequence[Compared], due: int) -> Summary:
    """The sum of at least one turn told again, when `due` were to be."""
    return Summary(
        first=compared[0].number,
        last=compared[-1].number,
        told_otherwise_from=_first(compared, lambda each: not each.is_told_the_same),
        played_otherwise_from=_first(compared, lambda each: not each.is_played_the_same),
        state_otherwise_from=_first(compared, lambda each: not each.ends_the_same),
        differences=compared[-1].differences,
        totals={
            **{name.replace("_", " "): _sums(compared, name) for name in TurnTotals.model_fields},
            "told by the understudy": (
                sum(each.was.telling.told_by == "understudy" for each in compared),
                sum(each.would_be.telling.told_by == "understudy" for each in compared),
            ),
        },
        ended_early=due - len(compared),
    )


def as_json(compared: Sequence[Compared], summary: Summary | None, master: str) -> dict[str, Any]:
    """Everything, for a program."""
    turns = [
        {
            "number": each.number,
            "action": each.action,
            "was": _version(each.was),
            "would_be": _version(each.would_be),
            "differences": _list_differences(each.differences),
        }
        for each in compared
    ]
    told = {**vars(summary), "differences": _list_differences(summary.differences)} if summary else None
    return {"master": master, "turns": turns, "summary": told}


def _version(version: Version) -> dict[str, Any]:
    return {
        **version.telling.model_dump(mode="json"),
        "failures": version.failures,
        "calls": [{"key": one.key, **one.call.model_dump(mode="json")} for one in version.intents],
        "rolls": [roll.model_dump(mode="json") for roll in version.rolls],
        "refusals": version.refusals,
        "totals": version.event.data.totals.model_dump(mode="json"),
        "state_hash": version.event.data.state_hash,
    }


def _list_differences(found: tuple[StateDifference, ...]) -> list[dict[str, Any]]:
    return [{"path": each.path, "was": each.one, "would_be": each.other} for each in found]


def _first(compared: Sequence[Compared], parts: Callable[[Compared], bool]) -> int | None:
    return next((each.number for each in compared if parts(each)), None)


def _sums(compared: Sequence[Compared], name: str) -> tuple[int, int]:
    was = sum(getattr(each.was.event.data.totals, name) for each in compared)
    return was, sum(getattr(each.would_be.event.data.totals, name) for each in compared)
