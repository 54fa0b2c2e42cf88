"""Retrieval rests on what is seen of a state, and on nothing else of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.canon import Condition, EntityRef
from contracts.lore import seen_of
from contracts.state import AbilityState, CampaignState, Character, Combatant, Encounter, KnownPlace
from services.lore.adapters.pack_files import load_pack
from services.lore.tests.builders import campaign, carrying, on_quest, retrieve_for
from services.lore.wiring import WORLDS

NEKOPOLIS = load_pack(WORLDS / "nekopolis")
DIRE = Condition(id="poisoned", name="Poisoned", turns=2)
UNSEEN: dict[str, Any] = {
    "version": 900, "turn": 899, "status": "ended", "ending": "over", "world_version": "9.9.9",
    "seed_commitment": "f" * 64, "haven": EntityRef(id="elsewhere", name="Elsewhere"),
    "defeated": {"rust-rat": 12}, "gained": 77, "content": "mature",
}  # fmt: skip
UNSEEN_OF_THE_CAT: dict[str, Any] = {
    "name": "Somebody Else", "class_name": "Something Else", "level": 9, "xp": 999, "choices": 3,
    "stats": {"claws": 9}, "hp": 1, "max_hp": 99, "hp_per_level": 9, "energy": 0, "max_energy": 39, "armour": 29,
    "credits": 12_345, "lives": 1, "capacity": 59, "conditions": (DIRE,), "equipment": {"claws": "brass-claws-0"},
}  # fmt: skip


@st.composite
def campaigns(draw: st.DrawFn) -> CampaignState:
    """Any state: standing anywhere, with a bag, quests, secrets, acquaintances, and perhaps a fight."""
    pack = NEKOPOLIS
    quests = draw(st.lists(st.sampled_from(sorted(pack.quest)), unique=True, max_size=4))
    state = campaign(
        pack,
        draw(st.sampled_from(sorted(pack.place))),
        carried=draw(st.lists(st.sampled_from(sorted(pack.item)), max_size=8)),
        quests=tuple(on_quest(pack, id) for id in quests),
        revealed=tuple(draw(st.sets(st.sampled_from(sorted(pack.secret))))),
        met=draw(st.dictionaries(st.sampled_from(sorted(pack.npc)), st.integers(-3, 3), max_size=6)),
    )
    kinds = draw(st.lists(st.sampled_from(sorted(pack.enemy)), max_size=3))
    return state.model_copy(update={"encounter": _fight(state, kinds)}) if kinds else state


def _fight(state: CampaignState, kinds: list[str]) -> Encounter:
    enemies = tuple(
        Combatant(id=f"{kind}-{n}", enemy=kind, name=kind, hp=5, max_hp=5, initiative=n) for n, kind in enumerate(kinds)
    )
    return Encounter(id="e", spawn="s", place=state.place.id, initiative=3, enemies=enemies)


def elsewise(state: CampaignState) -> CampaignState:
    """The same as far as it is seen, and different in everything else."""
    cat = state.character
    abilities = tuple(AbilityState(ability=each.ability, ready_in=4, charges=0, rank=5) for each in cat.abilities)
    other = cat.model_copy(update=UNSEEN_OF_THE_CAT | {"abilities": abilities})
    quests = tuple(each.model_copy(update={"progress": each.progress + 5, "text": "?"}) for each in state.quests)
    changed = UNSEEN | {"character": other, "quests": quests}
    if fight := state.encounter:
        hurt = tuple(each.model_copy(update={"hp": 0, "conditions": (DIRE,)}) for each in fight.enemies)
        changed["encounter"] = fight.model_copy(update={"round": 8, "initiative": 0, "id": "x", "enemies": hurt})
    return state.model_copy(update=changed)


@given(campaigns(), st.sampled_from(["I look around", "attack the rat", "who sells fish and what does it cost"]))
def test_of_two_states_that_look_alike_the_same_is_retrieved(state: CampaignState, action: str) -> None:
    other = elsewise(state)

    assert seen_of(other) == seen_of(state)
    assert retrieve_for(NEKOPOLIS, other, action) == retrieve_for(NEKOPOLIS, state, action)


ELSEWHERE = EntityRef(id="elsewhere", name="Elsewhere")
SEEN: dict[str, Any] = {
    "world": "another", "place": ELSEWHERE, "places": (KnownPlace(id="elsewhere", name="Elsewhere"),),
    "unlocked": ("a-door",), "revealed": ("a-secret",), "taken": ("a-find",), "used": ("a-feature",),
    "cleared": ("a-spawn",), "met": {"somebody": 1}, "sold": {"shop/item": 1},
}  # fmt: skip
CARRIED = carrying(NEKOPOLIS, "brass-claws")
SEEN_OF_THE_CAT: dict[str, Any] = {
    "class_id": "another", "abilities": (), "inventory": (CARRIED,)
}  # fmt: skip
QUEST = on_quest(NEKOPOLIS, NEKOPOLIS.quests[0].id)


@pytest.mark.parametrize("changed", [{name: value} for name, value in SEEN.items()], ids=SEEN)
def test_what_is_seen_tells_two_states_apart(changed: dict[str, Any]) -> None:
    state = campaign(NEKOPOLIS)

    assert seen_of(state.model_copy(update=changed)) != seen_of(state)


@pytest.mark.parametrize("changed", [{name: value} for name, value in SEEN_OF_THE_CAT.items()], ids=SEEN_OF_THE_CAT)
def test_what_is_seen_of_the_cat_tells_two_states_apart(changed: dict[str, Any]) -> None:
    state = campaign(NEKOPOLIS)
    cat = state.character.model_copy(update=changed)

    assert seen_of(state.model_copy(update={"character": cat})) != seen_of(state)


@pytest.mark.parametrize("changed", [{"id": "another"}, {"status": "completed"}, {"stage": "another"}])
def test_how_far_a_quest_is_tells_two_states_apart(changed: dict[str, Any]) -> None:
    state = campaign(NEKOPOLIS, quests=(QUEST,))

    assert seen_of(state.model_copy(update={"quests": (QUEST.model_copy(update=changed),)})) != seen_of(state)


@pytest.mark.parametrize("changed", [{"spawn": "another"}, {"enemies": ()}])
def test_who_is_fought_tells_two_states_apart(changed: dict[str, Any]) -> None:
    state = campaign(NEKOPOLIS)
    fight = _fight(state, [NEKOPOLIS.enemies[0].id])
    fighting = state.model_copy(update={"encounter": fight})

    other = state.model_copy(update={"encounter": fight.model_copy(update=changed)})
    assert seen_of(fighting) not in (seen_of(state), seen_of(other))


def test_every_part_of_a_state_is_known_to_be_seen_or_not() -> None:
    in_part = {"character", "quests", "encounter"}

    assert set(CampaignState.model_fields) == {*SEEN, *in_part, *UNSEEN, "campaign_id"}
    assert set(Character.model_fields) == {*SEEN_OF_THE_CAT, *UNSEEN_OF_THE_CAT}
