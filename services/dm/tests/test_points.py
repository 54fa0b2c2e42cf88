"""Questions are answered to the point: what was asked comes first, and it is so by the state."""

from __future__ import annotations

import re
from typing import Any

import pytest

from contracts.canon import Condition, Dice, Use
from contracts.dm import InvokeDungeonMaster
from contracts.lore import Pay, Thing, Want
from contracts.state import Character, ItemInstance, QuestState
from ninelives.evaluation.understanding.situations import recipes, setting
from services.dm.domain.reading import Answer
from services.dm.domain.understudy.narrator.answers import _FORMS, SUBJECTS
from services.dm.domain.understudy.narrator.grammar import bare, the
from services.dm.domain.understudy.narrator.inquiry import LISTS
from services.dm.domain.understudy.narrator.narrate import tell as narrate
from services.dm.tests.builders import KNIFE, TUNA, briefing, character, make_request, rats, ref, scene
from services.dm.tests.test_answers import SITUATIONS, evidence, find_secrets, request_in
from services.dm.tests.test_narrated_truth import request_as, says, tell

TAPED = Condition(id="taped", name="Taped Up", turns=3)
BRUSH = ItemInstance(id="brush-5", item="lint-brush", name="Lint Brush", kind="tool", use=Use(cures=("taped",)))
JOB = QuestState(id="job", name="Dust Job", arc="Dust", status="active", stage="go", text="Sweep the dock.")


def ask(request: InvokeDungeonMaster, subject: str, words: str, about: str | None = None) -> str:
    """The story of this question, read as one about this subject."""
    asked = Answer(subject, about, tuple(words.split()))
    return narrate(request.model_copy(update={"action": words}), (asked,))


def cat_of(request: InvokeDungeonMaster) -> Character:
    return request.scene.state.character


# Every form, everywhere.


@pytest.mark.parametrize("situation", SITUATIONS)
def test_no_form_of_a_question_tells_what_is_hidden(situation: str) -> None:
    request = request_in(setting(situation))
    known = evidence(request)
    for (name,), subjects, held, _ in _FORMS:
        words = " ".join(("is there a thing i do have", *(sorted(LISTS[each])[0] for each in held)))
        for subject in subjects or SUBJECTS:
            told = ask(request, subject, words)
            assert told, (name, subject)
            assert find_secrets(told, known) == [], (name, subject, told)


def test_every_list_of_a_form_is_there() -> None:
    assert {each for _, _, held, without in _FORMS for each in (*held, *without)} <= set(LISTS)
    assert {each for _, subjects, _, _ in _FORMS for each in subjects} <= set(SUBJECTS)


# Things.


@pytest.mark.parametrize("situation", recipes())
def test_what_is_carried_is_had_and_what_is_only_for_sale_is_not(situation: str) -> None:
    request = request_in(setting(situation))
    carried = {item.item for item in cat_of(request).inventory}
    for item in cat_of(request).inventory:
        told = ask(request, "inventory", f"do i still have the {item.name.lower()}")
        assert told.startswith("Yes"), told
        assert the(item.name) in told
    for ware in request.briefing.wares:
        told = ask(request, "inventory", f"do i have the {ware.name.lower()}")
        assert says(told, "not-held") <= (ware.id not in carried), told


def test_a_thing_that_is_nowhere_is_not_had_and_named_as_it_was_typed() -> None:
    told = tell("do i have a sword")

    assert says(told, "not-held")
    assert "“sword”" in told
    assert "Tuna" not in told


def test_several_are_counted() -> None:
    assert re.match(r"(?:That makes|You count) 2: the Tin of Tuna \(2\)", tell("how many tins of tuna do i have"))


def test_the_bag_is_told_with_the_figures_that_are_asked_for() -> None:
    told = tell("show my bag, with prices and weights")

    assert "the Can Knife, worth 8, weight 1" in told


def test_a_thing_is_where_it_is_carried_or_lies_and_else_nobody_told() -> None:
    lies = briefing(finds=(Thing(id="bent-hook", name="Bent Hook", description="A hook."),))
    want = Want(quest="job", stage="go", kind="hold", target=ref("red-seal", "Red Seal"), at=ref("mill", "The Mill"))
    wanted = make_request(briefing=briefing(wants=(want,)), scene=scene(quests=(JOB,)))

    assert says(ask(make_request(), "inventory", "where is my can knife"), "where-bag")
    assert says(ask(make_request(briefing=lies), "look", "where is the bent hook"), "where-here")
    assert "the Mill" in ask(wanted, "recap", "where is the red seal")
    assert "“trombone”" in ask(make_request(), "recap", "where is the trombone")


