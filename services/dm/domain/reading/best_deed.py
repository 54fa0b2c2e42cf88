"""The best of what a clause's verb can mean here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading import (
    abilities,
    attempts,
    belongings,
    consumables,
    fighting,
    fleeing,
    looking,
    own_deeds,
    people,
    places,
    trade,
)
from services.dm.domain.reading.asking import bare, subjects_of
from services.dm.domain.reading.candidates import Candidate, choose
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.law import GUARDED
from services.dm.domain.reading.meaning import Ask, Deed
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.verbs import Verb, hear, phrases_of

Reader = Callable[[Verb, Clause, Scope], Candidate | None]

LIKELY, SURE = 0.3, 0.5
"""The least probability of a subject where it is known that something is asked, and where it is not."""
_OF_ONE = {"we": "i", "us": "me", "are": "am", "shall": "will"}
"""A player of several cats is one cat."""
_ASSENTING = word_set("yes yeah yep sure ok okay alright right fine well oh of course please then so")


def find_best(clause: Clause, scope: Scope, only: Collection[str] = (), sure: bool = False) -> Candidate | None:
    """The best of what the clause's verb can mean here."""
    found: list[Candidate] = []
    said = tuple(word for word in clause.said if word != ",")
    said = tuple(_OF_ONE.get(word, word) for word in said)
    said = said[next((at for at, word in enumerate(said) if word not in _ASSENTING), 0) :]
    again = hear(said) if said != clause.words else ()
    whole = [verb for verb in again if verb.sense in COURTESIES or verb.length >= 3]
    for verb in (*hear(clause.words), *whole):
        if (only and verb.sense not in only) or (sure and verb.sure < 1.0):
            continue
        found += by_verb(verb, clause, scope)
    if not only:
        found += by_own_deed(clause, scope)
    return choose(found)


def by_verb(verb: Verb, clause: Clause, scope: Scope) -> Iterator[Candidate]:
    """Meanings that this verb of a clause can have."""
    for reader in READERS.get(verb.sense, ()):
        if candidate := reader(verb, clause, scope):
            yield _after_a_take(candidate if verb.sure == 1.0 else _ask_if_guarded(candidate), verb)


def by_own_deed(clause: Clause, scope: Scope) -> Iterator[Candidate]:
    """Meanings of a clause by an ability of the cat, or by the deed that a thing is for."""
    for candidate in (
        abilities.by_name(clause, scope),
        _by_verb_of_an_ability(clause, scope),
        own_deeds.by_its_deed(clause, scope),
        consumables.apply(clause, scope),
    ):
        if candidate:
            yield candidate


def _after_a_take(candidate: Candidate, verb: Verb) -> Candidate:
    """ "drink the cream" that still lies here is two steps: once it is carried, only the second is left. A verb that
    may mean no more than taking has no second."""
    first = candidate.meanings[0]
    uses = isinstance(first, Deed) and first.tool in ("use_item", "equip")
    if not uses or verb.phrase in phrases_of("take") or verb.sense == "heal":
        return candidate
    return replace(candidate, first=candidate.first + 1)


def _ask_if_guarded(candidate: Candidate) -> Candidate:
    """A slip of the keys leads to no guarded deed: it is asked whether it is meant."""
    guarded = tuple(m for m in candidate.meanings if isinstance(m, Deed) and m.tool in GUARDED)
    return replace(candidate, meanings=(Ask(guarded),)) if guarded else candidate


def _by_verb_of_an_ability(clause: Clause, scope: Scope) -> Candidate | None:
    if not clause.words:
        return None
    return abilities.shorthand(Verb("cast", "", clause.words[:1], clause.words[1:]), clause, scope)


def _read_show(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    """ "show me …", "check …": a question in the form of an order."""
    if verb.phrase == ("tell",) and not _OTHERS.isdisjoint(verb.rest[:1]):
        return None
    word = bare(verb.rest, scope)
    known = (word,) if word else subjects_of(clause.said, scope, False, LIKELY)
    return Candidate(0.75 + 0.02 * verb.length, known) if known else None


_OTHERS = word_set("him her them everybody everyone people")
"""Words for others who are told something, so that nothing is asked of the game."""
COURTESIES = ("greeting", "farewell", "thanks", "small-talk", "wish")

READERS: Mapping[str, tuple[Reader, ...]] = {
    "attack": (fighting.attack, fighting.spray, abilities.strike),
    "flee": (fleeing.flee,),
    "defend": (fighting.defend,),
    "hide": (fighting.hide,),
    "rest": (fighting.rest,),
    "move_to": (places.move,),
    "unlock": (attempts.unlock,),
    "try": (attempts.attempt,),
    "search": (places.search,),
    "take": (belongings.take, consumables.relieve),
    "drop": (belongings.drop,),
    "equip": (belongings.equip,),
    "unequip": (belongings.unequip, consumables.relieve),
    "use": (consumables.use,),
    "eat": (consumables.eat,),
    "heal": (consumables.heal,),
    "throw": (consumables.throw,),
    "give": (trade.give,),
    "buy": (trade.buy,),
    "sell": (trade.sell,),
    "talk": (people.talk,),
    "persuade": (people.persuade,),
    "accept": (people.accept,),
    "cast": (abilities.cast,),
    "level_up": (abilities.level_up,),
    "examine": (looking.look,),
    "read": (looking.read_writing, own_deeds.reading),
    "show": (_read_show,),
    "wait": (looking.wait,),
    "emote": (looking.gesture,),
    "cannot": (looking.impossible,),
    **dict.fromkeys(COURTESIES, (looking.say,)),
}
