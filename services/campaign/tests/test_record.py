"""Events of a turn tell the world enough, and nothing of the player's."""

from __future__ import annotations

from typing import cast

from contracts.campaign import CampaignEndedV1, TurnResolvedV1
from contracts.canon import EntityRef
from contracts.effects import CampaignEnded, ConditionGained, CreditsGained, CreditsSpent
from contracts.tools import Roll
from services.campaign.domain.record import MOST_BYTES, turn_events
from services.campaign.domain.turn import play_out
from services.campaign.tests.builders import (
    CAT_NAME,
    NOON,
    OWNER,
    SEED,
    a_condition,
    a_roll,
    new_state,
    outcome,
    persist_request,
    refusal,
    turn_id,
)

PAID = outcome(CreditsGained(amount=5, source="job"), key=f"{turn_id()}/0/0", rolls=[a_roll()])
TOO_DEAR = outcome(CreditsSpent(amount=99, source="bar"), key=f"{turn_id()}/0/1")
UNLAWFUL = refusal("no-such-target", key=f"{turn_id()}/0/2")
WORLD = outcome(key=f"{turn_id()}/world/0/0", rolls=[a_roll(roller=CAT_NAME)])


def resolve_turn(*outcomes: object) -> TurnResolvedV1:
    request = persist_request(*outcomes)  # type: ignore[arg-type]
    played = play_out(new_state(), request.outcomes)
    return cast(TurnResolvedV1, turn_events(request, played, owner=OWNER, seed=SEED.hex(), sequence=2, now=NOON)[0])


def test_the_event_of_a_turn_counts_what_happened() -> None:
    totals = resolve_turn(PAID, TOO_DEAR, UNLAWFUL, WORLD).data.totals

    assert (totals.tool_calls, totals.refusals, totals.rolls) == (3, 2, 2)
    assert (totals.model_calls, totals.input_tokens, totals.cached_tokens, totals.repairs) == (2, 11, 3, 1)


def test_only_applied_effects_are_facts() -> None:
    event = resolve_turn(PAID, TOO_DEAR, UNLAWFUL)

    assert [(one.kind, one.call) for one in event.data.effects] == [
        ("credits-gained", f"{turn_id()}/0/0"),
    ]
    assert event.data.effects[0].detail == {"amount": 5, "source": "job"}
    assert event.data.refusals == ("cannot-afford", "no-such-target")


def test_a_roll_by_the_cat_does_not_tell_the_name_it_was_given() -> None:
    rolls = resolve_turn(PAID, WORLD).data.rolls

    assert [roll.roller for roll in rolls] == ["character", "character"]


def test_an_event_says_where_it_stands_in_its_stream() -> None:
    meta = resolve_turn(PAID).metadata

    assert (meta.stream, meta.sequence, meta.event_id) == (
        f"campaign/{meta.campaign_id}",
        2,
        f"campaign/{meta.campaign_id}/2",
    )
    assert (meta.turn_id, meta.occurred_at, meta.producer) == (turn_id(), NOON, "ninelives.campaign")


def test_the_end_is_an_event_of_its_own_with_the_seed() -> None:
    request = persist_request(outcome(CampaignEnded(ending="home")))
    played = play_out(new_state(), request.outcomes)

    turn, end = turn_events(request, played, owner=OWNER, seed=SEED.hex(), sequence=2, now=NOON)

    assert isinstance(end, CampaignEndedV1)
    assert (end.data.seed, end.data.ending, end.data.turn, end.metadata.sequence) == (SEED.hex(), "home", 1, 3)
    assert SEED.hex() not in turn.model_dump_json()


def test_a_turn_too_rich_for_one_event_is_cut_but_counted_whole() -> None:
    rolls = [Roll.model_validate({**a_roll().model_dump(), "purpose": "ß" * 80})] * 24
    gains = [ConditionGained(target="character", condition=a_condition("wet", modifiers={"claws": 1}))] * 32

    event = resolve_turn(*[outcome(*gains, key=f"{turn_id()}/0/{n}", rolls=rolls) for n in range(60)])

    assert len(event.model_dump_json().encode()) < MOST_BYTES + 4096
    assert 0 < len(event.data.rolls) <= 200
    assert event.data.totals.rolls == 60 * 24


def test_facts_outlast_rolls_and_effects_when_an_event_must_be_cut() -> None:
    rolls = [Roll.model_validate({**a_roll().model_dump(), "purpose": "ß" * 80})] * 24
    chatty = [outcome(key=f"{turn_id()}/0/{n}", rolls=rolls).model_copy(update={"facts": (f"{n}",)}) for n in range(60)]
    many = tuple(EntityRef(id=f"{'x' * 60}-{n}", name="x" * 80) for n in range(8))
    endless = [outcome().model_copy(update={"facts": (f"{'x' * 80} {'ü' * 410}",) * 24, "mentions": many})] * 8

    assert [fact.text for fact in resolve_turn(*chatty).data.facts] == [str(n) for n in range(60)]
    assert len(resolve_turn(*chatty, *endless).model_dump_json().encode()) < MOST_BYTES + 4096


def test_the_event_names_the_model_that_answered() -> None:
    assert resolve_turn(PAID).data.model == "none"


def test_what_counts_is_bytes_not_characters() -> None:
    wordy = [outcome(key=f"{turn_id()}/0/{n}").model_copy(update={"facts": ("ü" * 490,) * 24}) for n in range(4)]

    assert len(resolve_turn(*wordy).model_dump_json().encode()) < MOST_BYTES + 4096