@pytest.mark.parametrize("situation", recipes())
def test_who_asks_for_a_key_hears_whether_they_have_one(situation: str) -> None:
    request = request_in(setting(situation))
    has = any("Key" in item.name for item in cat_of(request).inventory)
    told = ask(request, "way", "which key fits the hatch")

    assert says(told, "where-bag") == has
    assert says(told, "key-none") == (not has)


def test_a_ware_is_described_before_it_is_priced() -> None:
    shelf = tuple(each.model_copy(update={"kinds": ("weapon",)}) for each in briefing().wares[:1])
    told = ask(make_request(briefing=briefing(wares=shelf)), "does", "what does it do", shelf[0].id)

    assert told.index("a weapon") < told.index("credits")


# Gain.


@pytest.mark.parametrize("situation", recipes())
def test_what_is_told_to_bring_money_does(situation: str) -> None:
    request = request_in(setting(situation))
    cat, seen = cat_of(request), request.briefing
    told = ask(request, "help", "how can i make money")
    active = {quest.id for quest in request.scene.state.quests if quest.status == "active"}
    open_ = active | {quest.id for quest in seen.quests}

    for pay in seen.pays:
        if pay.quest in open_ and pay.credits:
            assert f"{pay.credits} credits" in told
    for item in cat.inventory:
        may_sell = seen.shop and item.price and item.kind != "key" and item.id not in cat.equipment.values()
        assert may_sell or f"{the(item.name)} (put at" not in told
    assert says(told, "no-income") <= (not any(pay.credits for pay in seen.pays if pay.quest in open_))


def test_of_two_jobs_the_one_that_pays_more_is_told_first() -> None:
    other = JOB.model_copy(update={"id": "other", "name": "Other Job"})
    pays = (Pay(quest="job", credits=5), Pay(quest="other", credits=50))
    request = make_request(scene=scene(quests=(JOB, other)), briefing=briefing(pays=pays, quests=()))
    told = ask(request, "quests", "which of my jobs pays more")

    assert told.index("50 credits") < told.index("5 credits", told.index("50 credits") + 3)
    assert JOB.text not in told


def test_a_price_cannot_be_talked_down() -> None:
    assert says(tell("is the price fixed or can i negotiate"), "haggling")


@pytest.mark.parametrize("done", ["active", "completed"])
def test_a_quest_is_done_when_it_is(done: Any) -> None:
    request = make_request(scene=scene(quests=(JOB.model_copy(update={"status": done}),)))
    told = ask(request, "quest", "is the job done", "job")

    assert says(told, "not-done") == (done == "active")
    assert says(told, "quest-over") == (done == "completed")


@pytest.mark.parametrize("situation", recipes())
def test_the_step_of_a_quest_is_told_once_in_a_story(situation: str) -> None:
    request = request_in(setting(situation))
    subjects = (Answer("next-step"), Answer("quests"), Answer("recap"))
    told = narrate(request, (*subjects, *(Answer("quest", each.id) for each in request.scene.state.quests)))

    for quest in request.scene.state.quests:
        assert quest.status != "active" or told.count(quest.text) <= 1 or quest.text in request.briefing.description


# Lives and conditions.


@pytest.mark.parametrize("lives", [1, 2, 8, 9])
def test_who_has_died_is_told_so_and_who_has_not_is_not(lives: int) -> None:
    request = make_request(scene=scene(cat=character(lives=lives)))
    told = ask(request, "recap", "did i just die")
    cost = ask(request, "rules", "what happens if i die")

    assert says(told, "not-died") == (lives == 9)
    assert says(told, "died") == (lives < 9)
    assert says(cost, "life-last") == (lives == 1)
    assert f"{lives} of nine" in told or lives == 9


@pytest.mark.parametrize("situation", recipes())
@pytest.mark.parametrize("brushes", [0, 1])
def test_a_cure_is_told_when_it_is_carried(situation: str, brushes: int) -> None:
    bag = tuple(item for item in setting(situation).scene.state.character.inventory if not item.use)
    request = request_as(situation, conditions=(TAPED,), inventory=(*bag, *(BRUSH,) * brushes), equipment={})
    told = ask(request, "conditions", "how do i get the tape off")

    assert says(told, "cure") == bool(brushes)
    assert says(told, "no-cure") == (not brushes)
    assert "3 turns" in told


