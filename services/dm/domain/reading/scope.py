"""Scope: who and what is here, and what was spoken of; words are resolved by it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from contracts.dm import Remembered
from contracts.lore import Briefing
from contracts.state import Scene
from services.dm.domain.reading.english.function_words import ORDINALS
from services.dm.domain.reading.entities import KIND, NAME, Entity, away, content_of, everything
from services.dm.domain.reading.lexing import tokens
from services.dm.domain.reading.spelling import stem


@dataclass(eq=False)
class Scope:
    """A scene, its briefing and the last turns, indexed for reading. `recent` grows as clauses are read."""

    scene: Scene
    briefing: Briefing
    history: Sequence[Remembered] = ()
    recent: list[Entity] = field(default_factory=list)
    mentions: dict[Any, Any] = field(default_factory=dict)
    """Cache of what was found in which words: asked again and again while a question is classified."""
    gained: Entity | None = None
    """The thing that the last clause buys or takes: it has no id yet, and goes by its name."""
    absent: str = ""
    """The thing that the last clause named and that is not here: "it" is that, and nothing else."""
    _of: dict[tuple[str, ...], tuple[Entity, ...]] = field(default_factory=dict)

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        return everything(self.scene, self.briefing)

    @cached_property
    def by_kind(self) -> dict[str, tuple[Entity, ...]]:
        kinds: dict[str, list[Entity]] = {}
        for entity in (*self.entities, *away(self.briefing)):
            kinds.setdefault(entity.kind, []).append(entity)
        return {kind: tuple(found) for kind, found in kinds.items()}

    def of(self, *kinds: str) -> tuple[Entity, ...]:
        if kinds not in self._of:
            self._of[kinds] = tuple(entity for kind in kinds for entity in self.by_kind.get(kind, ()))
        return self._of[kinds]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Words that names here are made of."""
        return frozenset(word for entity in self.entities for word, weight in entity.words.items() if weight >= 0.55)

    @cached_property
    def by_word(self) -> dict[str, dict[Entity, float]]:
        """By each word that something here is called by: what, and how well it names it."""
        named: dict[str, dict[Entity, float]] = {}
        for entity in self.entities:
            for word, worth in entity.words.items():
                if worth >= KIND:
                    named.setdefault(word, {})[entity] = worth
        return named

    @property
    def fighting(self) -> bool:
        return self.scene.state.encounter is not None

    @property
    def enemies(self) -> tuple[Entity, ...]:
        """The enemies that a blow can be aimed at now."""
        return self.of("foe") if self.fighting else self.of("spawn")

    @cached_property
    def place_words(self) -> frozenset[str]:
        return frozenset(content_of(self.briefing.place.name))

    @cached_property
    def scenery(self) -> frozenset[str]:
        """Words of the place's own description."""
        return frozenset(content_of(self.briefing.description)) | frozenset(content_of(self.briefing.place.name))

    @cached_property
    def spoken_of(self) -> tuple[Entity, ...]:
        """The entities that the last turns were about, the latest first."""
        found: list[Entity] = []
        for turn in reversed(self.history[-3:]):
            for text in (turn.action, turn.narrative):
                found += [entity for entity in self._find_mentioned(text) if entity not in found]
        return tuple(found)

    def _find_mentioned(self, text: str) -> list[Entity]:
        """Entities whose names are in a text, the best named first, then the last named."""
        words = [stem(word) for word in tokens(text)]
        at = {word: place for place, word in enumerate(words)}
        ranked: list[tuple[float, int, Entity]] = []
        for entity in self.entities:
            names = [word for word, weight in entity.words.items() if weight >= NAME]
            here = [word for word in names if word in at]
            if not here:
                continue
            name = content_of(entity.name)
            if entity.kind not in ("person", "way", "topic") and name and name[-1] not in at:
                continue
            share = len(here) / max(1, min(len(names), len(name) or 1))
            last = max(at[word] for word in here)
            if entity.kind in ("foe", "fallen") and not self._is_counted(entity, words):
                share -= 0.5
            ranked.append((min(1.0, share), last, entity))
        return [
            entity for share, _, entity in sorted(ranked, key=lambda r: (r[0], r[1]), reverse=True) if share >= 0.45
        ]

    def _is_counted(self, foe: Entity, words: list[str]) -> bool:
        numbers = {ORDINALS[word] for word in words if word in ORDINALS}
        return not numbers or foe.order in numbers

    def remember(self, entities: Iterable[Entity]) -> None:
        """Make these, which have just been spoken of, what "it" means next."""
        for entity in entities:
            if entity in self.recent:
                self.recent.remove(entity)
            self.recent.insert(0, entity)
