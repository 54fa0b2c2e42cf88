"""The facts of a campaign as events. They carry no word a player typed and no name a player gave: an archive
cannot delete a single event. Text stays in the campaign's table, under the turn id."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from contracts.campaign import (
    CampaignEndedData,
    CampaignEndedV1,
    CampaignStartedData,
    CampaignStartedV1,
    EffectRecord,
    TurnHeadline,
    TurnResolvedData,
    TurnResolvedV1,
    TurnTotals,
)
from contracts.canon import EntityRef
from contracts.envelope import Ancestor, Envelope, Event, Value
from contracts.steps import is_world_step
from services.campaign.domain.facts import facts_of
from services.campaign.domain.played_turn import PlayedTurn
from services.campaign.domain.state_hash import state_hash
from services.campaign.domain.streams import stream_of

if TYPE_CHECKING:
    from contracts.campaign import (
        CreateCampaign,
        ForkCampaign,
        PersistCampaign,
        Settled,
    )
    from contracts.effects import Consequence, Proposal
    from contracts.state import CampaignState
    from contracts.tools import Roll

MOST_BYTES = 60 * 1024
"""A billing unit of the bus is 64 KiB; the rest is for what surrounds an event."""
MOST_RECORDS = 200
MOST_REFUSALS = 60
ANONYMOUS = "character"
Kind = TypeVar("Kind", bound=Event)


def start_events(
    request: CreateCampaign | ForkCampaign, state: CampaignState, now: datetime, forked_from: Ancestor | None = None
) -> tuple[Event, ...]:
    """The first event of a campaign. `forked_from` says whose turns came before its own."""
    data = CampaignStartedData(
        owner=request.owner,
        class_id=state.character.class_id,
        world=state.world,
        world_version=state.world_version,
        seed_commitment=state.seed_commitment,
        state_hash=state_hash(state),
        summary={
            "class_name": state.character.class_name,
            "level": state.character.level,
            "lives": state.character.lives,
            "place": state.place.model_dump(mode="json"),
        },
        forked_from=forked_from,
    )
    return (_event(CampaignStartedV1, request.envelope, 1, now, data),)


def turn_events(
    request: PersistCampaign, played: PlayedTurn, *, owner: str, seed: str, sequence: int, now: datetime
) -> tuple[TurnResolvedV1, *tuple[Event, ...]]:
    """The events of a committed turn, the first of them numbered `sequence`. The seed is told when the story ends."""
    turn = _event(TurnResolvedV1, request.envelope, sequence, now, _resolution(request, played, owner))
    if played.state.status == "active":
        return (turn,)
    assert played.state.ending is not None
    data = CampaignEndedData(owner=owner, ending=played.state.ending, turn=played.state.turn, seed=seed)
    return (turn, _event(CampaignEndedV1, request.envelope, sequence + 1, now, data))


def headline_of(event: TurnResolvedV1) -> TurnHeadline:
    """The part of the turn that the player is told at once."""
    return TurnHeadline(event_id=event.metadata.event_id, totals=event.data.totals, refusals=event.data.refusals)


def _event(kind: type[Kind], envelope: Envelope, sequence: int, now: datetime, data: Value) -> Kind:
    stream = stream_of(envelope.campaign_id)
    metadata = envelope.metadata(kind, event_id=f"{stream}/{sequence}", now=now, stream=stream, sequence=sequence)
    return kind.model_validate({"metadata": metadata, "data": data})


def _resolution(request: PersistCampaign, played: PlayedTurn, owner: str) -> TurnResolvedData:
    state = played.state
    data = TurnResolvedData(
        number=state.turn,
        version=state.version,
        owner=owner,
        told_by=request.telling.told_by,
        model=request.telling.usage.model,
        totals=_totals(request, played.settled),
        effects=tuple(islice(_effects(played), MOST_RECORDS)),
        refusals=tuple(islice(_refusals(played.settled), MOST_REFUSALS)),
        rolls=tuple(islice(_rolls(played), MOST_RECORDS)),
        facts=facts_of(played.settled),
        place=EntityRef(id=state.place.id, name=state.place.name),
        level=state.character.level,
        lives=state.character.lives,
        status=state.status,
        ending=state.ending,
        state_hash=state_hash(state),
    )
    return _fitting(data)


def _fitting(data: TurnResolvedData) -> TurnResolvedData:
    """As much detail as one event may carry; all of it is in the turn record, and the totals always count all.

    Rolls and effects go first: facts are what a chronicle lives on.
    """
    while len(data.model_dump_json().encode()) > MOST_BYTES and (data.rolls or data.effects):
        half = {"rolls": data.rolls[: len(data.rolls) // 2], "effects": data.effects[: len(data.effects) // 2]}
        data = data.model_copy(update=half)
    while len(data.model_dump_json().encode()) > MOST_BYTES and data.facts:
        data = data.model_copy(update={"facts": data.facts[: len(data.facts) // 2]})
    return data


def _totals(request: PersistCampaign, settled: tuple[Settled, ...]) -> TurnTotals:
    usage = request.telling.usage
    return TurnTotals(
        tool_calls=sum(not is_world_step(one.outcome.key) for one in settled),
        refusals=sum(not one.applied for one in settled),
        rolls=sum(len(one.outcome.rolls) for one in settled),
        model_calls=usage.calls,
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cached_tokens=usage.cache_read_tokens,
        micro_dollars=usage.micro_dollars,
        repairs=request.telling.report.repairs,
    )


def _effects(played: PlayedTurn) -> Iterator[EffectRecord]:
    for one in played.settled:
        if one.applied:
            what: tuple[Proposal | Consequence, ...] = (*one.outcome.effects, *one.consequences)
            yield from (_effect(effect, one.outcome.key) for effect in what)


def _effect(effect: Proposal | Consequence, call: str) -> EffectRecord:
    return EffectRecord(kind=effect.kind, call=call, detail=effect.model_dump(mode="json", exclude={"kind"}))


def _refusals(settled: tuple[Settled, ...]) -> Iterator[str]:
    for one in settled:
        if one.refused is not None:
            yield one.refused.code
        elif not one.applied and one.outcome.refusal is not None:
            yield one.outcome.refusal.code


def _rolls(played: PlayedTurn) -> Iterator[Roll]:
    """Every roll, whoever made it; a roller called by the name a player gave is the character."""
    name = played.state.character.name
    for one in played.settled:
        for roll in one.outcome.rolls:
            yield roll.model_copy(update={"roller": ANONYMOUS}) if roll.roller == name else roll
