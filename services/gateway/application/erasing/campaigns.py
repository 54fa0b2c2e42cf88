"""Erasing one campaign: its gate is shut, then each service deletes what it keeps. The order lets any step be repeated.

The turns of the last days are known by the events that accepted them, which stay; so what is kept for their repeats is
found even when the turns are gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import TypeVar

from contracts.campaign import CampaignErased, EraseCampaign
from contracts.chronicle import ChronicleErased, EraseChronicle
from contracts.dm import ForgetReplies, RepliesForgotten
from contracts.envelope import CampaignId
from contracts.errors import Transient
from contracts.tools import ForgetOutcomes, OutcomesForgotten
from services.gateway.application.campaigns.envelopes import make_envelope
from services.gateway.application.erasing.ports import ErasingDependencies
from services.gateway.domain.erasures import Visit

TRIES, PAUSE = 6, 0.05
ANSWERS_LAST = timedelta(days=4)
"""Answers are kept for a day, and DynamoDB deletes what has expired within a few."""
TURNS_AT_ONCE = 25
T = TypeVar("T")
Erased = TypeVar("Erased", CampaignErased, ChronicleErased)


def erase_campaign(
    campaign: CampaignId, erasure_id: str, visit: Visit, deps: ErasingDependencies, require_time: Callable[[], None]
) -> None:
    """Erase it, or go on with it. `require_time` raises what ends this run. Raises Transient when the gate kept
    moving.

    At the first visit the chronicle is only told to file no more: what is found by what it is about must not lose that
    to a delete that comes late, while what was heard just before is still being filed.
    """
    require_time()
    _shut(campaign, erasure_id, deps)
    envelope = make_envelope(campaign, "erase", None)
    for turns in _batches(deps.items.turns_since(campaign, deps.now() - ANSWERS_LAST), TURNS_AT_ONCE):
        require_time()
        deps.services.call(ForgetOutcomes(envelope=envelope, turns=turns), OutcomesForgotten)
        deps.services.call(ForgetReplies(envelope=envelope, turns=turns), RepliesForgotten)
    deps.items.delete_turns(campaign)
    erased = _ask_until_done(EraseCampaign(envelope=envelope), CampaignErased, deps, require_time)
    about = erased.about if visit == "again" else ()
    _ask_until_done(EraseChronicle(envelope=envelope, about=about), ChronicleErased, deps, require_time)
    deps.items.delete_feed(campaign)
    _shut(campaign, erasure_id, deps)  # a turn that ended meanwhile may have written it anew


def _shut(campaign: CampaignId, erasure_id: str, deps: ErasingDependencies) -> None:
    """No turn can be admitted from now on. One that runs has until its deadline to come to nothing."""
    for attempt in range(TRIES):
        gate = deps.items.gate(campaign)
        if gate is None or gate.status == "erased":
            return
        if gate.active_turn:
            deps.erasures.settle(erasure_id, deps.now() + deps.turn_ends)
        if deps.items.shut(gate):
            return
        deps.pause(PAUSE * attempt)
    raise Transient("the gate kept moving")


def _ask_until_done(
    request: EraseCampaign | EraseChronicle,
    reply: type[Erased],
    deps: ErasingDependencies,
    require_time: Callable[[], None],
) -> Erased:
    while True:
        erased = deps.services.call(request, reply)
        if not erased.more:
            return erased
        require_time()


def _batches(found: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    rest = iter(found)
    while batch := tuple(islice(rest, size)):
        yield batch
