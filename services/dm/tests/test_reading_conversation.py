"""Reading conversation: who is spoken to, and what is asked of nobody."""

from __future__ import annotations

import pytest

from contracts.lore import Person, TopicRef
from services.dm.domain.reading import Answer, Ask, Deed, Impossible, Meaning, Roleplay, read
from services.dm.tests.builders import QUEST, briefing, rats, scene

PIP = Person(id="pip", name="Pip", role="stoker", description="A tom with soot.", disposition=0, aliases=("small cat",))


def meanings(action: str, **changes: object) -> list[Meaning]:
    return [step.meaning for step in read(action, scene(**changes), briefing())]


def talks(action: str) -> list[tuple[str | None, str | None]]:
    return [(m.arguments["npc"], m.arguments["topic"]) for m in meanings(action) if isinstance(m, Deed)]


@pytest.mark.parametrize(
    "action",
    [
        "Do you sleep at night, Mags?",
        "Excuse me, Old Mags? I was told it snows upstairs.",
        "And you, fishmonger, have you no family?",
        "hey mags, how's it going?",
        "Tell me, dear lady, why it is so cold.",
        "why are you so grumpy",
        "did you ever leave the harbour?",
        "how you doing mags",
        "Mags, if I were you I would be afraid.",
        "Fishmonger please explain.",
    ],
)
def test_what_is_said_to_somebody_is_talk_with_them(action: str) -> None:
    assert talks(action) == [("old-mags", None)]


def test_the_topic_of_a_talk_is_found_in_all_that_is_said() -> None:
    assert talks("That gate has been shut for years. Does it trouble you, Mags?") == [("old-mags", "the-gate")]


def test_words_that_lead_up_to_a_question_are_one_talk_with_it() -> None:
    assert talks("Mags, one moment. Mags, tell me about the rats.") == [("old-mags", "the-rats")]


def test_talk_that_comes_after_a_gesture_is_talk() -> None:
    assert talks("I stretch and pad over to the tabby to ask her what is behind the gate") == [("old-mags", "the-gate")]


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("what can you do with the sparker", "does"),
        ("who are you?", "examine"),
        ("can you tell me what is for sale", "wares"),
        ("Mags has told me nothing. How many lives do I have?", "lives"),
        ("who's that old tabby with one ear", "examine"),
    ],
)
def test_what_the_scene_can_answer_is_no_talk(question: str, subject: str) -> None:
    assert meanings(question)[-1] == Answer(subject, getattr(meanings(question)[-1], "about", None))
    assert not talks(question)


@pytest.mark.parametrize("remark", ["revenge on the gate", "no gate no glory", "the gate cooked us"])
def test_a_remark_picks_no_topic_by_a_chance_word(remark: str) -> None:
    assert not talks(remark)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("can i go to the tin market", Answer("way", "tin-market")),
        ("is it possible to sell my coat", Answer("price", "rain-coat")),
        ("could i sell the coat here?", Answer("price", "rain-coat")),
    ],
)
def test_whoever_asks_whether_a_guarded_deed_can_be_done_is_told_what_it_takes(question: str, answer: Answer) -> None:
    assert meanings(question) == [answer]


@pytest.mark.parametrize("question", ["can i dance with the gull", "could i be a dog instead"])
def test_what_only_shows_gets_no_unrelated_answer(question: str) -> None:
    (meaning,) = meanings(question)
    assert isinstance(meaning, Roleplay) or (isinstance(meaning, Impossible) and meaning.reason == "cannot")


def test_a_name_before_a_question_is_what_it_is_about() -> None:
    assert meanings("Static Burst: what does it cost?")[0] == Answer("ability", "static-burst")


def test_what_is_not_done_yet_is_not_done() -> None:
    told = meanings("Before I hit the rat: what is the risk?", encounter=rats(5))
    assert not any(isinstance(meaning, Deed) for meaning in told)


def test_in_a_fight_what_is_read_is_what_is_fought() -> None:
    assert meanings("read it", encounter=rats(5)) == [Answer("read", "rust-rat-1")]


def test_a_polite_question_is_the_order_it_is() -> None:
    (meaning,) = meanings("Would you please throw the sparker at the rats?")
    assert isinstance(meaning, Deed)
    assert meaning.arguments == {"item": "sparker-4", "target": "rats"}


@pytest.mark.parametrize("action", ["make me a discount", "lower the price of the eel", "get Mags to like me"])
def test_haggling_is_persuasion(action: str) -> None:
    (meaning,) = meanings(action)
    assert isinstance(meaning, Deed)
    assert (meaning.tool, meaning.arguments["npc"]) == ("persuade", "old-mags")


def test_a_remark_about_a_topic_that_is_not_understood_is_asked_back() -> None:
    coal = PIP.model_copy(update={"topics": (TopicRef(id="coal", name="the coal"),)})
    steps = read("coal makes the world go", scene(), briefing(npcs=(coal,)))
    assert [step.meaning for step in steps] == [Ask((Deed("talk", {"npc": "pip", "topic": "coal"}),))]


def test_somebody_out_of_two_is_called_by_what_they_are() -> None:
    two = briefing(npcs=(*briefing().npcs, PIP))
    steps = read("hey small cat, do you ever sleep?", scene(), two)
    assert [step.meaning for step in steps] == [Deed("talk", {"npc": "pip", "topic": None})]


def test_a_topic_that_only_one_of_two_knows_tells_who_is_asked() -> None:
    coal = PIP.model_copy(update={"topics": (TopicRef(id="coal", name="the coal"),)})
    steps = read("do you like coal?", scene(), briefing(npcs=(*briefing().npcs, coal)))
    assert [step.meaning for step in steps] == [Deed("talk", {"npc": "pip", "topic": "coal"})]


def test_a_quest_is_still_asked_about_by_its_name() -> None:
    assert meanings("Cold Milk: who wants it?", quests=(QUEST,))[0] == Answer("quest", "cold-milk")
