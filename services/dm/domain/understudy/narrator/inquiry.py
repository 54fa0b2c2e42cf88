"""Inquiry: a question in its own words, what they name here, and what was told of it before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from services.dm.domain.english.sentences import split_sentences
from services.dm.domain.english.stems import stem, stems
from services.dm.domain.english.tokens import join_words
from services.dm.domain.english.word_lists import read_sections
from services.dm.domain.reading import Scope
from services.dm.domain.reading.english.questions import question_words
from services.dm.domain.reading.mentions import mention
from services.dm.domain.reading.objects import meaningful
from services.dm.domain.understudy.narrator.echo import echo
from services.dm.domain.understudy.narrator.grammar import sentence
from services.dm.domain.understudy.narrator.memory import quote
from services.dm.domain.understudy.narrator.play import is_news

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from contracts.dm import InvokeDungeonMaster
    from contracts.state import Character
    from services.dm.domain.reading import Answer
    from services.dm.domain.reading.entities import Entity

LISTS = {name: frozenset(" ".join(lines).split()) for name, lines in read_sections("questions")}
_BEGINNINGS = ("asking", "being", "leave", "what", "where", "which", "why")
BY_NAME = 0.75
"""The least score of what is named by a word of its name, not only by its kind."""


@dataclass(frozen=True)
class Inquiry:
    """A question and the scene it is asked in."""

    answer: Answer
    request: InvokeDungeonMaster

    @cached_property
    def scope(self) -> Scope:
        return Scope(self.request.scene, self.request.briefing, self.request.history)

    @property
    def cat(self) -> Character:
        return self.request.scene.state.character

    def has(self, *lists: str) -> bool:
        """Whether a word of each of these lists is in it; of those of beginnings, whether it begins with one."""
        asked = self.answer.asked
        return not any(LISTS[each].isdisjoint(asked[:1] if each in _BEGINNINGS else asked) for each in lists)

    def names(self, *kinds: str, least: float = BY_NAME) -> tuple[Entity, ...]:
        """Things of these kinds that its words name, best first."""
        found = mention(self.answer.asked, self.scope, *kinds)
        return found.entities if found.named and found.score >= least else ()

    @cached_property
    def things(self) -> tuple[str, ...]:
        """The words of what it is about, without those of asking, having and counting."""
        return tuple(w for w in meaningful(self.answer.asked) if w not in LISTS["things"] and w not in question_words())

    def echo(self, said: Sequence[str] = ()) -> str:
        """The words of what it is about, as far as a story may repeat them."""
        own = " ".join(said or self.things)
        typed = own in join_words(self.request.action)
        return quote(told) if typed and (told := echo(own, self.request)) else "that"

    def recall(self, said: Iterable[str], least: int = 1, most: int = 1) -> str:
        """The sentences of earlier stories that hold most of these words; nothing when none holds so many."""
        sought = frozenset(map(stem, said))
        told = [sentence(one) for past in self.request.history for one in split_sentences(past.narrative)]
        share = {one: len(sought.intersection(stems(one))) for one in reversed(told)}
        best = [one for one in sorted(share, key=lambda one: -share[one]) if share[one] >= least]
        return " ".join([quote(one) for one in best if is_news(one, self.request)][:most])

    def find_seen(self, said: Sequence[str]) -> str:
        """The sentence of what is to be done, or of what is seen here, that has all these words."""
        seen, sought = self.request.briefing, frozenset(stems(" ".join(said)))
        texts = [quest.text for quest in self.request.scene.state.quests if quest.status == "active"]
        texts += [seen.description, *(person.description for person in seen.npcs)]
        texts += [thing.description for thing in (*seen.features, *seen.finds, *seen.opponents)]
        told = [one for text in texts for one in split_sentences(text) if sought and sought.issubset(stems(one))]
        return quote(told[0]) if told else ""
