"""A story that is told while the model speaks. What was told stands, whatever becomes of the rest."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.dm import InvokeDungeonMaster
from services.dm.domain.narration.narrator import Narrator
from services.dm.domain.narration.speech import Piece
from services.dm.tests.builders import make_round, outcome
from services.dm.tests.told_turns import LIES, TRUTHS, Attempt, Turn, in_beats, request, route_reply, story


def hear(given: str, request: InvokeDungeonMaster, *, opening: str | None = None, size: int = 3) -> list[str]:
    """The texts told of a story that comes in pieces of this size."""
    narrator = Narrator(request, opening)
    parts = [Piece(0, "tell_story", given[at : at + size]) for at in range(0, len(given), size)]
    return [told for part in parts if (told := narrator.hear(part))]


def test_a_story_is_told_sentence_by_sentence_and_the_last_one_when_it_has_ended():
    first, second, third = TRUTHS[0], TRUTHS[1], TRUTHS[3]

    told = hear(story(f"{first} {second} {third}", "Wait"), request())

    assert told == [first, f"{first} {second}", f"{first} {second} {third}"]


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize("written", [story, in_beats])
def test_a_sentence_that_does_not_stand_is_not_told_and_what_follows_is(written, lie):
    told = hear(written(f"{TRUTHS[0]} {lie} {TRUTHS[3]} {TRUTHS[4]}", "Wait"), request())

    assert told == [TRUTHS[0], f"{TRUTHS[0]} {TRUTHS[3]}", f"{TRUTHS[0]} {TRUTHS[3]} {TRUTHS[4]}"]


def test_a_beat_is_told_when_the_next_one_begins_and_the_last_one_when_all_have_ended():
    whole = json.dumps({"beats": [{"kind": "colour", "text": each} for each in TRUTHS[3:5]]})
    narrator = Narrator(request(), None)

    begun = [narrator.hear(Piece(0, "tell_story", piece)) for piece in (whole[:75], whole[75:-1], whole[-1:])]

    assert begun == [None, TRUTHS[3], f"{TRUTHS[3]} {TRUTHS[4]}"]


def test_what_happened_is_told_before_what_came_later():
    rounds = (
        make_round(outcome("unlock", ("Iron Gate resists: 5 against 10.",))),
        make_round(outcome("take", ("You now carry Bent Hook.",))),
    )

    (told,) = hear(story("You take the Bent Hook."), request(rounds=rounds))[:1]

    assert told.startswith("The Iron Gate resists.")
    assert told.endswith("You take the Bent Hook.")


def test_a_story_behind_an_intent_is_told_ahead_of_the_rules_and_so_not_at_all():
    narrator = Narrator(request(), None)
    told = story(f"{TRUTHS[0]} {TRUTHS[1]}", "Wait")
    pieces = [Piece(0, "search", told), Piece(1, "tell_story", told)]

    assert [narrator.hear(piece) for piece in pieces] == [None, None]


@pytest.mark.parametrize(("allowed", "told"), [(False, TRUTHS[0]), (True, None)])
def test_plain_text_may_be_thinking_aloud_as_long_as_intents_are_allowed(allowed, told):
    narrator = Narrator(request(tools_allowed=allowed), None)

    assert narrator.hear(Piece(0, None, f"{TRUTHS[0]} {TRUTHS[1]}")) == told


def test_who_does_not_know_what_is_hidden_tells_nothing():
    assert hear(story(f"{TRUTHS[0]} {TRUTHS[1]}", "Wait"), request(names=())) == []


def test_what_is_told_leaves_room_for_whoever_goes_on():
    long = " ".join(TRUTHS[n % 2] for n in range(70))

    assert 2600 < len(hear(story(long), request())[-1]) <= 2800


def test_a_story_goes_on_from_its_opening_and_does_not_repeat_it():
    opening = f"{TRUTHS[0]} {TRUTHS[1]}"
    again = story(f"{TRUTHS[0]}\n{TRUTHS[1]} {TRUTHS[3]}", "Wait")

    assert hear(again, request(), opening=opening) == [f"{opening} {TRUTHS[3]}"]
    assert hear(story(TRUTHS[3], "Wait"), request(), opening=opening) == [f"{opening} {TRUTHS[3]}"]


def test_a_story_that_is_begun_twice_takes_nothing_back():
    twice = f'{{"narrative": "{TRUTHS[0]} Rain.", "narrative": "{TRUTHS[3]} {TRUTHS[0]} It"}}'

    told = hear(twice, request(), size=4)

    assert told[0] == TRUTHS[0]
    assert all(later.startswith(earlier) for earlier, later in pairwise(told))


sentences = st.lists(st.sampled_from(TRUTHS), max_size=5).flatmap(
    lambda truths: st.one_of(
        st.just(tuple(truths)),
        st.tuples(st.sampled_from(LIES), st.integers(0, 5)).map(
            lambda lie: (*truths[: lie[1]], lie[0], *truths[lie[1] :])
        ),
    )
)
attempts = st.builds(
    Attempt,
    sentences=sentences,
    between=st.sampled_from((" ", "\n\n", "  ")),
    repeats=st.booleans(),
    manner=st.sampled_from(("tool", "tool", "before-intent", "behind-intent", "text", "text-and-tool")),
    suggestions_first=st.booleans(),
    escaped=st.booleans(),
    in_beats=st.booleans(),
    sizes=st.lists(st.integers(1, 40), min_size=1, max_size=4).map(tuple),
    breaks_off=st.one_of(st.none(), st.integers(0, 60)),
    cut=st.booleans(),
)


@given(st.lists(attempts, min_size=1, max_size=4).map(tuple), st.booleans())
def test_what_was_told_stands_whatever_breaks_and_whoever_goes_on(script, allowed):
    turn = Turn()

    ended = turn.ends(script, request(tools_allowed=allowed))

    assert ended.route == "respond", ended.report.findings
    for earlier, later in zip(["", *turn.told], [*turn.told, ended.narrative], strict=True):
        assert later.startswith(earlier)
    assert not [lie for lie in LIES if lie in ended.narrative]


def test_an_understudy_that_steps_in_goes_on_in_a_paragraph_of_its_own():
    turn = Turn()

    ended = turn.ends((Attempt(TRUTHS[:4], breaks_off=40),), request())

    opening = turn.told[-1]
    assert opening.startswith(TRUTHS[0])
    assert ended.narrative.startswith(f"{opening}\n\n")
    assert len(ended.narrative) > len(opening) + 20


def test_a_reply_that_only_repeats_what_stands_ends_the_story_there():
    turn = Turn()

    ended = turn.ends((Attempt((TRUTHS[0],), cut=True), Attempt((TRUTHS[0],))), request())

    assert (ended.route, ended.narrative) == ("respond", TRUTHS[0])
    assert ended.report.resolution == "repaired"


def test_a_story_told_ahead_of_an_intent_is_the_opening_of_the_turn():
    turn = Turn()

    reply = turn.attempt(Attempt((TRUTHS[0], TRUTHS[1]), manner="before-intent"), request())

    assert route_reply(reply, request(), 0).route == "execute"
    assert turn.attempt(Attempt((TRUTHS[3],)), request()).opening == f"{TRUTHS[0]} {TRUTHS[1]}"


def test_what_was_told_aloud_stands_before_a_story_that_says_something_else():
    turn = Turn()
    aloud = Attempt((TRUTHS[0], TRUTHS[1], TRUTHS[3]), manner="text-and-tool")

    ended = turn.ends((aloud,), request(tools_allowed=False))

    assert turn.told
    assert ended.narrative.startswith(turn.told[-1])
    assert [ended.narrative.count(each) for each in aloud.sentences] == [1, 1, 1]


def test_with_a_long_opening_an_understudy_is_as_clean_as_without_one():
    opening = " ".join(TRUTHS[n % 2] for n in range(60))[:2800]

    routed = route_reply(Turn(kept=opening).understudy(request(tools_allowed=False)), request(tools_allowed=False), 0)

    assert routed.route == "respond"
    assert routed.narrative.startswith(opening)


def test_a_master_that_says_too_much_after_an_opening_is_told_as_far_as_there_is_room():
    opening = " ".join(TRUTHS[n % 2] for n in range(60))[:2800]
    reply = Turn(kept=opening).attempt(Attempt(("The rain goes on, and on, and on.",) * 60), request())

    routed = route_reply(reply, request(), 0)

    assert routed.route == "respond"
    assert routed.narrative.startswith(opening)
    assert 3900 < len(routed.narrative) <= 4000
