"""The sheet stays sound and folding is one computation, whatever is proposed, legal or not, in any order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from contracts import effects as of
from contracts.campaign import EffectsSettled, SettleEffects
from contracts.canon import Ability, Condition, Dice, EntityRef
from contracts.canonical import canonical_json
from contracts.state import CampaignState, ItemInstance, Scene
from contracts.tools import Outcome
from services.campaign.domain.derive import open_scene
from services.campaign.domain.fold import fold_all
from services.campaign.domain.invariants import broken_by, violations
from services.campaign.domain.replay import replay
from services.campaign.domain.state_hash import state_hash
from services.campaign.domain.turn import commit_reply, play_out
from services.campaign.tests.builders import (
    FISH,
    KNIFE,
    NOON,
    TORCH,
    a_condition,
    a_rat,
    a_scene,
    an_item,
    envelope,
    fighting,
    new_state,
    outcome,
    persist_request,
    turn_id,
)

ids = st.sampled_from(["a", "b", "attic", "roof"])
targets = st.sampled_from(["character", "rat-1", "rat-2", "ghost"])
instances = st.sampled_from(["knife-1", "fish-2", "torch-3", "fish-4", "torch-4", "knife-5", "ghost-9"])
slots = st.sampled_from(["claws", "body"])
small = st.integers(1, 60)
places = ids.map(lambda id: EntityRef(id=id, name=id.title()))
conditions = st.builds(
    a_condition,
    id=ids,
    turns=st.integers(1, 3),
    hp_per_turn=st.integers(-8, 8),
    armour=st.integers(-10, 10),
    edge=st.sampled_from([-1, 0, 1]),
    skips_action=st.booleans(),
)
combatants = st.builds(
    a_rat, number=st.integers(1, 2), hp=st.integers(0, 7), conditions=st.lists(conditions, max_size=1).map(tuple)
)
encounters = st.builds(
    lambda place, spawn, enemies: {
        "id": "fight", "spawn": spawn, "place": place, "initiative": 3, "enemies": enemies,
    },
    ids, ids, st.lists(combatants, min_size=1, max_size=3),
)  # fmt: skip
things = st.builds(
    an_item,
    item=st.sampled_from([KNIFE, FISH, TORCH]),
    quantity=st.integers(1, 20),
    weight=st.integers(0, 2),
    modifiers=st.dictionaries(st.sampled_from(["claws", "purr"]), st.integers(-10, 10)),
)
proposals: st.SearchStrategy[of.Proposal] = st.one_of(
    st.builds(of.Damaged, target=targets, amount=st.integers(0, 30), damage_type=st.just("heat"), source=ids),
    st.builds(of.Healed, amount=st.integers(0, 30)),
    st.builds(of.EnergySpent, amount=st.integers(1, 5)),
    st.builds(of.EnergyRestored, amount=st.integers(1, 5)),
    st.builds(of.ConditionGained, target=targets, condition=conditions),
    st.builds(of.ConditionLost, target=targets, condition=ids),
    st.just(of.ActionSpent()),
    st.builds(of.AbilityUsed, ability=st.sampled_from(["hiss", "fly"]), cooldown=st.integers(0, 3)),
    st.builds(of.ItemGained, item=things, source=ids),
    st.builds(of.ItemLost, instance=instances, quantity=st.integers(1, 3)),
    st.builds(of.ChargeSpent, instance=instances),
    st.builds(of.ItemEquipped, instance=instances, slot=slots),
    st.builds(of.ItemUnequipped, slot=slots),
    st.builds(of.CreditsGained, amount=small, source=ids),
    st.builds(of.CreditsSpent, amount=small, source=ids),
    st.builds(of.StockTaken, shop=ids, item=ids, stocked=st.integers(1, 3)),
    st.builds(of.FindTaken, find=ids),
    st.builds(of.FeatureUsed, feature=ids),
    st.builds(of.ExperienceGained, amount=st.integers(1, 2000), source=ids),
    st.builds(
        of.LevelChoiceMade,
        stat=st.none() | st.sampled_from(["claws", "purr"]),
        ability=st.none() | st.sampled_from(["hiss", "fly"]),
    ),
    st.builds(of.Moved, origin=ids, to=places, exits=st.lists(places, max_size=3).map(tuple)),
    st.builds(of.ExitUnlocked, exit=ids),
    st.builds(of.SecretRevealed, secret=ids),
    st.builds(of.NpcMet, npc=ids, disposition=st.integers(-3, 3)),
    st.builds(of.DispositionChanged, npc=ids, amount=st.integers(-6, 6)),
    encounters.map(lambda fight: of.EncounterStarted.model_validate({"encounter": fight})),
    st.just(of.RoundPassed()),
    st.just(of.RoundPassed(part="time")),
    st.builds(of.EncounterEnded, how=st.sampled_from(["won", "escaped", "parley"])),
    st.builds(of.QuestStarted, quest=ids, name=st.just("Q"), arc=st.just("A"), stage=ids, text=st.just("")),
    st.builds(of.QuestProgressed, quest=ids, stage=ids, text=st.just(""), progress=st.integers(0, 3)),
    st.builds(of.QuestCompleted, quest=ids),
    st.builds(of.Rested, full=st.booleans()),
    st.builds(of.CampaignEnded, ending=ids),
)
outcomes = st.lists(proposals, max_size=4).map(lambda effects: outcome(*effects))
rounds = st.lists(st.lists(outcomes, max_size=4), max_size=3)


def set_keys(rounds: list[list[Outcome]]) -> list[list[Outcome]]:
    """Outcomes with the keys their positions give them."""
    return [
        [one.model_copy(update={"key": f"{turn_id()}/{number}/{index}"}) for index, one in enumerate(calls)]
        for number, calls in enumerate(rounds)
    ]


turns = st.lists(rounds.map(set_keys), min_size=1, max_size=5)
beginnings = st.sampled_from([new_state(), fighting().state, a_scene(hp=3, lives=2).state])


def flat(rounds: list[list[Outcome]]) -> list[Outcome]:
    return [one for calls in rounds for one in calls]


@given(state=beginnings, turns=turns)
def test_any_sequence_of_proposals_keeps_every_invariant(
    state: CampaignState, turns: list[list[list[Outcome]]]
) -> None:
    assert violations(state) == ()
    for rounds in turns:
        scene = open_scene(state)
        for one in flat(rounds):
            _, after = fold_all(scene, [one])
            assert violations(after.state) == ()
            assert broken_by(scene.state, after.state) == ()
            scene = after
        played = play_out(state, flat(rounds))
        assert violations(played.state) == ()
        assert broken_by(state, played.state) == ()
        state = played.state


@given(scene=beginnings.map(open_scene), effects=st.lists(proposals, max_size=5))
def test_an_outcome_that_is_refused_changes_nothing(scene: Scene, effects: list[of.Proposal]) -> None:
    before = canonical_json(scene)

    (settled,), after = fold_all(scene, [outcome(*effects)])

    assert canonical_json(scene) == before
    assert settled.applied or after == scene
    assert (settled.refused is None) == settled.applied


@given(state=beginnings, rounds=rounds.map(set_keys))
def test_settling_round_by_round_over_the_wire_is_what_the_commit_folds(
    state: CampaignState, rounds: list[list[Outcome]]
) -> None:
    scene = open_scene(state)
    settled = []
    for calls in rounds:
        request = SettleEffects(envelope=envelope("settle"), scene=scene, outcomes=tuple(calls))
        request = SettleEffects.model_validate_json(request.model_dump_json())
        told, scene = fold_all(request.scene, request.outcomes)
        reply = EffectsSettled(envelope=request.envelope, scene=scene, settled=told)
        scene = EffectsSettled.model_validate_json(reply.model_dump_json()).scene
        settled += told

    played = play_out(state, flat(rounds))

    assert played.settled == tuple(settled)
    counted = scene.state.model_copy(update={"version": state.version + 1, "turn": state.turn + 1})
    assert canonical_json(played.state) == canonical_json(counted)


@given(state=beginnings, turns=turns)
def test_folding_again_from_the_start_gives_the_same_hashes(
    state: CampaignState, turns: list[list[list[Outcome]]]
) -> None:
    records, hashes = [], []
    live = state
    for rounds in turns:
        played = play_out(live, flat(rounds))
        records.append(commit_reply(persist_request(), played, NOON))
        live = CampaignState.model_validate_json(canonical_json(played.state))
        hashes.append(state_hash(live))

    assert [hash for _, hash in replay(state, records)] == hashes


@given(start=st.integers(1, 20), later=st.integers(0, 25))
def test_every_condition_expires(start: int, later: int) -> None:
    state = a_scene(conditions=(a_condition("wet", turns=start),)).state
    for _ in range(later):
        state = play_out(state, [outcome(of.RoundPassed(part="time"))]).state

    assert bool(state.character.conditions) == (later < start)


def test_a_campaign_of_a_thousand_greedy_turns_stops_growing() -> None:
    greedy = [
        outcome(of.ItemGained(item=an_item(FISH, 1, weight=0), source="bin"), key="t/0/0"),
        outcome(of.CreditsGained(amount=10_000, source="bank"), key="t/0/1"),
        outcome(of.ExperienceGained(amount=2000, source="rat"), key="t/0/2"),
    ]
    state, sizes = new_state(), {}
    for turn in range(1, 1001):
        more = [
            outcome(of.FindTaken(find=f"f{turn}"), key="t/1/0"),
            outcome(of.NpcMet(npc=f"n{turn}", disposition=0), key="t/1/1"),
            outcome(of.StockTaken(shop="s", item=f"i{turn}", stocked=1), key="t/1/2"),
        ]
        state = play_out(state, [*greedy, *more]).state
        sizes[turn] = len(canonical_json(state))

    assert violations(state) == ()
    assert sizes[1000] - sizes[500] < 16
    assert sizes[1000] < 64 * 1024


def test_the_largest_state_there_can_be_fits_an_item_many_times() -> None:
    scene = a_scene()
    text = "x" * 80
    item = an_item(FISH, 20).model_copy(
        update={"name": text, "item": "y" * 64, "damage": Dice(count=20), "modifiers": {"claws": 10, "purr": 10}}
    )
    ability = Ability(id="z" * 64, name=text, description="d" * 4000, heal=Dice(count=20))
    condition = Condition(id="c" * 64, name=text, turns=20, modifiers={"claws": 1, "purr": 1})
    cat = scene.state.character.model_copy(
        update={
            "inventory": tuple(ItemInstance.model_validate({**item.model_dump(), "id": f"i-{n}"}) for n in range(40)),
            "abilities": tuple(
                known.model_copy(update={"ability": ability}) for known in scene.state.character.abilities * 6
            ),
            "conditions": (condition,) * 12,
        }
    )

    assert len(canonical_json(scene.state.model_copy(update={"character": cat}))) < 100 * 1024
