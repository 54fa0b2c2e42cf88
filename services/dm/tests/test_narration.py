"""A story that is told while the model speaks. What was told stands, whatever becomes of the rest."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster, NarrativeTold, ReplyRouted, Usage, ValidateAndRoute
from contracts.errors import ModelUnavailable
from services.dm.application.reply_stream import ReplyStream
from services.dm.domain.narration.narrator import Narrator
from services.dm.domain.narration.speech import Piece
from services.dm.domain.replies import ToolUse, assemble_reply
from services.dm.domain.understudy import master
from services.dm.domain.validate import validate_and_route
from services.dm.tests.builders import asked, to_check
from services.dm.wiring import catalogue

TRUTHS = (
    "Rain drums on the tin roof of Fish Dock and on everything under it.",
    "Old Mags says: “No refunds. Not today.”",
    "You wait… and nothing comes of it.",
    "The gulls argue about “property” and about you.",
    "Crates sweat brine!",
    "Who would stand here without a coat?",
    "The lamps are dead, 🐀 or so it seems.",
    "‘I don’t haggle. I weigh,’ says Old Mags.",
)
LIES = (
    "There are 500 crates on this dock.",
    "Baron Vexley is the lord of the harbour.",
    "You gain 12 credits.",
    "Somebody whispers of the Ninth Tail.",
    "As an AI language model, I hold my tongue.",
)
OTHER = ToolUse("search", {})
PLACE = to_check(DungeonMasterReplied(envelope=asked().envelope, told_by="model"))


def request(**changes: Any) -> InvokeDungeonMaster:
    known = {"names": PLACE.names, "guarded": PLACE.guarded}
    return asked("I look around", provider="model", **{**known, **changes})


def story(text: str, *suggested: str) -> str:
    return json.dumps({"narrative": text, "suggested_actions": list(suggested)})


def heard(given: str, request: InvokeDungeonMaster, *, opening: str | None = None, size: int = 3) -> list[str]:
    """What is told of a story that comes in pieces of this size."""
    narrator = Narrator(request, opening)
    parts = [Piece(0, "tell_story", given[at : at + size]) for at in range(0, len(given), size)]
    return [told for part in parts if (told := narrator.hear(part))]


def test_a_story_is_told_sentence_by_sentence_and_the_last_one_when_it_has_ended():
    first, second, third = TRUTHS[0], TRUTHS[1], TRUTHS[3]

    told = heard(story(f"{first} {second} {third}", "Wait"), request())

    assert told == [first, f"{first} {second}", f"{first} {second} {third}"]


@pytest.mark.parametrize("lie", LIES)
def test_a_sentence_that_does_not_stand_is_not_told_and_nothing_after_it(lie):
    assert heard(story(f"{TRUTHS[0]} {lie} {TRUTHS[1]}"), request())[-1] == TRUTHS[0]


def test_nothing_is_told_before_its_language_can_be_judged():
    assert heard(story(f"So it is. {TRUTHS[0]}", "Wait"), request()) == [f"So it is. {TRUTHS[0]}"]
    assert heard(story("Llueve mucho. La gata espera bajo el muelle viejo. " * 3), request()) == []


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
    assert heard(story(f"{TRUTHS[0]} {TRUTHS[1]}", "Wait"), request(names=())) == []


def test_what_is_told_leaves_room_for_whoever_goes_on():
    long = " ".join(TRUTHS[n % 2] for n in range(70))

    assert 2600 < len(heard(story(long), request())[-1]) <= 2800


def test_a_story_goes_on_from_its_opening_and_does_not_repeat_it():
    opening = f"{TRUTHS[0]} {TRUTHS[1]}"
    again = story(f"{TRUTHS[0]}\n{TRUTHS[1]} {TRUTHS[3]}", "Wait")

    assert heard(again, request(), opening=opening) == [f"{opening} {TRUTHS[3]}"]
    assert heard(story(TRUTHS[3], "Wait"), request(), opening=opening) == [f"{opening} {TRUTHS[3]}"]


def test_a_story_that_says_something_else_than_it_did_is_not_told_on():
    twice = f'{{"narrative": "{TRUTHS[0]} Rain.", "narrative": "{TRUTHS[3]} {TRUTHS[0]} It"}}'

    assert heard(twice, request(), size=4) == [TRUTHS[0]]


@dataclass
class Turn:
    """A turn as the workflow plays it, with the models of one's choice; `told` is what the player was told."""

    told: list[str] = field(default_factory=list)
    kept: str | None = None

    def attempt(self, attempt: Attempt, request: InvokeDungeonMaster) -> DungeonMasterReplied:
        """One attempt of one step. Raises ModelUnavailable when it breaks off."""
        stream = self.stream(request)
        pieces = list(attempt.pieces(self.kept or ""))
        for piece in pieces[: attempt.breaks_off]:
            stream.hear(piece)
        if attempt.breaks_off is not None and attempt.breaks_off < len(pieces):
            raise ModelUnavailable("gone")
        uses = attempt.uses(self.kept or "")
        reply = assemble_reply(request, attempt.text(self.kept or ""), uses, cut=attempt.cut, usage=Usage())
        return stream.settle(reply)

    def understudy(self, request: InvokeDungeonMaster) -> DungeonMasterReplied:
        stream = self.stream(request)
        return stream.settle(master.reply(request, told=len(stream.opening or "")))

    def stream(self, request: InvokeDungeonMaster) -> ReplyStream:
        kept = self.kept

        class Log:
            told = kept

            @staticmethod
            def write(told: str) -> bool:
                self.kept = told
                return True

        def send(message: NarrativeTold) -> None:
            assert self.kept == message.told, "it is written down before it is told"
            self.told.append(message.told)

        return ReplyStream(request, Log(), send, count().__next__)  # a second from one sentence to the next

    def ends(self, attempts: tuple[Attempt, ...], request: InvokeDungeonMaster) -> ReplyRouted:
        """The verdict that the turn ends with: attempts that fail are followed by the next, then by the understudy."""
        repairs = 0
        for attempt in attempts:
            try:
                reply = self.attempt(attempt, request)
            except ModelUnavailable:
                continue
            routed = judged(reply, request, repairs)
            if routed.route == "respond":
                return routed
            if routed.route == "understudy":
                break
            repairs += routed.route == "repair"
        last = request.model_copy(update={"tools_allowed": False})
        return judged(self.understudy(last), last, repairs)


