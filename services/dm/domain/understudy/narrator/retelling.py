"""Retelling: what a deed came to, or what the world answered, from the facts of one outcome. Figures of dice and of
damage stay beside the story; it tells how it went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from contracts.dm import InvokeDungeonMaster
from contracts.lore import Person, Thing
from contracts.tools import Outcome
from services.dm.domain.happenings import Happening, read_facts
from services.dm.domain.understudy.narrator.grammar import Voice, bare, join_names, lower_opening, sentence, the
from services.dm.domain.understudy.narrator.insults import insults
from services.dm.domain.understudy.narrator.naming import count_foe, name_parts
from services.dm.domain.understudy.narrator.scenery import where

MOST_FACTS = 12
_SILENT = frozenset(("searched", "persuaded"))
"""Throws whose upshot is a fact of its own."""
_HOW: Mapping[str, str] = {
    "flatter": "with flattery",
    "joke": "with a joke",
    "lie": "with a story that is nearly true",
    "plead": "with large eyes",
    "reason": "with reasons",
    "threaten": "with a threat",
}
_BADLY = 4
"""A blow that takes more than this part of all hit points is a bad one."""
LONG = 3
"""Sentences after which the small print of an outcome is left to the chips."""


Hears = Callable[[Person, InvokeDungeonMaster, Voice, str], tuple[str, ...]]
"""Sentences of what somebody makes of what is put to them, if anything is; they may have "work" or a "topic" for it."""


class RetoldOutcome:
    """The sentences of one outcome. `returns`: whether the place the cat comes to was told before. Without
    `hears`, people say the line that the rules gave them."""

    def __init__(
        self, outcome: Outcome, request: InvokeDungeonMaster, voice: Voice, *, returns: bool, hears: Hears | None
    ) -> None:
        self._outcome, self._request, self._voice, self._returns, self._hears = outcome, request, voice, returns, hears
        self._facts = read_facts(outcome.facts[:MOST_FACTS])
        self._kinds = [fact.kind for fact in self._facts]
        self._told: list[str] = []

    def sentences(self) -> tuple[str, ...]:
        return tuple(told for sentences in self.by_fact() for told in sentences)

    def by_fact(self) -> tuple[tuple[str, ...], ...]:
        """The sentences of each fact, in their order; none for one that goes without saying."""
        told: list[tuple[str, ...]] = []
        for at, fact in enumerate(self._facts):
            told.append(tuple(self._tell(fact, self._facts[at + 1 :])))
            self._told.extend(told[-1])
        return tuple(told)

    def _tell(self, fact: Happening, later: Sequence[Happening]) -> Iterator[str]:
        special = _SPECIAL.get(fact.kind)
        if special:
            yield from special(self, fact, later)
        elif fact.kind not in _SILENT:
            yield self._says(fact.kind, fact)

    def _says(self, what: str, fact: Happening, /, **more: str) -> str:
        return self._voice.says(what, **{**name_parts(fact.parts, self._request), **more})

    def _strike(self, fact: Happening, later: Sequence[Happening]) -> Iterator[str]:
        verdict, close = fact.parts["verdict"], fact.close
        if later and later[0].kind == "hurt" and later[0].parts["amount"] == "0":
            yield self._says("hit-in-vain", fact)
        elif verdict == "critical hit":
            yield self._says("hit-hard", fact)
        elif verdict == "hit":
            yield self._says("hit-barely" if close else "hit", fact)
        elif verdict == "miss":
            yield self._says("miss-barely" if close else "miss", fact)
        else:
            yield self._says("fumble", fact)

    def _hurt(self, fact: Happening, later: Sequence[Happening]) -> Iterator[str]:
        if fact.parts["amount"] == "0":
            yield from () if "strike" in self._kinds else (self._says("unharmed", fact),)
            return
        if "strike" not in self._kinds:
            yield self._says("item-hurts", fact)
        if fact.parts["why"] and not (later and later[0].kind == "foe-falls"):
            yield self._says("weak" if "weak" in fact.parts["why"] else "resisted", fact)

    def _foe_hits(self, fact: Happening, later: Sequence[Happening]) -> Iterator[str]:
        most = self._request.scene.state.character.max_hp
        badly = fact.parts["hard"] or int(fact.parts["amount"]) * _BADLY > most
        yield self._says("foe-hits-badly" if badly else "foe-hits", fact)

    def _foe_misses(self, fact: Happening, later: Sequence[Happening]) -> Iterator[str]:
        yield self._says("foe-misses-barely" if fact.close and fact.margin < 0 else "foe-misses", fact)

    def _small_print(self, fact: Happening, later: Sequence[Happening]) -> Iterator[str]:
        if len(self._told) < LONG and not self._voice.said(fact.kind):
            yield self._says(fact.kind, fact)

    def _try(self, fact: Happening, later: Sequence[Happening]) -> Iterator[str]:
        if any(effect.kind == "feature-used" for effect in self._outcome.effects):
            yield self._says("tried-barely" if fact.close else "tried", fact)
            return
        yield self._says("tried-nearly" if fact.close and fact.margin < 0 else "tried-in-vain", fact)
        yield from (sentence(each.fact) for each in later if not each.kind)
        yield self._voice.says("again")

    def _own_words(self, fact: Happening, later: Sequence[Happening]) -> Iterator[str]:
        """A fact that no form knows is told as it is, but not twice."""
        told = sentence(fact.fact)
        if told not in self._told:
            yield told

    def _reaction(self, fact: Happening, later: Sequence[Happening]) -> Iterator[str]:
        if "persuaded" in self._kinds:
            approach = str(self._outcome.call.arguments.get("approach", ""))
            how = _HOW.get(approach, "with your best manners")
            yield self._says("won-over" if fact.kind in ("likes-more", "warms") else "not-won", fact, how=how)
        yield self._says(fact.kind, fact)

    def _carry(self, fact: Happening, later: Sequence[Happening]) -> Iterator[str]:
        """All that was gained, in one sentence."""
        gained = [each for each in self._facts if each.kind == "carry"]
        if fact is gained[0]:
            items = _add_up(each.parts["item"] for each in gained)
            yield self._voice.says("carry", item=join_names(items))

    def _use(self, fact: Happening, later: Sequence[Happening]) -> Iterator[str]:
        used = fact.parts["used"]
        if any(used == known.ability.name for known in self._request.scene.state.character.abilities):
            if not any(each.kind == "strike" for each in later):
                yield self._voice.says("use-ability", ability=used)
            return
        yield self._voice.says("use-item", item=the(used))

    def _arrive(self, fact: Happening, later: Sequence[Happening]) -> Iterator[str]:
        if self._returns:
            yield self._says("return", fact)
            return
        seen = self._request.briefing
        here = seen.place.name == fact.parts["place"]
        yield self._voice.says("arrive", place=where(seen) if here else bare(fact.parts["place"]))

    def _fight_begins(self, fact: Happening, later: Sequence[Happening]) -> Iterator[str]:
        """The enemies by their number."""
        begun = next((effect.encounter for effect in self._outcome.effects if effect.kind == "encounter-started"), None)
        foe = Thing(id="foe", name=fact.parts["foe"], count=len(begun.enemies) if begun else 1)
        yield self._voice.says(fact.kind, foe=count_foe(foe))

    def _gain(self, fact: Happening, later: Sequence[Happening]) -> Iterator[str]:
        """Money in the rules' own words, which no check can doubt."""
        yield self._says(fact.kind, fact, fact=lower_opening(fact.fact).rstrip("."))

    def _line(self, fact: Happening, later: Sequence[Happening]) -> Iterator[str]:
        """The line of somebody who speaks: to what is put to them, what they say to such a thing; something else of
        their own in the place of what they have said already."""
        line, frame = fact.parts["line"], "insulted" if insults(self._request) else "says"
        person = next((one for one in self._request.briefing.npcs if one.name == fact.parts["npc"]), None)
        works = "work" if any(each.kind == "has-work" for each in later) else ""
        if person and self._hears and (heard := self._hears(person, self._request, self._voice, works)):
            yield from heard
            return
        own = person.voice if person else None
        if own and self._voice.remembers(line):
            line = (self._voice.picks(own.small_talk) if own.small_talk else "") or line
        yield self._says(frame, fact, line=line)

    def _on_topic(self, fact: Happening, later: Sequence[Happening]) -> Iterator[str]:
        """The line on a topic; what was wanted or told that led to it comes first."""
        person = next((one for one in self._request.briefing.npcs if one.name == fact.parts["npc"]), None)
        heard = self._hears(person, self._request, self._voice, "topic") if person and self._hears else ()
        yield from heard
        yield self._says("to-topic" if heard else "on-topic", fact)

    def _would_talk(self, fact: Happening, later: Sequence[Happening]) -> Iterator[str]:
        topics = join_names(fact.parts["topics"].split(", "), "or")
        yield self._says("would-talk", fact, topics=topics)


