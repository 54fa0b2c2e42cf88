"""The rules' answer to an intent: a ruling that gathers effects and facts, or a refusal that says why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from contracts.canon import EntityRef
from contracts.effects import Proposal
from contracts.tools import Outcome, Refusal, Roll, ToolCall

MOST_FACTS, MOST_MENTIONS, MOST_LEGAL = 24, 32, 24


class NamedThing(Protocol):
    """Anything of canon or state with an id and a name."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...


class Ruling:
    """An outcome in the making: changes to propose, and sentences that tell them."""

    def __init__(self) -> None:
        self.effects: list[Proposal] = []
        self.facts: list[str] = []
        self._mentions: dict[tuple[str, str], EntityRef] = {}

    def does(self, *effects: Proposal) -> None:
        """Propose effects, after those proposed before."""
        self.effects.extend(effects)

    def tells(self, fact: str, *things: NamedThing | None) -> None:
        """Add a sentence and what it names; its first letter becomes a capital. Every number in it belongs to a roll
        or an effect."""
        self.facts.append(fact[:1].upper() + fact[1:])
        self.names(*things)

    def names(self, *things: NamedThing | None) -> None:
        """Let the story name these things."""
        for thing in things:
            if thing is not None:
                self._mentions[(thing.id, thing.name)] = EntityRef(id=thing.id, name=thing.name)

    def outcome(self, key: str, call: ToolCall, rolls: tuple[Roll, ...]) -> Outcome:
        """The finished outcome, within the bounds of the contract."""
        return Outcome(
            key=key,
            call=call,
            verdict="done",
            rolls=rolls,
            effects=tuple(self.effects),
            facts=tuple(self.facts[:MOST_FACTS]),
            mentions=tuple(self._mentions.values())[:MOST_MENTIONS],
        )


def refuse(code: str, rule: str, message: str, legal: Iterable[str] = ()) -> Refusal:
    """A no: the rule that says so, what stands in the way, and what would be taken instead."""
    return Refusal(code=code, rule=rule, message=message, legal=tuple(dict.fromkeys(legal))[:MOST_LEGAL])


def make_refused(key: str, call: ToolCall, refusal: Refusal, nameable: Iterable[NamedThing] = ()) -> Outcome:
    """The outcome of a refused intent: no effects, no dice, and those of the `nameable` things that it names."""
    ruling = Ruling()
    ruling.names(*(thing for thing in nameable if thing.name in refusal.message))
    mentioned = ruling.outcome(key, call, ())
    return mentioned.model_copy(update={"verdict": "refused", "refusal": refusal, "facts": (refusal.message,)})


def refuse_unknown(what: str, legal: Iterable[str]) -> Refusal:
    """The refusal of something that is not here.

    It does not repeat the word, for an invented name (or number) must not become a fact of this turn.
    """
    return refuse(f"no-such-{what}", f"A {what} must be here to be chosen.", f"There is no such {what} here.", legal)
