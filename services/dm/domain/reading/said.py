"""A clause where it is said: all that is known of it whatever it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.english.questions import AUXILIARIES, WH
from services.dm.domain.reading.entities import Entity
from services.dm.domain.reading.likeness import worth_of
from services.dm.domain.reading.objects import meaningful
from services.dm.domain.reading.phrasing_model import Guess, guess
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.verbs import FARTHEST, Verb, hear


@dataclass(frozen=True, eq=False)
class Said:
    """A clause and all that is known of it whatever it means. `alone`: whether it is the whole action; `addressed`:
    whether somebody was called before it."""

    clause: Clause
    scope: Scope
    alone: bool = True
    addressed: bool = False

    @cached_property
    def guesses(self) -> tuple[Guess, ...]:
        clause = self.clause
        return guess(clause.said, self.scope, asked=clause.question or clause.marked) if clause.said else ()

    @cached_property
    def sure(self) -> Mapping[str, float]:
        """The probability of each label, and of each kind of label."""
        found: dict[str, float] = {each.label: each.sure for each in self.guesses}
        for each in self.guesses:
            found[each.kind] = found.get(each.kind, 0.0) + each.sure
        return found

    @cached_property
    def content(self) -> tuple[str, ...]:
        words = meaningful([word for word in self.clause.said if word != ","])
        return tuple(word for word in words if word not in WH and word not in AUXILIARIES)

    @cached_property
    def verbs(self) -> tuple[Verb, ...]:
        return hear(self.clause.words)

    @cached_property
    def first_senses(self) -> frozenset[str]:
        return frozenset(verb.sense for verb in self.verbs if verb.sure == 1.0)

    @cached_property
    def later_senses(self) -> frozenset[str]:
        words = self.clause.words
        heard = (verb for at in range(1, min(len(words), FARTHEST)) for verb in hear(words[at:]))
        return frozenset(verb.sense for verb in heard if verb.sure == 1.0)

    @cached_property
    def flags(self) -> tuple[str, ...]:
        """Flags of how and where it is said."""
        clause, scope = self.clause, self.scope
        length = len([word for word in clause.said if word != ","])
        size = "n1" if length == 1 else "n2" if length == 2 else "n4" if length <= 4 else "n8" if length <= 8 else "n9"
        so = {
            "q": clause.question, "m": clause.marked, "req": clause.request, "sp": bool(clause.spoken),
            "!": clause.called, "led": clause.led, "addr": self.addressed, "multi": not self.alone,
            "first": clause.position == 0, "corr": clause.correction, "fight": scope.fighting,
            "shop": not scope.fighting and bool(scope.of("ware")),
            "people": not scope.fighting and bool(scope.of("person")),
            "calm": not scope.fighting and not scope.of("person"),
        }  # fmt: skip
        return (*(name for name, is_so in so.items() if is_so), size)

    @cached_property
    def by_id(self) -> Mapping[str, tuple[Entity, ...]]:
        """Everything in scope by each id and name that a meaning may call it by."""
        found: dict[str, list[Entity]] = {}
        for entity in self.scope.entities:
            keys = {entity.id, entity.name, entity.worth} | ({entity.thing.to.id} if entity.kind == "way" else set())
            for key in keys:
                found.setdefault(key, []).append(entity)
        return {key: tuple(entities) for key, entities in found.items()}

    @cached_property
    def worths(self) -> dict[tuple[str, Entity], float]:
        return {}

    def worth(self, word: str, entity: Entity) -> float:
        """The worth of a word as the name of a thing."""
        key = (word, entity)
        if key not in self.worths:
            self.worths[key] = worth_of(word, entity)
        return self.worths[key]
