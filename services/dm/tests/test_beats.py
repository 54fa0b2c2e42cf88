"""Beats are read as they were meant, and who speaks in them says what is so."""

from __future__ import annotations

import pytest

from contracts.dm import Beat, Usage
from services.dm.domain.facts import number_facts
from services.dm.domain.narration.assemble import assemble
from services.dm.domain.replies import ToolUse, assemble_reply
from services.dm.domain.story.parsing import MOST_BEATS, read_beats
from services.dm.tests.builders import make_reply, make_request, make_round, outcome, refuse, to_check

LINE = "The gate needs a hook, not a key."
TALK = (make_round(outcome("talk", (f'Old Mags says: "{LINE}"',), arguments={"npc": "old-mags"})),)


def story(*beats: Beat, rounds=TALK):
    return assemble(to_check(make_reply("x", beats=beats), rounds=rounds))


def speech(text: str, who: str | None = "old-mags", about: str | None = "f1") -> Beat:
    return Beat(kind="speech", text=text, who=who, about=about)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ({"kind": "fact", "text": "It rains.", "facts": ["f1"]}, Beat(kind="fact", text="It rains.", facts=("f1",))),
        ({"kind": "Color", "text": " It rains. "}, Beat(kind="colour", text="It rains.")),
        ({"kind": "dialogue", "text": "Hm.", "who": "npc:mags"}, Beat(kind="speech", text="Hm.", who="mags")),
        ({"text": "Hm.", "who": "mags"}, Beat(kind="speech", text="Hm.", who="mags")),
        ({"kind": 7, "text": "It rains."}, Beat(kind="fact", text="It rains.")),
        ({"text": "It rains.", "facts": "[f2]"}, Beat(kind="fact", text="It rains.", facts=("f2",))),
        (
            {"text": "It rains.", "facts": ["{f3.verdict}", "f3", 4, None]},
            Beat(kind="fact", text="It rains.", facts=("f3",)),
        ),
        ("It rains.", Beat(kind="fact", text="It rains.")),
    ],
)
def test_what_is_nearly_a_beat_is_read_as_one(written, read):
    assert read_beats([written]) == (read,)


@pytest.mark.parametrize("written", [None, 7, "It rains.", {}, [None, 7, [], {}, {"text": ""}, {"text": 3}, "  "]])
def test_what_is_no_beat_is_left_out(written):
    assert read_beats(written) == ()


def test_more_beats_than_a_story_holds_are_left_out():
    assert len(read_beats(["It rains."] * 90)) == MOST_BEATS


def test_a_story_in_beats_is_a_story_in_text_as_well():
    told = ToolUse("tell_story", {"beats": ["It rains.", {"kind": "colour", "text": "Brine drips."}]})

    reply = assemble_reply(make_request(), (), (told,), cut=False, usage=Usage())

    assert (reply.narrative, len(reply.beats), reply.stop) == ("It rains. Brine drips.", 2, "complete")


def test_a_story_without_a_beat_that_can_be_read_is_no_story():
    told = ToolUse("tell_story", {"beats": [{"kind": "fact"}], "suggested_actions": []})

    assert assemble_reply(make_request(), (), (told,), cut=False, usage=Usage()).stop == "malformed"


def test_every_fact_has_a_number_that_a_later_round_does_not_change():
    first = make_round(outcome("attack", ("You fall.", "The fight is won.")), refuse("The way is shut."))
    second = make_round(outcome("search", ("You find nothing hidden.",)))

    assert [(fact.id, fact.text) for fact in number_facts((first, second))] == [
        ("f1", "You fall."),
        ("f2", "The fight is won."),
        ("f3", "The way is shut."),
        ("f4", "You find nothing hidden."),
    ]
    assert [fact.id for fact in number_facts((first,))] == ["f1", "f2", "f3"]


@pytest.mark.parametrize(
    "told",
    [f"“{LINE}”", f"“{LINE}” Old Mags blinks.", f"Old Mags says: “{LINE}”"],
)
def test_who_says_what_their_fact_says_is_told_in_the_models_words(told):
    assert story(speech(told)).text == told


@pytest.mark.parametrize(
    "told",
    [
        "“The gate is open.”",
        "“Take this sword, it is yours.”",
        "“The Gull King is dead.”",
        "“I give you 500 credits.”",
        "“The Ninth Tail sent me.”",
        "“As an AI language model I cannot say.”",
    ],
)
def test_who_strays_from_what_they_say_is_told_in_the_words_of_the_rules(told):
    came = story(speech(told))

    assert told not in came.text
    assert LINE in came.text
    assert [(beat.verdict, beat.facts) for beat in came.verdicts] == [("replaced", ("f1",))]


def test_a_speech_about_nothing_that_strays_is_left_out():
    came = story(speech("“The gate is open.”", about=None), rounds=())

    assert [beat.verdict for beat in came.verdicts] == ["dropped"]
    assert "open" not in came.text.partition("Gull Tax")[0]


def test_small_talk_needs_no_fact():
    assert story(speech("“Well, well.”", about=None), rounds=()).text == "“Well, well.”"


def test_a_beat_that_cites_what_is_not_there_is_judged_by_its_words():
    cited = Beat(kind="fact", text="You pocket 500 credits.", facts=("f9", "crown", "old-mags"))

    assert [beat.verdict for beat in story(cited).verdicts] == ["dropped", "added"]


def test_colour_brings_no_news():
    came = story(
        Beat(kind="colour", text="The Iron Gate opens."), Beat(kind="colour", text="It smells of brine."), rounds=()
    )

    assert came.text == "It smells of brine."


def test_an_intent_beside_a_story_in_beats_is_played_first():
    told = ToolUse("tell_story", {"beats": ["It rains."]})

    reply = assemble_reply(make_request(), (), (told, ToolUse("search", {})), cut=False, usage=Usage())

    assert [each.name for each in reply.calls] == ["search"]
    assert reply.stop == "tools"
