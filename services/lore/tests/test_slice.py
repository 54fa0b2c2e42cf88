"""The slice of canon: all that the rules need here, within 24 KiB whatever the campaign has become."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from contracts.lore import CanonSlice
from contracts.state import CampaignState, Combatant, Encounter
from services.lore.adapters.pack_files import load_pack
from services.lore.domain.pack import Pack
from services.lore.domain.slice import MAX_BYTES, weight
from services.lore.tests.builders import campaign, carrying, on_quest, retrieve_for
from services.lore.wiring import WORLDS

NEKOPOLIS = load_pack(WORLDS / "nekopolis")


def canon(pack: Pack, place: str | None = None, **changes: object) -> CanonSlice:
    return retrieve_for(pack, campaign(pack, place, **changes)).canon


def ids(things: object) -> set[str]:
    return {thing.id for thing in things}  # type: ignore[attr-defined]


def test_hidden_things_are_in_it_for_the_rules_to_reveal(tiny: Pack) -> None:
    rim = canon(tiny, "rim")

    assert ids(rim.place.spawns) == {"rim-ants", "rim-wasp"}
    assert ids(rim.enemies) == {"ant", "wasp"}
    assert ids(rim.secrets) == {"buzz"}


def test_it_holds_every_thing_that_can_be_had_here(tiny: Pack) -> None:
    assert ids(canon(tiny).items) >= {"tongs", "sugar", "lid-key"}  # feature, shelf, quest
    assert ids(canon(tiny, "rim").items) >= {"sugar", "lid-key"}  # find and loot, the key of the lid


def test_what_is_carried_is_in_it(tiny: Pack) -> None:
    assert "spoon" not in ids(canon(tiny, "depths").items)
    assert "spoon" in ids(canon(tiny, "depths", carried=["spoon"]).items)


def test_the_enemies_of_a_running_fight_are_in_it(tiny: Pack) -> None:
    leaf = Combatant(id="tea-leaf-1", enemy="tea-leaf", name="Tea Leaf", hp=3, max_hp=3, initiative=1)
    fight = Encounter(id="e", spawn="leaf", place="depths", initiative=1, enemies=(leaf,))

    assert "tea-leaf" in ids(canon(tiny, "saucer", encounter=fight).enemies)


def test_an_active_quest_comes_along_with_what_it_pays_and_how_it_ends(tiny: Pack) -> None:
    far = canon(tiny, "depths", quests=(on_quest(tiny, "stirring"),))

    assert ids(far.quests) == {"stirring"}
    assert "lid-key" in ids(far.items)
    assert ids(far.endings) == {"drunk-up"}
    assert "buzz" in ids(far.secrets)


def test_stages_that_lie_behind_are_left_out(tiny: Pack) -> None:
    (quest,) = canon(tiny, "depths", quests=(on_quest(tiny, "stirring", stage=1),)).quests

    assert [s.id for s in quest.stages] == ["stir"]


def test_a_finished_quest_is_not_carried_about(tiny: Pack) -> None:
    assert canon(tiny, "depths", quests=(on_quest(tiny, "stirring", status="completed"),)).quests == ()


def test_of_many_quests_those_that_this_place_can_move_come_first() -> None:
    sides = [q.id for q in NEKOPOLIS.quests if q.arc == "Nine Small Debts"]
    for quest in sides:
        last = len(NEKOPOLIS.quest[quest].stages) - 1
        others = [on_quest(NEKOPOLIS, id) for id in sides if id != quest]
        giver = NEKOPOLIS.quest[quest].giver
        home = next(p.id for p in NEKOPOLIS.places if giver in p.npcs)

        slice_ = canon(NEKOPOLIS, home, quests=(*others, on_quest(NEKOPOLIS, quest, last)))

        goal = NEKOPOLIS.quest[quest].stages[last].goal
        if giver in (goal.target, goal.to):
            assert quest in ids(slice_.quests)


@st.composite
def campaigns(draw: st.DrawFn) -> CampaignState:
    """Any state at all: standing anywhere, with any quests under way and any bag."""
    pack = NEKOPOLIS
    place = draw(st.sampled_from(sorted(pack.place)))
    quests = draw(st.lists(st.sampled_from(sorted(pack.quest)), unique=True))
    carried = draw(st.lists(st.sampled_from(sorted(pack.item)), max_size=40))
    return campaign(pack, place, carried=carried, quests=tuple(on_quest(pack, id) for id in quests))


@given(campaigns())
def test_it_never_grows_beyond_its_bound(state: CampaignState) -> None:
    reply = retrieve_for(NEKOPOLIS, state)

    assert weight(reply.canon) <= MAX_BYTES
    assert len(reply.model_dump_json().encode()) < 64 * 1024


def test_a_full_bag_never_pushes_out_what_belongs_here() -> None:
    everything = tuple(sorted(NEKOPOLIS.item))[:40]
    for place in NEKOPOLIS.places:
        empty, full = canon(NEKOPOLIS, place.id), canon(NEKOPOLIS, place.id, carried=everything)

        assert ids(empty.items) <= ids(full.items)
        assert weight(full) <= MAX_BYTES


def test_what_is_carried_has_its_own_figures_so_that_leaving_it_out_loses_nothing() -> None:
    assert carrying(NEKOPOLIS, "brass-claws").name == NEKOPOLIS.item["brass-claws"].name