# Enemies and company.


@pytest.mark.parametrize("situation", recipes())
def test_only_those_that_fight_are_said_to(situation: str) -> None:
    request = request_in(setting(situation))
    fight = request.scene.state.encounter
    told = ask(request, "enemies", "will they attack me")
    standing = [foe for foe in fight.enemies if foe.hp] if fight else []

    assert says(told, "foe-fights") == bool(standing)
    assert not (standing and says(told, "foe-waits"))


def test_those_that_stand_are_counted_and_those_that_lie_are_not() -> None:
    assert re.search(r"\b2:", ask(make_request(scene=scene(encounter=rats(8, 3, 0))), "enemies", "how many are there"))


def test_what_they_cannot_stand_is_unknown_until_a_story_told_it() -> None:
    armed = KNIFE.model_copy(update={"damage": Dice(count=1), "damage_type": "slash"})
    request = make_request(scene=scene(cat=character(inventory=(armed,)), encounter=rats(8)))
    told = ask(request, "enemies", "what are they weak against")

    assert says(told, "weakness")
    assert "the Can Knife (slash)" in told


@pytest.mark.parametrize(("liking", "section"), [(3, "likes-you"), (0, "neutral"), (-2, "dislikes-you")])
def test_who_asks_for_an_opinion_hears_it_and_no_description(liking: int, section: str) -> None:
    one = briefing().npcs[0].model_copy(update={"disposition": liking})
    told = ask(make_request(briefing=briefing(npcs=(one,))), "people", "is she mad at me")

    assert says(told, section)
    assert one.description not in told
    assert bare(one.name) in told


def test_who_asks_who_tells_it_hears_that_it_is_a_program() -> None:
    told = tell("are you a real person or a bot")

    assert "program" in told
    assert not says(told, "game")


def test_of_what_shows_nowhere_it_is_said_that_it_is_not_seen() -> None:
    told = ask(make_request(), "look", "is there a button to switch it off")

    assert told.startswith("No: ")
    assert "“button”" in told


def test_a_question_that_was_answered_to_the_point_is_not_answered_again() -> None:
    words = ("did", "i", "just", "die")
    told = narrate(make_request("did i just die"), (Answer("recap", None, words), Answer("look", None, words)))

    assert says(told, "not-died")
    assert briefing().description not in told


def test_words_that_belong_to_no_form_change_nothing() -> None:
    request = make_request("who is here")

    assert ask(request, "people", "who is here") == narrate(request, (Answer("people"),))


def test_what_a_tin_mends_is_told_with_it() -> None:
    request = make_request(scene=scene(cat=character(inventory=(TUNA,))))

    assert "something that mends 1d6" in ask(request, "inventory", "do i have any tuna left")


def test_the_reading_that_leads_to_the_point_comes_before_one_that_does_not() -> None:
    words = tuple(["do", "i", "have", "a", "sword"])
    told = narrate(
        make_request("do i have a sword"), (Answer("conditions", None, words), Answer("inventory", None, words))
    )

    assert told.startswith("No")
    assert not says(told, "well", "suffering")


def test_things_of_a_kind_are_told_and_not_the_whole_bag() -> None:
    told = ask(make_request(), "inventory", "what weapons i have")

    assert "the Can Knife" in told
    assert "Tuna" not in told


def test_one_stat_is_told_as_it_is_now() -> None:
    told = ask(make_request(), "self", "what is my purr")

    assert f"purr {make_request().scene.derived.stats['purr']}" in told
    assert "whiskers" not in told.split(".")[0]


def test_what_may_have_been_another_question_is_quoted_and_told_with_a_doubt() -> None:
    request = request_in(setting("market-morning"))
    asked = ("is", "the", "moon", "real")
    sure, doubtful = Answer("money", asked=asked), Answer("money", asked=asked, doubtful=True)

    assert "“Is the moon real?”" in narrate(request, (doubtful,))
    assert "moon" not in narrate(request, (sure,))
    assert narrate(request, (doubtful, Answer("exits", asked=asked, doubtful=True))).count("moon") == 1


def test_a_figure_of_the_cat_is_no_plain_answer_about_somebody_else() -> None:
    request = request_in(setting("market-morning"))

    assert "“How rich is she?”" in narrate(request, (Answer("money", asked=("how", "rich", "is", "she")),))
    assert "“" not in narrate(request, (Answer("money", asked=("how", "rich", "am", "i")),))