def judged(reply: DungeonMasterReplied, request: InvokeDungeonMaster, repairs: int) -> ReplyRouted:
    fields = ("action", "scene", "briefing", "names", "guarded", "passages", "memories", "common", "rounds")
    known = {name: getattr(request, name) for name in (*fields, "tools_allowed")}
    asked = ValidateAndRoute(envelope=request.envelope, reply=reply, repairs=repairs, **known)
    return validate_and_route(asked, catalogue())


@dataclass(frozen=True)
class Attempt:
    """What a model does when it is asked: its sentences, how they come, and where it breaks off."""

    sentences: tuple[str, ...]
    between: str = " "
    repeats: bool = False
    manner: str = "tool"
    suggestions_first: bool = False
    escaped: bool = True
    sizes: tuple[int, ...] = (5,)
    breaks_off: int | None = None
    cut: bool = False

    def narrative(self, opening: str) -> str:
        parts = (opening, *self.sentences) if self.repeats else self.sentences
        return self.between.join(part for part in parts if part)

    def arguments(self, opening: str) -> str:
        told = [("narrative", self.narrative(opening)), ("suggested_actions", ["Wait"])]
        return json.dumps(dict(told[::-1] if self.suggestions_first else told), ensure_ascii=self.escaped)

    def uses(self, opening: str) -> tuple[ToolUse, ...]:
        spoken = ToolUse("tell_story", self.arguments(opening))
        ways = {"tool": (spoken,), "before-intent": (spoken, OTHER), "behind-intent": (OTHER, spoken)}
        return ways.get(self.manner, (spoken,) if self.manner == "text-and-tool" else ())

    def text(self, opening: str) -> tuple[str, ...]:
        """Beside the tool, what is said aloud is something else."""
        aloud = " ".join(self.sentences[::-1]) if self.manner == "text-and-tool" else self.narrative(opening)
        return (aloud,) if self.manner.startswith("text") else ()

    def pieces(self, opening: str) -> list[Piece]:
        parts: list[tuple[str | None, str]] = [(None, text) for text in self.text(opening)]
        for use in self.uses(opening):
            parts.append((use.name, use.input if isinstance(use.input, str) else json.dumps(use.input)))
        return [
            Piece(n, tool, piece) for n, (tool, whole) in enumerate(parts) for piece in ("", *cuts(whole, self.sizes))
        ]


def cuts(whole: str, sizes: tuple[int, ...]) -> list[str]:
    found, at = [], 0
    while at < len(whole):
        size = sizes[len(found) % len(sizes)]
        found.append(whole[at : at + size])
        at += size
    return found


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
    assert not [lie for lie in LIES for told in turn.told if lie in told]


def test_an_understudy_that_steps_in_goes_on_in_a_paragraph_of_its_own():
    turn = Turn()

    ended = turn.ends((Attempt((*TRUTHS[:2], LIES[0])), Attempt((LIES[1],))), request())

    opening = f"{TRUTHS[0]} {TRUTHS[1]}"
    assert turn.told[-1] == opening
    assert ended.narrative.startswith(f"{opening}\n\n")
    assert len(ended.narrative) > len(opening) + 20


def test_a_repair_that_only_repeats_what_stands_ends_the_story_there():
    turn = Turn()

    ended = turn.ends((Attempt((TRUTHS[0], LIES[0])), Attempt((TRUTHS[0],))), request())

    assert (ended.route, ended.narrative) == ("respond", TRUTHS[0])
    assert ended.report.resolution == "repaired"


def test_a_story_told_ahead_of_an_intent_is_the_opening_of_the_turn():
    turn = Turn()

    reply = turn.attempt(Attempt((TRUTHS[0], TRUTHS[1]), manner="before-intent"), request())

    assert judged(reply, request(), 0).route == "execute"
    assert turn.attempt(Attempt((TRUTHS[3],)), request()).opening == f"{TRUTHS[0]} {TRUTHS[1]}"


def test_what_was_told_aloud_stands_before_a_story_that_says_something_else():
    turn = Turn()
    aloud = Attempt((TRUTHS[0], TRUTHS[1], TRUTHS[3]), manner="text-and-tool")

    ended = turn.ends((aloud,), request(tools_allowed=False))

    assert turn.told
    assert ended.narrative.startswith(turn.told[-1])
    assert ended.narrative.endswith(TRUTHS[3])


def test_with_a_long_opening_an_understudy_is_as_clean_as_without_one():
    opening = " ".join(TRUTHS[n % 2] for n in range(60))[:2800]

    routed = judged(Turn(kept=opening).understudy(request(tools_allowed=False)), request(tools_allowed=False), 0)

    assert routed.route == "respond"
    assert routed.narrative.startswith(opening)


def test_a_master_that_says_too_much_after_an_opening_is_told_how_much_room_there_is():
    opening = " ".join(TRUTHS[n % 2] for n in range(60))[:2800]
    reply = Turn(kept=opening).attempt(Attempt(tuple(TRUTHS[n % 4] for n in range(40))), request())

    routed = judged(reply, request(), 0)

    assert routed.route == "repair"
    assert "1198 characters" in routed.violation
