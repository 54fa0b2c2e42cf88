"""The rounds of a turn as a conversation: what was called, and what came back."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.dm import PlayedRound
from contracts.tools import Outcome, Roll, ToolCall
from services.dm.domain.catalogue import Catalogue
from services.dm.domain.consequences import describe_consequence


@dataclass(frozen=True)
class CallResult:
    """What came of one call. `id` joins the two; it says where the call stood, whoever made it."""

    id: str
    call: ToolCall
    text: str


@dataclass(frozen=True)
class PromptMessage:
    """A message to the master: results of what it called just before (none at first), and text."""

    results: tuple[CallResult, ...]
    text: str


def build_messages(
    opening: str, rounds: tuple[PlayedRound, ...], closing: str, catalogue: Catalogue
) -> tuple[PromptMessage, ...]:
    """The opening, then one message per round that called something. What the world did by itself is told as text."""
    conversation: list[PromptMessage] = [PromptMessage((), opening)]
    for number, played in enumerate(rounds):
        called = tuple(o for o in played.outcomes if catalogue.tool(o.call.name))
        results = tuple(
            CallResult(f"r{number}c{n}", outcome.call, _verdict(outcome, played.refused.get(outcome.key)))
            for n, outcome in enumerate(called)
        )
        world = [line for o in played.outcomes if o not in called for line in o.facts]
        world += [f"The cat: {line}." for each in played.consequences for line in describe_consequence(each)]
        text = "Then the world moved:\n" + "\n".join(world) if world else ""
        if results:
            conversation.append(PromptMessage(results, text))
        elif text:
            conversation[-1] = _with(conversation[-1], text)
    conversation[-1] = _with(conversation[-1], closing)
    return tuple(conversation)


def _with(message: PromptMessage, text: str) -> PromptMessage:
    return PromptMessage(message.results, "\n\n".join(part for part in (message.text, text) if part))


def _verdict(outcome: Outcome, undone: str | None) -> str:
    if outcome.refusal:
        legal = f" Possible instead: {', '.join(outcome.refusal.legal)}." if outcome.refusal.legal else ""
        return f"REFUSED. {outcome.refusal.message} ({outcome.refusal.rule}){legal}"
    if undone:
        return f"REFUSED. {undone} Nothing of it happened."
    return "DONE. " + " ".join((*outcome.facts, *(_roll(roll) for roll in outcome.rolls if roll.target is not None)))


def _roll(roll: Roll) -> str:
    return f"[{roll.purpose} by {roll.roller}: {roll.total} against {roll.target}, {roll.outcome or 'even'}]"
