"""Evidence: all that a story may speak of, from the scene, what can be seen, and this turn's outcomes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from contracts.chronicle import Memory
from contracts.dm import PlayedRound, ValidateAndRoute
from contracts.lore import Briefing, Passage
from contracts.state import Scene
from contracts.tools import Outcome
from services.dm.domain.english.numerals import read_figures
from services.dm.domain.english.tokens import join_words, words
from services.dm.domain.grounding.happened import Happened, gather_happened


@dataclass(frozen=True)
class Evidence:
    """What a turn is checked against: the request as far as a check reads it, and what is read off it."""

    scene: Scene
    briefing: Briefing
    rounds: tuple[PlayedRound, ...]
    action: str
    names: tuple[str, ...]
    """Names a story may use."""
    guarded: tuple[str, ...]
    """Names it may not speak yet."""
    passages: tuple[Passage, ...]
    memories: tuple[Memory, ...]
    happened: Happened
    words: frozenset[str]
    """Words that are known."""
    numbers: frozenset[int]
    """Figures that are known."""
    spoken: str
    """Everything that was said in outcomes and can be seen, as one text of joined words: it may be repeated."""
    action_words: frozenset[str]
    remembered: str
    """What the rules said in earlier turns, likewise: no secret any more, but no news either."""

    @property
    def facts(self) -> tuple[str, ...]:
        """What the rules said of this turn."""
        return tuple(fact for played in self.rounds for outcome in played.outcomes for fact in outcome.facts)

    def knowing(self, names: tuple[str, ...]) -> Evidence:
        """The same with more names known."""
        return replace(self, words=self.words | {word for name in names for word in words(name)})


def gather_evidence(request: ValidateAndRoute) -> Evidence:
    """Gather it from the scene, the briefing, the public names and the outcomes of this turn."""
    told = tuple(_texts(outcome) for played in request.rounds for outcome in played.outcomes)
    refused = tuple(text for played in request.rounds for text in played.refused.values())
    seen = tuple(_strings((request.scene.model_dump(mode="json"), request.briefing.model_dump(mode="json"))))
    texts = (*request.names, *seen, *(text for texts in told for text in texts), *refused, *_read(request))
    return Evidence(
        scene=request.scene,
        briefing=request.briefing,
        rounds=request.rounds,
        action=request.action,
        names=request.names,
        guarded=request.guarded,
        passages=request.passages,
        memories=request.memories,
        happened=gather_happened(request),
        words=frozenset(word for text in texts for word in words(text)),
        numbers=frozenset(_numbers(request)),
        spoken=" ".join(join_words(text) for text in (*seen, *(text for texts in told for text in texts), *refused)),
        action_words=frozenset(words(request.action)),
        remembered=" ".join(join_words(memory.text) for memory in request.memories),
    )


def _read(request: ValidateAndRoute) -> tuple[str, ...]:
    """What the master was given to read besides the scene: lore, memories, and what every citizen knows."""
    lore = (text for passage in request.passages for text in (passage.title, passage.text))
    return (*lore, *(memory.text for memory in request.memories), request.common)


def _texts(outcome: Outcome) -> tuple[str, ...]:
    """What the rules said. The arguments of the call are what a model said, and prove nothing."""
    refusal = outcome.refusal
    return (
        *outcome.facts,
        *(mention.name for mention in outcome.mentions),
        *((refusal.message, refusal.rule, *refusal.legal) if refusal else ()),
        *(text for effect in outcome.effects for text in _strings(effect.model_dump(mode="json"))),
    )


def _numbers(request: ValidateAndRoute) -> Iterator[int]:
    outcomes = [o.model_dump(mode="json", exclude={"call", "key"}) for p in request.rounds for o in p.outcomes]
    refused = [reason for played in request.rounds for reason in played.refused.values()]
    scene = request.scene.model_dump(mode="json", exclude={"state": {"campaign_id", "seed_commitment"}})
    followed = [each.model_dump(mode="json") for played in request.rounds for each in played.consequences]
    seen = (scene, request.briefing.model_dump(mode="json"))
    yield from _figures((*seen, outcomes, followed, refused, request.names, _read(request)))
    for played in request.rounds:
        for outcome in played.outcomes:
            yield from _sums(outcome)


def _sums(outcome: Outcome) -> Iterator[int]:
    """What a teller may add up: all damage to one target, all credits gained."""
    totals: dict[tuple[str, str], int] = {}
    for effect in outcome.effects:
        amount = getattr(effect, "amount", None)
        if isinstance(amount, int):
            key = (effect.kind, str(getattr(effect, "target", "")))
            totals[key] = totals.get(key, 0) + amount
    yield from totals.values()


def _figures(value: Any) -> Iterator[int]:
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int):
        yield abs(value)
    elif isinstance(value, str):
        yield from read_figures(value)
        yield from read_figures(value, grouped=False)
    else:
        for member in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
            yield from _figures(member)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, member in value.items():
            yield str(key)
            yield from _strings(member)
    elif isinstance(value, list | tuple):
        for member in value:
            yield from _strings(member)
