"""Evidence: all that a story may speak of, from the scene, what can be seen, and this turn's outcomes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from contracts.chronicle import Memory
from contracts.dm import PlayedRound, ValidateAndRoute
from contracts.lore import Briefing, Passage
from contracts.state import Scene
from contracts.tools import Outcome
from services.dm.domain.english.tokens import words
from services.dm.domain.own_name import forget_name


@dataclass(frozen=True)
class Evidence:
    """The facts that a turn is checked against: the request as far as a check reads it, and what is read off it."""

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
    words: frozenset[str]
    """Words that are known."""
    said: tuple[str, ...]
    """Texts of the scene, the rules and memories of earlier turns: what they name is no secret any more."""
    action_words: frozenset[str]

    def knowing(self, names: tuple[str, ...]) -> Evidence:
        """The same with more names known."""
        return replace(self, words=self.words | {word for name in names for word in words(name)})


def gather_evidence(request: ValidateAndRoute) -> Evidence:
    """Gather it from the scene, the briefing, the public names and the outcomes of this turn."""
    told = tuple(_texts(outcome) for played in request.rounds for outcome in played.outcomes)
    refused = tuple(text for played in request.rounds for text in played.refused.values())
    shown = [forget_name(request.scene).model_dump(mode="json"), request.briefing.model_dump(mode="json")]
    seen = tuple(dict.fromkeys(_strings(shown, [])))
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
        words=frozenset(chain.from_iterable(map(words, texts))),
        said=(*seen, *(text for texts in told for text in texts), *refused, *(m.text for m in request.memories)),
        action_words=frozenset(words(request.action)),
    )


def _read(request: ValidateAndRoute) -> tuple[str, ...]:
    """Texts the master was given to read besides the scene: lore, memories, and what every citizen knows."""
    lore = (text for passage in request.passages for text in (passage.title, passage.text))
    return (*lore, *(memory.text for memory in request.memories), request.common)


def _texts(outcome: Outcome) -> tuple[str, ...]:
    """Texts of the rules. The arguments of the call are a model's words, and prove nothing."""
    refusal = outcome.refusal
    return (
        *outcome.facts,
        *(mention.name for mention in outcome.mentions),
        *((refusal.message, refusal.rule, *refusal.legal) if refusal else ()),
        *(text for effect in outcome.effects for text in _strings(effect.model_dump(mode="json"), [])),
    )


def _strings(value: Any, found: list[str]) -> list[str]:
    """All names and texts in it, in their order, after what was found before."""
    for each in chain.from_iterable(value.items()) if isinstance(value, dict) else value:
        if isinstance(each, str):
            found.append(each)
        elif isinstance(each, dict | list):
            _strings(each, found)
    return found
