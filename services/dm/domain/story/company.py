"""Persons and things that a clause names: those who are here, and those whom the facts that it tells name, too."""

from __future__ import annotations

from itertools import pairwise

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.facts import TurnFact
from services.dm.domain.story.clauses import Clause
from services.dm.domain.story.context import Named, StoryContext
from services.dm.domain.story.licences import CAT, OF_THINGS, OTHER, TRADE
from services.dm.domain.story.readings import Unverified
from services.dm.domain.story.record import check_list, lists
from services.dm.domain.story.sentence import SentenceRead
from services.dm.domain.story.tokens import Token
from services.dm.domain.story.vocabulary import is_of_quality, is_verb, plain_words, root, things

_DAYS = word_set(
    "i monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december christmas"
)
_INTO = word_set("into in at on inside within")


def check_company(clause: Clause, known: StoryContext) -> None:
    """Raises Unverified for somebody or something that is not here and of which neither this turn's facts nor the scene
    speak, and for a cat that goes where it is not."""
    for at, token in enumerate(clause.tokens):
        if token.compared or not token.named or any(one.here for one in token.named):
            continue
        if any(token.word in fact.text.casefold() for fact in known.facts):
            continue
        if not any(one.place for one in token.named):
            if not any(token.word in text.casefold() for text in known.texts):
                raise Unverified("absent", token.word)
        elif clause.role == CAT and any(each.word in _INTO for each in clause.tokens[max(0, at - 2) : at]):
            raise Unverified("place", token.word)


def check_names(clause: Clause, known: StoryContext) -> None:
    """Raises Unverified for a word with a capital inside a sentence that neither the scene nor a fact knows."""
    if clause.tokens[0].begins and _is_one_by_a_quality(clause.tokens):
        raise Unverified("stranger", clause.tokens[0].word)
    for before, token in pairwise(clause.tokens):
        if not token.capital or token.begins or token.named or token.slot or root(token.word) in plain_words():
            continue
        if (token.compared and before.word != "of") or token.word in _DAYS or token.word.isdigit():
            continue
        if not any(token.word in text.casefold() for text in known.texts):
            raise Unverified("stranger", token.word)


def _is_one_by_a_quality(tokens: tuple[Token, ...]) -> bool:
    """Whether a sentence begins with a quality that does something: "Rusty sits" is somebody."""
    if len(tokens) < _PAIR or tokens[0].named or not is_of_quality(tokens[0].word) or is_verb(tokens[0].word):
        return False
    word, does = tokens[0].word, tokens[1].word
    return (
        root(word) not in things() | plain_words() and does.endswith("s") and is_verb(does) and not is_of_quality(does)
    )


_PAIR = 2


def check_strangers(clause: Clause, borne: tuple[TurnFact, ...], reading: SentenceRead) -> None:
    """Raises Unverified for a clause that tells facts, or goes on from one that does, and names what the facts do not,
    and for a bare "not" behind one, which takes back what was told."""
    goes_on = not borne and (not clause.own_subject or lists(clause))
    facts = reading.before if goes_on else borne
    reading.before = facts
    if not facts:
        return
    if goes_on and clause.denies and all(token.named or root(token.word) in plain_words() for token in clause.tokens):
        raise Unverified("denial", " ".join(token.word for token in clause.tokens))
    deeds = {id(fact.outcome) for fact in facts}
    told = " ".join(fact.text.casefold() for fact in reading.known.facts if id(fact.outcome) in deeds)
    of_things = any(fact.kind in OF_THINGS for fact in facts)
    check_list(clause, facts, told, goes_on=goes_on)
    of_trade = any(fact.kind in TRADE for fact in facts)
    for one in clause.named:
        is_asked = of_things if not one.role else one.role != CAT and not (of_trade and one.role == OTHER and one.here)
        if is_asked and not is_named_in(one, told):
            raise Unverified("stranger", one.name)


def is_named_in(one: Named, text: str) -> bool:
    """Whether a text in small letters names somebody or something, by the whole name or its last word."""
    name = one.name.casefold()
    return name in text or name.split()[-1] in text
