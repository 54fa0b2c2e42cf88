"""Beginning to erase a player, and looking how far it is.

What wakes the worker is written with the record, and comes to it by the table's stream: what began is gone on with,
even if nobody asks a second time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from contracts.errors import Transient
from contracts.playerapi import Erasure
from services.gateway.application.erased_players import BegunErasures
from services.gateway.domain.erasures import STEPS, ErasureRecord
from services.gateway.domain.rejections import ResourceMissing


class Erasures(BegunErasures, Protocol):
    """Erasures, to begin and to look at. Reads are consistent."""

    def new_id(self) -> str: ...
    def find(self, erasure_id: str) -> ErasureRecord | None: ...
    def of(self, player: str) -> ErasureRecord | None: ...

    def begin(self, erasure: ErasureRecord) -> bool:
        """Write it and wake a worker. False when the player has one already."""

    def wake(self, erasure_id: str) -> None:
        """Have a worker go on with it."""


class BeginningDependencies(Protocol):
    """Dependencies of beginning. `settles` is the longest that a request may last which was under way before."""

    @property
    def erasures(self) -> Erasures: ...
    @property
    def settles(self) -> timedelta: ...
    @property
    def now(self) -> Callable[[], datetime]: ...


def begin_erasure(player: str, username: str, deps: BeginningDependencies) -> Erasure:
    """Begin to erase this player; asked again, how far it is. Once begun it cannot be stopped."""
    known = deps.erasures.of(player)
    if known:
        return _went_on(known, deps)
    now = deps.now()
    erasure = ErasureRecord(deps.erasures.new_id(), player, now, now + deps.settles, username)
    if not deps.erasures.begin(erasure):
        first = deps.erasures.of(player)
        if first is None:
            raise Transient("an erasure began and is not there")
        return _went_on(first, deps)
    return describe(erasure)


def read_erasure(erasure_id: str, deps: BeginningDependencies) -> Erasure:
    """The progress of an erasure. Raises ResourceMissing."""
    erasure = deps.erasures.find(erasure_id)
    if erasure is None:
        raise ResourceMissing("erasure")
    return describe(erasure)


def describe(erasure: ErasureRecord) -> Erasure:
    return Erasure(
        erasure_id=erasure.erasure_id,
        state="done" if erasure.is_done else "running",
        steps_done=erasure.steps_done,
        steps=len(STEPS),
        campaigns=erasure.campaigns,
        campaigns_done=erasure.campaigns_done,
        started_at=erasure.started_at,
    )


def _went_on(erasure: ErasureRecord, deps: BeginningDependencies) -> Erasure:
    """Asking again wakes a worker, should one have given up."""
    if not erasure.is_done:
        deps.erasures.wake(erasure.erasure_id)
    return describe(erasure)
