"""Teller: takes a story's beats one by one and tells what stands of them, and in their place what is so.

What it has told never changes, whatever beats follow: the same story comes out of a reply that is heard as it grows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import islice

from contracts.dm import Beat, BeatVerdict
from services.dm.domain.english.tokens import written_out
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.facts import TurnFact
from services.dm.domain.story.context import Named, StoryContext
from services.dm.domain.story.elsewhere import ELSEWHERE
from services.dm.domain.story.licences import licence_of
from services.dm.domain.story.parsing import sentences_of
from services.dm.domain.story.readings import Reading
from services.dm.domain.story.refusals import UNREAD, find_refusal
from services.dm.domain.story.salvage import decides, find_parts
from services.dm.domain.story.second_reader import SecondReader, leans
from services.dm.domain.story.slots import WrongSlot, fill_slots, mark_slots
from services.dm.domain.story.speech import find_line, is_borne_out, take_out_quotations
from services.dm.domain.story.verify import verify
from services.dm.domain.story.vocabulary import deed_verbs, is_of, root

LONGEST = 4000
"""Characters of a story that the contract bears."""
Rendering = dict[str, str]
"""By fact: how it is told when the story does not. A fact without one goes without saying."""
Forbidden = Callable[[str], str]
"""The rule that a text breaks whatever is so: a hidden name, talk of the machinery. Nothing: none."""
_DEEDS = ("swing", "hit", "miss", "flee", "gain", "pay", "arrive", "opened", "use-ability", "slept")
"""Sections of what a turn does by calling for it."""
_LEADS_UP = frozenset(("strike", "hurt", "tried", "searched", "persuaded", "use", "fight-begins", "talk"))
"""Facts that need not be told in words of their own beside one of the same deed."""
_ASKS = word_set("what which who where when why how can could do does is are am will would should")
MOST_PARTS = 4
"""Parts of a sentence that are read for one that fell, so that it costs no more than a few."""
TOLD_BEFORE, NO_WORDS = "told-before", "no-words"


@dataclass(frozen=True)
class ToldBeat:
    """Text that is told for a beat, and the verdict on it."""

    text: str
    verdict: BeatVerdict


class Teller:
    """One for each story. `told`: ids of facts that were told already; `said`: sentences that are not told twice."""

    def __init__(
        self,
        known: StoryContext,
        rendering: Rendering,
        forbidden: Forbidden,
        told: Iterable[str] = (),
        said: frozenset[str] = frozenset(),
        reader: SecondReader | None = None,
        longest: int = LONGEST,
    ) -> None:
        self.known, self._rendering, self._forbidden = known, rendering, forbidden
        self._facts = {fact.id: fact for fact in known.facts}
        self._order = {fact.id: place for place, fact in enumerate(known.facts)}
        self._told = set(told)
        self._subject: tuple[Named, ...] = ()
        self._said = said
        self._room = longest
        self._fell = False
        """Whether the sentence before fell, so that one that leans on it falls, too."""
        self.reader = reader or SecondReader()
        self.met_news = False
        """Whether something fell that told news."""

    def tell(self, beat: Beat) -> tuple[ToldBeat, ...]:
        """Tell this beat, and before it the facts that it goes past."""
        cited = tuple(id for id in (*beat.facts, beat.about or "") if id in self._facts)
        kept, told, fault = self._keep(beat, cited)
        if kept and not self._has_room(kept):
            kept, told, fault = "", set(), "too-long"
        if kept:
            added = self._add_before(told)
            self._told |= told
            verdict = BeatVerdict(kind=beat.kind, verdict="kept", facts=_sort(told, self._order), rule=fault or None)
            return (*added, self._told_beat(kept, verdict))
        return self._stand_in(beat, cited, fault)

    def _has_room(self, kept: str) -> bool:
        """Whether all facts that are still to be told fit behind it."""
        return len(kept) + 1 + sum(len(self._rendering[id]) + 1 for id in self._missing()) <= self._room

    def _told_beat(self, text: str, verdict: BeatVerdict) -> ToldBeat:
        self._room -= len(text) + 1
        return ToldBeat(text, verdict)

    def finish(self) -> tuple[ToldBeat, ...]:
        """The facts that matter and were not told, in their order."""
        return self._add(self._missing())

    def _keep(self, beat: Beat, cited: tuple[str, ...]) -> tuple[str, set[str], str]:
        """The sentences of a beat that stand, the facts they tell, and the first rule that one breaks. What leans on a
        sentence that fell falls with it. How one is read does not depend on what a second reader says of another."""
        try:
            text = mark_slots(beat.text, self._facts, self.known.names)
        except WrongSlot:
            return "", set(), "wrong-slot"
        kept: list[str] = []
        told: set[str] = set()
        judged: set[str] = set()
        fault, fell = "", self._fell and _is_prose(beat)
        bare = beat.kind == "speech" and bool(beat.who) and not take_out_quotations(beat.text)[1]
        subject, unit = self._subject, ""
        for sentence in sentences_of(text):
            if fill_slots(sentence, self._facts) in self._said:
                fault = fault or TOLD_BEFORE
                continue
            reading = self._read(sentence, beat, subject, unit, bare=bare)
            leaning = fell and leans(sentence)
            rule = reading.rule or ("leans" if leaning else "")
            filled = fill_slots(sentence, self._facts)
            heard = self.reader.hear(filled, rule, unread=self._is_unread(sentence, rule, subject, unit))
            before = (subject, unit)
            if not rule:
                subject, unit = reading.subject or subject, reading.unit
            fell = bool(rule)
            if not heard.told:
                self.met_news = self.met_news or any(is_of(section, reading.word) for section in _DEEDS)
                fault = fault or rule or "leans"
                if reading.rule in UNREAD and not leaning and not decides(reading.word):
                    part, told_by_it = self._save(sentence, reading, beat, before, bare=bare)
                    kept += filter(None, (part,))
                    told |= told_by_it
                continue
            kept.append(filled)
            if heard.judged:
                judged |= heard.facts.intersection(cited)
            else:
                told |= reading.told
        self._subject, self._fell = subject, fell
        told |= self._of_the_same_deed(told, cited) | judged
        said = " ".join(kept)
        return self._attribute(said, beat) if said and bare else said, told, fault or ("" if kept else NO_WORDS)

    def _read(self, sentence: str, beat: Beat, subject: tuple[Named, ...], unit: str, *, bare: bool) -> Reading:
        if rule := self._forbidden(fill_slots(sentence, self._facts)):
            return Reading(rule, sentence)
        plain, quoted = take_out_quotations(sentence)
        if bare:
            plain, quoted = "", (sentence,)
        for quotation in quoted:
            if fault := is_borne_out(quotation, self.known):
                return Reading(ELSEWHERE if self.known.leaves_game else "speech", fault)
        if plain:
            reading = verify(plain, self.known, subject, unit=unit, speaks=bool(quoted))
        else:
            reading = Reading(subject=subject)
        line = find_line(beat.about, beat.who, self.known.facts) if quoted else None
        return replace(reading, told=reading.told | ({line.id} if line else set()))

    def _save(
        self, sentence: str, fell: Reading, beat: Beat, before: tuple[tuple[Named, ...], str], *, bare: bool
    ) -> tuple[str, frozenset[str]]:
        """The part that stands of a sentence that fell by a rule of its own, and the facts that it tells."""
        for part in islice(find_parts(sentence, fell.word), MOST_PARTS):
            reading = self._read(part, beat, *before, bare=bare)
            if reading.stands and (filled := fill_slots(part, self._facts)) not in self._said:
                return filled, reading.told
        return "", frozenset()

    def _attribute(self, said: str, beat: Beat) -> str:
        """Words that a beat gives without marks, as what somebody says."""
        return f"{self.known.names.get(beat.who or '', beat.who)}: “{said}”"

    def _is_unread(self, sentence: str, rule: str, subject: tuple[Named, ...], unit: str) -> bool:
        if self.reader.is_off or rule not in UNREAD:
            return False
        return not find_refusal(sentence, self.known, subject, unit)

    def _of_the_same_deed(self, told: set[str], cited: tuple[str, ...]) -> set[str]:
        """A beat that tells one of the facts it cites of a deed tells what led to it, if it cites that."""
        deeds = [self._facts[id].outcome for id in told]
        return {
            id
            for id in cited
            if self._facts[id].kind in _LEADS_UP and any(self._facts[id].outcome is deed for deed in deeds)
        }

    def _stand_in(self, beat: Beat, cited: tuple[str, ...], fault: str) -> tuple[ToldBeat, ...]:
        line = find_line(beat.about, beat.who, self.known.facts) if beat.kind == "speech" else None
        wanted = {*cited, *({line.id} if line else ())}
        missing = [id for id in self._missing() if id in wanted]
        if not missing:
            return (ToldBeat("", BeatVerdict(kind=beat.kind, verdict="dropped", rule=fault)),)
        self._fell = False
        added = self._add_before({missing[0]})
        text = " ".join(self._rendering[id] for id in missing)
        self._told.update(missing)
        verdict = BeatVerdict(kind=beat.kind, verdict="replaced", rule=fault, facts=tuple(missing)[:16])
        return (*added, self._told_beat(text, verdict))

    def _add_before(self, told: set[str]) -> tuple[ToldBeat, ...]:
        """Tell the facts that matter, come before those of these that are news, and were not told."""
        news = told - self._told
        if not news:
            return ()
        first = min(self._order[id] for id in news)
        return self._add([id for id in self._missing() if self._order[id] < first])

    def _add(self, missing: list[str]) -> tuple[ToldBeat, ...]:
        self._told.update(missing)
        return tuple(
            self._told_beat(self._rendering[id], BeatVerdict(kind="fact", verdict="added", facts=(id,)))
            for id in missing
        )

    def _missing(self) -> list[str]:
        return [id for id in self._facts if id not in self._told and self._matters(self._facts[id])]

    def _matters(self, fact: TurnFact) -> bool:
        return bool(self._rendering.get(fact.id)) and not licence_of(fact).optional


def _is_prose(beat: Beat) -> bool:
    """Whether it is a sentence of free text, which may go on from the one before."""
    return beat.kind == "fact" and not beat.facts and beat.who is None


def asks_for_deed(action: str) -> bool:
    """Whether a player's words want something done that takes a ruling, and are no question."""
    words = written_out(action)
    is_question = action.rstrip().endswith("?") or bool(_ASKS.intersection(words[:1]))
    return not is_question and any(root(word) in deed_verbs() for word in words)


def _sort(ids: set[str], order: dict[str, int]) -> tuple[str, ...]:
    return tuple(sorted(ids, key=order.__getitem__))[:16]
