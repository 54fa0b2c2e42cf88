"""Forgetting: the answers that a service keeps for repeats of steps, deleted before they expire."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import product

from contracts.envelope import TurnId
from contracts.steps import MOST_REPAIRS, MOST_ROUNDS
from contracts.tools import MOST_CALLS
from stagekit.deletes import delete
from stagekit.first_answers import stages_table
from stagekit.idempotency import hash_text


def forget(operation: str, turns: Iterable[TurnId], step: str, *, claimed: bool = False) -> None:
    """Delete what this function of the service has kept of a step, by its key (`STEPS`), in these turns: as first
    answers, or as claims. Raises Transient when the table kept refusing."""
    prefix, stored = f"{os.environ['POWERTOOLS_SERVICE_NAME']}.{operation}", hash_text if claimed else str
    ids = [f"{prefix}#{stored(key)}" for turn in turns for key in _keys(turn, step)]
    delete(stages_table(), os.environ["STAGES_TABLE"], [{"id": {"S": id}} for id in ids])


def _keys(turn: TurnId, step: str) -> Iterator[str]:
    """Every key that a step of this turn may have had."""
    places = product(range(MOST_ROUNDS), range(MOST_CALLS), ("model", "understudy"), range(MOST_REPAIRS + 1))
    keys = (
        step.format(round=round_, index=index, provider=provider, repairs=repairs)
        for round_, index, provider, repairs in places
    )
    return (f"{turn}/{key}" for key in dict.fromkeys(keys))
