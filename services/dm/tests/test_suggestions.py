"""Suggestions: what the story asks for, where it leads, and nothing that is known to be refused."""

from __future__ import annotations

import pytest

from contracts.canon import Condition, EntityRef
from contracts.lore import Want, Way
from contracts.state import KnownPlace, QuestState
from services.dm.domain.reading import Deed, read
from services.dm.domain.suggestions import suggest
from services.dm.domain.wayfinding import speaks_of
from services.dm.tests.builders import TUNA, briefing, character, ref, scene

GATE = Way(id="iron-gate", name="Iron Gate", to=ref("cold-store", "Cold Store"), locked=True)
BARE = briefing(finds=(), quests=(), features=(), npcs=(), wares=(), shop=None, enemies=())


def quest(text: str, id: str = "cold-milk") -> QuestState:
    return QuestState(id=id, name="Cold Milk", arc="Thirst", status="active", stage="find", text=text)


def suggest_all(*texts: str, here=BARE, **changes) -> set[str]:
    quests = tuple(quest(text, f"quest-{number}") for number, text in enumerate(texts))
    return {action for number in range(12) for action in suggest(scene(quests=quests, **changes), here, number)}


@pytest.mark.parametrize(
    ("text", "name", "speaks"),
    [
        ("Go down into The Sump.", "The Sump", True),
        ("Talk to Crumb in the sump, later.", "The Sump", True),
        ("Bring the Sump Ledger to Crumb.", "The Sump", False),
        ("Ask about the sumps.", "The Sump", False),
        ("Run to the Tin Market. Then run back.", "Tin Market", True),
    ],
)
def test_a_text_speaks_of_a_place_by_its_whole_name(text, name, speaks):
    assert speaks_of(text, name) is speaks


def test_a_locked_door_is_suggested_only_when_a_quest_leads_through_it():
    here = BARE.model_copy(update={"exits": (GATE,)})
    drawn = (KnownPlace(id="fish-dock", name="Fish Dock", exits=(GATE.to,)),)

    assert "Unlock Iron Gate" not in suggest_all(here=here, places=drawn)
    assert "Unlock Iron Gate" in suggest_all("Go to the Cold Store.", here=here, places=drawn)


def test_a_thing_is_given_only_to_whom_the_same_quest_names():
    here = briefing(finds=(), quests=(), features=(), wares=(), shop=None, enemies=())
    tuna = TUNA.name

    assert f"Give {tuna} to Old Mags" in suggest_all(f"Bring the {tuna} to Old Mags.", here=here)
    assert f"Give {tuna} to Old Mags" not in suggest_all(f"Hold on to the {tuna}.", "Talk to Old Mags.", here=here)


def test_a_quest_that_names_no_place_on_the_map_sends_the_cat_on_to_new_ones():
    here = BARE.model_copy(update={"exits": (Way(id="plank", name="Wet Plank", to=ref("tin-market", "Tin Market")),)})
    drawn = (KnownPlace(id="fish-dock", name="Fish Dock", exits=(ref("tin-market", "Tin Market"),)),)

    first = suggest(scene(quests=(quest("Find the Moon Door."),), places=drawn), here, 1)[0]

    assert first == "Go to Tin Market"


def test_a_quest_whose_place_is_known_leads_there_though_its_text_does_not_name_it():
    plank = Way(id="plank", name="Wet Plank", to=ref("tin-market", "Tin Market"))
    want = Want(quest="quest-0", stage="find", kind="talk", at=ref("tin-market", "Tin Market"))
    boiler = Way(id="boiler-door", name="Boiler Door", to=ref("warm-boiler", "Warm Boiler"))
    here = BARE.model_copy(update={"exits": (boiler, plank), "wants": (want,)})
    drawn = (KnownPlace(id="fish-dock", name="Fish Dock", exits=(boiler.to, plank.to)),)
    state = scene(quests=(quest("Bring it to Crumb.", "quest-0"),), places=drawn)

    assert all("Go to Tin Market" in suggest(state, here, number) for number in range(1, 9))


def test_the_next_step_and_work_on_offer_are_always_named():
    state = scene(quests=(quest("Talk to Old Mags."),))

    for number in range(1, 13):
        assert {"Talk to Old Mags", "Accept Gull Tax"} <= set(suggest(state, briefing(), number))


def test_what_else_can_be_done_teaches_another_verb_each_turn():
    here = briefing(quests=())
    offered = [suggest(scene(), here, number) for number in range(1, 13)]

    assert all(len({words.split()[0] for words in actions}) == 3 for actions in offered)
    for before, between, after in zip(offered, offered[1:], offered[2:], strict=False):
        assert not set(before) & set(between) & set(after)
    assert {words.split()[0] for actions in offered for words in actions} >= {"Talk", "Try", "Go", "Ask", "Take"}


def test_what_was_not_understood_is_answered_with_what_comes_nearest():
    offered = suggest(scene(), briefing(), 3, ("talk to Old Mags", "defend myself"))

    assert offered[:2] == ("Talk to Old Mags", "Defend myself")


def test_a_cat_that_cannot_act_is_advised_to_wait():
    stunned = Condition(id="stunned", name="Stunned", turns=1, skips_action=True)

    assert suggest(scene(cat=character(conditions=(stunned,))), briefing(), 1) == ("Wait until it passes",)
    assert "Wait until it passes" not in suggest(scene(cat=character()), briefing(), 1)


def test_nobody_is_sent_to_sleep_twice_or_beside_enemies():
    home = BARE.model_copy(update={"safe": True})
    rested = Condition(id="rested", name="Rested", turns=3)

    assert "Rest" in suggest_all(here=home, cat=character(hp=3))
    assert "Rest" not in suggest_all(here=home, cat=character(hp=3, conditions=(rested,)))
    assert "Rest" not in suggest_all(here=briefing(safe=True), cat=character(hp=3))


def test_what_is_suggested_is_read_as_it_is_meant_whatever_its_names_look_like():
    goods = EntityRef(id="goods", name="what there is to run and hide")
    here = BARE.model_copy(update={"npcs": (briefing().npcs[0].model_copy(update={"topics": (goods,)}),)})
    words = f"Ask Old Mags about {goods.name}"

    assert words in suggest_all(here=here)
    (step,) = read(words, scene(), here)
    assert step.meaning == Deed("talk", {"npc": "old-mags", "topic": "goods"})


def test_a_stat_at_its_best_is_not_raised():
    best = {"claws": 6, "paws": 2, "whiskers": 1, "wits": 1, "purr": 0}

    assert "Level up paws" in suggest_all(cat=character(choices=1, stats=best))
