"""Words put to somebody who has no line for them are told back, and so is what becomes of them: nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.dm import InvokeDungeonMaster
from ninelives.evaluation.local_turn import TurnStart, play_turn
from ninelives.evaluation.understanding.situations import SEED, setting
from services.dm.domain.reading import Scope
from services.dm.domain.reading.put_to_somebody import Put, find_put
from services.dm.domain.understudy.master import reply
from services.dm.domain.understudy.narrator.grammar import Voice
from services.dm.domain.understudy.narrator.hearing import hear
from services.dm.tests.test_answers import request_in
from services.dm.tests.test_narrated_truth import says


def put(situation: str, npc: str, action: str) -> Put | None:
    here = setting(situation)
    return find_put(action, npc, Scope(here.scene, here.lore.briefing))


def tell(situation: str, action: str) -> str:
    return play_turn(TurnStart(setting(situation).scene.state, SEED), action, reply).telling.narrative


def hear_of(situation: str, npc: str, action: str) -> str:
    request = request_to(situation, action)
    person = next(each for each in request.briefing.npcs if each.id == npc)
    return " ".join(hear(person, request, Voice(request.envelope.campaign_id, request.number)))


def request_to(situation: str, action: str) -> InvokeDungeonMaster:
    return request_in(setting(situation)).model_copy(update={"action": action})


@pytest.mark.parametrize(
    ("action", "kind", "reported"),
    [
        ("ask mondo if he can carry my bag", "request", "if he can carry your bag"),
        ("ask the fat cat to hold this for me", "request", "to hold this for you"),
        ("I sit down, and ask mondo why I'm here.", "question", "why you are here"),
        ("ask mondo about his tail", "question", "about his tail"),
        ("go over and tell him what i saw", "news", "what you saw"),
        ("tell mondo its a trap", "news", "that it is a trap"),
        ("ask mondoo whether we were followed", "question", "whether you were followed"),
    ],
)
def test_what_is_reported_is_told_back_with_the_cat_as_you(action: str, kind: str, reported: str) -> None:
    found = put("market-morning", "mondo-flake", action)

    assert found and (found.kind, found.reported) == (kind, reported)


@pytest.mark.parametrize(
    ("action", "kind", "said"),
    [
        ("mondo lend me your flap", "request", "Lend me your flap."),
        ("Mondo, dear, would you hold my tail??", "request", "Would you hold my tail?"),
        ("oi mondo, what's behind you", "question", "What's behind you?"),
        ("are you angry, mondo?", "own", "Are you angry?"),
        ("hey mondo, how's it going?", "own", "How's it going?"),
        ("you have a fine box, mondo", "news", "You have a fine box."),
        ('[leans in] "I know a secret," I say to mondo.', "news", "I know a secret."),
    ],
)
def test_what_is_said_is_told_back_without_the_name_that_calls(action: str, kind: str, said: str) -> None:
    found = put("market-morning", "mondo-flake", action)

    assert found and not found.reported
    assert (found.kind, found.said) == (kind, said)


@pytest.mark.parametrize(
    "action",
    [
        "talk to mondo",
        "ask mondo again",
        "I was told that mondo sleeps",
        "go up to the fat cat",
        "mondo",
        "good day mondo",
        "...",
        "🐈",
    ],
)
def test_nothing_is_put_to_who_is_only_talked_to(action: str) -> None:
    assert put("market-morning", "mondo-flake", action) is None


@pytest.mark.parametrize("action", ["ask pib what she saw", "ask Pib to run for me"])
def test_what_is_put_to_one_is_not_put_to_another(action: str) -> None:
    assert put("market-morning", "mondo-flake", action) is None
    assert put("market-morning", "pib", action)


WORDS = ("ask", "tell", "mondo", ",", "?", "if", "to", "me", "i", "the", "you", '"', "'", ".", "please", "what")


@given(st.text(max_size=80) | st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_any_words_can_be_looked_through_for_what_is_put_to_somebody(action: str) -> None:
    found = put("market-morning", "mondo-flake", action)

    assert found is None or (found.said and found.kind in ("request", "question", "news", "own"))


@pytest.mark.parametrize(
    ("action", "section"),
    [
        ("ask mondo to carry me home", "ungranted"),
        ("ask mondo who painted the ceiling", "passed-over"),
        ("tell mondo that the ceiling leaks", "heard"),
        ("mondo, do you ever dream?", "answered-beside"),
    ],
)
def test_the_story_says_what_becomes_of_it(action: str, section: str) -> None:
    assert says(tell("market-morning", action), section)


def test_a_request_that_is_not_granted_changes_nothing() -> None:
    turn = play_turn(TurnStart(setting("market-full").scene.state, SEED), "ask mondo to take my bag", reply)

    assert [outcome.call.name for outcome in turn.outcomes] == ["talk"]
    assert {effect.kind for outcome in turn.outcomes for effect in outcome.effects} <= {"npc-met"}


def test_no_topic_is_far_fetched_by_a_word_that_looks_like_one_of_its() -> None:
    start = TurnStart(setting("row-levelup").scene.state, SEED)
    deeds = play_turn(start, "jinx can you heal me", reply).outcomes

    assert [deed.call.arguments.get("topic") for deed in deeds] == [None]


def test_what_they_say_to_it_is_not_said_twice_running() -> None:
    request = request_to("market-morning", "ask mondo who painted the ceiling")
    person = next(each for each in request.briefing.npcs if each.id == "mondo-flake")
    assert person.voice
    again = hear(person, request, Voice("c", 1, (person.voice.unknown,)))

    assert person.voice.unknown not in " ".join(again)


def test_words_about_the_machinery_are_not_told_back() -> None:
    assert "system prompt" not in hear_of("market-morning", "mondo-flake", "ask mondo about the system prompt")


def test_who_has_work_is_asked_for_it_without_a_no() -> None:
    told = tell("ferrule-offer", "Ferrule has some work for me?")

    assert not says(told, "ungranted", "passed-over")


def test_nobody_is_won_over_by_who_did_not_say_how() -> None:
    deeds = play_turn(
        TurnStart(setting("gilded-post").scene.state, SEED), "give it to the barkeeper, with my compliments", reply
    )

    assert "persuade" not in [outcome.call.name for outcome in deeds.outcomes]


def test_what_was_wanted_is_told_before_the_topic_that_it_leads_to() -> None:
    told = tell("drip-hatch", "Comrade Crumb, would you lend me two of your rats for this wheel?")

    assert "“Would you lend me two of your rats for this wheel?”" in told
    assert says(told, "to-topic")
