"""The words of the world: they reach the briefing, keep out of the slice, and tell nothing that is hidden."""

from __future__ import annotations

import pytest

from contracts.lore import Want
from contracts.state import Combatant, Encounter
from services.lore.domain.checks.language import phrase
from services.lore.domain.pack import Pack
from services.lore.domain.words import speaks_of
from services.lore.tests.builders import campaign, on_quest, retrieve_for

MAIN_QUEST_SAYS = {
    "chute-lip": ("put your ear to", "put an ear to", "listen at"),
    "stop-valve": ("turn",),
    "sluice-wheel": ("turn", "move"),
    "pneumatic-archive": ("pull the slip from",),
    "frozen-terminal": ("thaw", "use"),
    "dish-seven": ("hold", "point"),
    "sorting-console": ("work", "pull"),
    "signing-desk": ("sign",),
    "door-wheel": ("turn", "open"),
    "claims-ledger": ("read",),
    "canal-phone": ("answer",),
    "skylight-crank": ("wind up", "wind"),
    "string-wheel": ("watch",),
    "book-of-lives": ("read",),
    "dot-altar": ("look at", "look behind"),
}
"""Verbs with which people, signs, stages and descriptions send one to a feature."""


def wants(pack: Pack, place: str | None = None, **changes: object) -> tuple[Want, ...]:
    return retrieve_for(pack, campaign(pack, place, **changes)).briefing.wants


@pytest.mark.parametrize("feature", MAIN_QUEST_SAYS)
def test_the_verbs_of_hints_and_signs_are_deeds_of_what_they_point_to(nekopolis: Pack, feature: str) -> None:
    deeds = next(f.deeds for p in nekopolis.places for f in p.features if f.id == feature)

    assert set(MAIN_QUEST_SAYS[feature]) <= set(deeds)


def test_everything_in_sight_can_be_called_in_three_ways(nekopolis: Pack) -> None:
    for place in nekopolis.places:
        seen = retrieve_for(nekopolis, campaign(nekopolis, place.id, revealed=tuple(nekopolis.secret))).briefing
        topics = [topic for person in seen.npcs for topic in person.topics]
        things = (*seen.exits, *seen.npcs, *topics, *seen.enemies, *seen.features, *seen.finds, *seen.wares)
        for thing in (*things, *seen.quests, *seen.abilities):
            assert len({phrase(thing.name), *map(phrase, thing.aliases)}) >= 3, (place.id, thing.id)


def test_a_way_is_called_by_its_own_words_and_by_those_of_the_place_behind_it(tiny: Pack) -> None:
    (handle,) = retrieve_for(tiny, campaign(tiny)).briefing.exits

    assert handle.aliases == ("grip", "ear", "edge", "brink")
    assert handle.deeds == ("climb",)


def test_a_briefing_carries_voices_ambience_and_what_is_carried(tiny: Pack) -> None:
    briefing = retrieve_for(tiny, campaign(tiny, carried=["spoon"])).briefing

    assert briefing.npcs[0].voice == tiny.npc["dormouse"].voice
    assert briefing.ambience == tiny.place["saucer"].ambience
    assert [(b.id, b.name, b.description, b.aliases) for b in briefing.belongings] == [
        ("spoon-0", "Spoon", "Silver.", ("silver", "silver spoon"))
    ]


def test_those_one_is_fighting_are_described_by_kind(tiny: Pack) -> None:
    ants = tuple(Combatant(id=f"ant-{n}", enemy="ant", name="Ant", hp=3, max_hp=3, initiative=1) for n in (1, 2))
    fight = Encounter(id="e", spawn="rim-ants", place="rim", initiative=1, enemies=ants)

    seen = retrieve_for(tiny, campaign(tiny, "rim", encounter=fight)).briefing.opponents

    assert [(kind.id, kind.aliases) for kind in seen] == [("ant", ("insect", "ants"))]


def test_a_quest_under_way_wants_its_goal_done_where_that_is_known(tiny: Pack) -> None:
    ask, stir = (wants(tiny, quests=(on_quest(tiny, "stirring", stage),))[0] for stage in (0, 1))

    assert (ask.kind, ask.target and ask.target.name, ask.at and ask.at.id) == ("talk", "Dormouse", "saucer")
    assert (stir.kind, stir.target and stir.target.name, stir.at and stir.at.id) == ("defeat", "Tea Leaf", "depths")


def test_a_quest_that_is_over_wants_nothing(tiny: Pack) -> None:
    assert wants(tiny, quests=(on_quest(tiny, "stirring", status="completed"),)) == ()


def test_a_delivery_wants_a_thing_for_somebody_at_their_place(nekopolis: Pack) -> None:
    (want,) = wants(nekopolis, quests=(on_quest(nekopolis, "breakfast-is-late", 3),))

    assert want.target and want.to and want.at
    assert (want.target.id, want.to.id, want.at.id) == ("torn-docket", "auntie-bellows", "warm-laundry")


def test_where_a_thing_lies_is_not_told_to_who_looks_for_it(nekopolis: Pack) -> None:
    (want,) = wants(nekopolis, quests=(on_quest(nekopolis, "sunbeam-slightly-used", 1),))

    assert (want.target and want.target.id, want.at) == ("sunbeam-lens", None)


def test_a_goal_that_hides_behind_a_secret_is_not_named_until_it_is_known(nekopolis: Pack) -> None:
    looking = (on_quest(nekopolis, "actuarial-error", 1), on_quest(nekopolis, "to-be-called-for", 0))
    find_cat, read_line = wants(nekopolis, quests=looking)
    found, read = wants(nekopolis, quests=looking, revealed=("walled-in", "violet-entry"))

    assert (find_cat.target, find_cat.at, read_line.target) == (None, None, None)
    assert found.target and found.target.id == "crawl"
    assert read.target and read.target.id == "violet-entry"


def test_no_want_of_any_quest_names_what_is_guarded(nekopolis: Pack) -> None:
    for quest in nekopolis.quests:
        for number in range(len(quest.stages)):
            reply = retrieve_for(nekopolis, campaign(nekopolis, quests=(on_quest(nekopolis, quest.id, number),)))
            said = " ".join(want.model_dump_json() for want in reply.briefing.wants)
            assert [name for name in reply.guarded if speaks_of(said, name)] == []


def test_the_rules_get_no_words_but_those_spoken_in_a_talk(nekopolis: Pack) -> None:
    canon = retrieve_for(nekopolis, campaign(nekopolis, quests=(on_quest(nekopolis, "breakfast-is-late"),))).canon
    voice, told = nekopolis.npc["ferrule"].voice, canon.npcs[0].voice

    assert '"aliases"' not in canon.model_dump_json() and '"deeds"' not in canon.model_dump_json()
    assert canon.place.ambience == () and canon.place.description == ""
    assert voice and told
    assert (told.greeting, told.again, told.small_talk) == (voice.greeting, voice.again, voice.small_talk)
    assert (told.manner, told.unknown, told.farewell) == ("", "", "")


def test_the_city_begins_with_its_first_quest(nekopolis: Pack) -> None:
    opening = nekopolis.manifest.opening

    assert opening
    assert 120 <= len(opening.text.split()) <= 160
    assert "Ferrule" in opening.text and "Accept Breakfast Is Late" in opening.suggested_actions