def _add_up(gained: Iterable[str]) -> list[str]:
    """The names of things, each but once, with how many there are: "2 × Tin" and "Tin" are three."""
    many = Counter[str]()
    for item in gained:
        count, times, name = item.partition(" × ")
        many[name if times else item] += int(count) if times else 1
    return [the(name) + (f" ({count})" if count > 1 else "") for name, count in many.items()]


_SPECIAL: Mapping[str, Callable[[RetoldOutcome, Happening, Sequence[Happening]], Iterator[str]]] = {
    "": RetoldOutcome._own_words,
    "arrive": RetoldOutcome._arrive,
    "carry": RetoldOutcome._carry,
    "experience": RetoldOutcome._small_print,
    "fight-begins": RetoldOutcome._fight_begins,
    "foe-hits": RetoldOutcome._foe_hits,
    "foe-misses": RetoldOutcome._foe_misses,
    "hurt": RetoldOutcome._hurt,
    "likes-less": RetoldOutcome._reaction,
    "likes-more": RetoldOutcome._reaction,
    "on-topic": RetoldOutcome._on_topic,
    "says": RetoldOutcome._line,
    "strike": RetoldOutcome._strike,
    "take-credits": RetoldOutcome._gain,
    "tried": RetoldOutcome._try,
    "unmoved": RetoldOutcome._reaction,
    "use": RetoldOutcome._use,
    "would-talk": RetoldOutcome._would_talk,
    "you-shake-off": RetoldOutcome._small_print,
}
