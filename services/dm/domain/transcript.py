"""The rounds of a turn as a conversation: what was called, and what came back."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.dm import PlayedRound
from contracts.tools import Outcome, Roll, ToolCall
from services.dm.domain.catalogue import Catalogue
from services.dm.domain.facts import REFUSAL, TurnFact, number_facts


@dataclass(frozen=True)
class CallResult:
    """The result of one call. `id` joins the two; it says where the call stood, whoever made it."""

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
    """The opening, then one message per round that called something. What the world did by itself is told as text.
    Facts stand with the numbers that a story cites them by."""
    facts = number_facts(rounds)
    conversation: list[PromptMessage] = [PromptMessage((), opening)]
    for number, played in enumerate(rounds):
        called = tuple(o for o in played.outcomes if catalogue.tool(o.call.name))
        results = tuple(
            CallResult(f"r{number}c{n}", outcome.call, _verdict(outcome, facts)) for n, outcome in enumerate(called)
        )
        world = [_number_fact(fact) for o in played.outcomes if o not in called for fact in facts if fact.outcome is o]
        followed = [_number_fact(fact) for each in played.consequences for fact in facts if fact.consequence is each]
        text = "Then the world moved:\n" + "\n".join((*world, *followed)) if (*world, *followed) else ""
        if results:
            conversation.append(PromptMessage(results, text))
        elif text:
            conversation[-1] = _with(conversation[-1], text)
    conversation[-1] = _with(conversation[-1], closing)
    return tuple(conversation)


def _with(message: PromptMessage, text: str) -> PromptMessage:
    return PromptMessage(message.results, "\n\n".join(part for part in (message.text, text) if part))


def _verdict(outcome: Outcome, facts: tuple[TurnFact, ...]) -> str:
    own = tuple(fact for fact in facts if fact.outcome is outcome)
    if own and own[0].kind == REFUSAL:
        refusal = outcome.refusal
        legal = f" Possible instead: {', '.join(refusal.legal)}." if refusal and refusal.legal else ""
        return f"REFUSED. {_number_fact(own[0])}{legal}"
    rolls = (_roll(roll) for roll in outcome.rolls if roll.target is not None)
    return "DONE. " + " ".join((*map(_number_fact, own), *rolls))


def _number_fact(fact: TurnFact) -> str:
    return f"{fact.id}: {fact.text}"


def _roll(roll: Roll) -> str:
    return f"[{roll.purpose} by {roll.roller}: {roll.total} against {roll.target}, {roll.outcome or 'even'}]"
