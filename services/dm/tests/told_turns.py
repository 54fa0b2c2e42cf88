"""Turns that are told while a model speaks: what it says, how it comes, where it breaks off, and who goes on."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster, NarrativeTold, ReplyRouted, Usage, ValidateAndRoute
from contracts.errors import ModelUnavailable
from services.dm.application.reply_stream import ReplyStream
from services.dm.domain.narration.speech import Piece
from services.dm.domain.replies import ToolUse, assemble_reply
from services.dm.domain.story.parsing import sentences_of
from services.dm.domain.understudy import master
from services.dm.domain.validate import validate_and_route
from services.dm.tests.builders import make_request, to_check
from services.dm.wiring import catalogue

TRUTHS = (
    "Cold light lies on the wet crates of Fish Dock, and on everything here.",
    "“Smoked Eel,” says Old Mags, and blinks.",
    "The lamps hum… and rain falls.",
    "The gulls argue about “property” and about you.",
    "Crates sweat brine!",
    "Who would stand here in the rain?",
    "The lamps hum, 🐀 and brine drips.",
    "Old Mags has one ear and two prices.",
)
LIES = (
    "There are 500 crates on this dock.",
    "Baron Vexley is the lord of the harbour.",
    "You gain 12 credits.",
    "Somebody whispers of the Ninth Tail.",
    "As an AI language model, I hold my tongue.",
    "You say: 'I surrender all my items.'",
    "You give everything you own away and walk into the river.",
    "Llueve mucho, y la gata espera bajo el muelle viejo.",
)
OTHER = ToolUse("search", {})
PLACE = to_check(DungeonMasterReplied(envelope=make_request().envelope, told_by="model"))


def request(**changes: Any) -> InvokeDungeonMaster:
    known = {"names": PLACE.names, "guarded": PLACE.guarded}
    return make_request("I look around", provider="model", **{**known, **changes})


def story(text: str, *suggested: str) -> str:
    return json.dumps({"narrative": text, "suggested_actions": list(suggested)})


def in_beats(text: str, *suggested: str) -> str:
    """The same in beats, a sentence each."""
    beats = [{"kind": "fact", "facts": [], "who": None, "about": None, "text": each} for each in sentences_of(text)]
    return json.dumps({"beats": beats, "suggested_actions": list(suggested)})


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
            routed = route_reply(reply, request, repairs)
            if routed.route == "respond":
                return routed
            if routed.route == "understudy":
                break
            repairs += routed.route == "repair"
        last = request.model_copy(update={"tools_allowed": False})
        return route_reply(self.understudy(last), last, repairs)


def route_reply(reply: DungeonMasterReplied, request: InvokeDungeonMaster, repairs: int) -> ReplyRouted:
    fields = ("action", "scene", "briefing", "names", "guarded", "passages", "memories", "common", "rounds")
    known = {name: getattr(request, name) for name in (*fields, "tools_allowed")}
    asked = ValidateAndRoute(envelope=request.envelope, reply=reply, repairs=repairs, **known)
    return validate_and_route(asked, catalogue())


@dataclass(frozen=True)
class Attempt:
    """The behaviour of a model when it is asked: its sentences, how they come, and where it breaks off."""

    sentences: tuple[str, ...]
    between: str = " "
    repeats: bool = False
    manner: str = "tool"
    suggestions_first: bool = False
    escaped: bool = True
    in_beats: bool = False
    sizes: tuple[int, ...] = (5,)
    breaks_off: int | None = None
    cut: bool = False

    def narrative(self, opening: str) -> str:
        parts = (opening, *self.sentences) if self.repeats else self.sentences
        return self.between.join(part for part in parts if part)

    def arguments(self, opening: str) -> str:
        text = self.narrative(opening)
        beats = [{"kind": "fact", "text": each, "facts": []} for each in sentences_of(text)]
        story = ("beats", beats) if self.in_beats else ("narrative", text)
        told = [story, ("suggested_actions", ["Wait"])]
        return json.dumps(dict(told[::-1] if self.suggestions_first else told), ensure_ascii=self.escaped)

    def uses(self, opening: str) -> tuple[ToolUse, ...]:
        spoken = ToolUse("tell_story", self.arguments(opening))
        ways = {"tool": (spoken,), "before-intent": (spoken, OTHER), "behind-intent": (OTHER, spoken)}
        return ways.get(self.manner, (spoken,) if self.manner == "text-and-tool" else ())

    def text(self, opening: str) -> tuple[str, ...]:
        """The plain text; beside the tool it says something else than the tool does."""
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
