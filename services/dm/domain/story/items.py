"""Items: one changes hands, or becomes another, by a fact that names it, and by no other."""

from __future__ import annotations

from itertools import pairwise

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.facts import TurnFact
from services.dm.domain.story.clauses import NO_CLAUSE, Clause
from services.dm.domain.story.context import Named, StoryContext
from services.dm.domain.story.licences import BLOWS, CAT, OTHER
from services.dm.domain.story.readings import Unverified
from services.dm.domain.story.record import lists, own_item
from services.dm.domain.story.sentence import SentenceRead
from services.dm.domain.story.vocabulary import root

_CHANGE_HANDS = word_set("carry pay sell give use drop put-on take-off")
_GIVES = word_set(
    "gives hands lends loans passes slips slides pushes presses throws tosses leaves grants returns brings sends shoves"
)
_GIVING = frozenset(map(root, _GIVES))
_KEEPS = word_set("keeps buys eats pockets")
_WHERE = word_set("under in into behind past on onto from over through beside near for of against beneath around")
"""Words that place something by an item, to which nothing is done."""
_MONEY = word_set("credit credits")
_IT = word_set("it them one")
_ALL, _BUT = word_set("everything all anything"), word_set("but except")
_LOSES = word_set("cost costs lose loses lost losing breaks broken")
_BODY = word_set("claw ear tail whisker tooth eye paw leg toe fang")
_ONE = word_set("a an one your another")
_YOUR_BAG = {("your", "bag"), ("your", "pocket"), ("your", "belongings")}


def check_items(clause: Clause, borne: tuple[TurnFact, ...], reading: SentenceRead) -> None:
    """Raises Unverified for an item, or a part of a body, that has another fate than the facts give it."""
    if clause.denies:
        return
    words = [token.word for token in clause.tokens if not token.compared]
    strange = _name_strange(clause, reading.known)
    if strange:
        _check_strange(strange, clause, words, borne, reading)
    if clause.role == OTHER:
        _check_giver(clause, words, strange, reading.known)
    _check_own(clause, words, borne, reading.known)
    _check_body(words)


def _name_strange(clause: Clause, known: StoryContext) -> tuple[Named, ...]:
    """The items that a clause names and no fact of the turn does."""
    named = (
        next((one for one in token.named if one.is_item), None)
        for token in clause.tokens
        if not (token.compared or token.word in _MONEY)
    )
    return tuple(one for one in named if one and not is_told(one, known))


def _check_strange(
    strange: tuple[Named, ...], clause: Clause, words: list[str], borne: tuple[TurnFact, ...], reading: SentenceRead
) -> None:
    """Raises Unverified for an item beside those that change hands, one that the cat does something to or with, one
    that it stands there with, and one that is excepted from all it has."""
    clause_before, facts_before = reading.clauses[-2] if len(reading.clauses) > 1 else (NO_CLAUSE, ())
    changed = (*borne, *(facts_before if lists(clause) else ()))
    is_beside = any(fact.kind in _CHANGE_HANDS for fact in changed)
    is_excepted = words[0] in _BUT and any(token.word in _ALL for token in clause_before.tokens[-1:])
    is_done_to = clause.role == CAT and any(
        (borne and _is_object(clause, one, reading.known))
        or (one.id not in reading.known.carried and _is_with(clause, one))
        for one in strange
    )
    if is_beside or is_excepted or is_done_to:
        raise Unverified("item", strange[0].name)


def _check_giver(clause: Clause, words: list[str], strange: tuple[Named, ...], known: StoryContext) -> None:
    """Raises Unverified for somebody who gives the cat what no fact hands over, or keeps what it was given."""
    pairs = tuple(pairwise(words))
    gives = any(root(word) in _GIVING and after == "you" for word, after in pairs)
    things = any(word in _IT for word in words[:-2]) or any(one.is_item for one in clause.named)
    handed = not strange and any(fact.kind in _CHANGE_HANDS for fact in known.facts)
    if (gives or (("to", "you") in pairs and things)) and not handed:
        raise Unverified("item", "you")
    if _KEEPS.intersection(words) and any(fact.kind == "carry" for fact in known.facts):
        raise Unverified("item", next(iter(_KEEPS.intersection(words))))


def _check_own(clause: Clause, words: list[str], borne: tuple[TurnFact, ...], known: StoryContext) -> None:
    """Raises Unverified for an item of the cat's that does something by itself, and for something without a name that
    goes into its bag."""
    doers = own_item(clause) or (clause.subject[:1] if clause.own_subject else ())
    own = next((one for one in doers if one.id in known.carried), None)
    if own and borne and not any(fact.kind in BLOWS or _names(fact, own) for fact in borne):
        raise Unverified("item", own.name)
    into_bag = clause.role == CAT and _YOUR_BAG.intersection(pairwise(words)) and _IT.intersection(words)
    if into_bag and not any(one.is_item and is_told(one, known) for one in (*clause.before, *clause.named)):
        raise Unverified("item", "it")


def _check_body(words: list[str]) -> None:
    """Raises Unverified for a part of a body that is lost."""
    for at, word in enumerate(words):
        if word in _BODY and _ONE.intersection(words[max(0, at - 2) : at]) and _LOSES.intersection(words[:at]):
            raise Unverified("condition", word)


def is_told(one: Named, known: StoryContext) -> bool:
    """Whether a fact of the turn names it."""
    return any(_names(fact, one) for fact in known.facts)


def _names(fact: TurnFact, one: Named) -> bool:
    return one.name.casefold() in fact.text.casefold()


def _is_object(clause: Clause, one: Named, known: StoryContext) -> bool:
    """Whether something is done to an item, or with one that is no weapon."""
    before = _words_before(clause, one)
    is_weapon = any(
        one.id in (item.id, item.item) and item.kind == "weapon"
        for item in known.request.scene.state.character.inventory
    )
    return bool(before) and not before & _WHERE and not ("with" in before and is_weapon)


def _is_with(clause: Clause, one: Named) -> bool:
    """Whether the cat is said to be with an item: "you wake with a pot of cream"."""
    return "with" in _words_before(clause, one)


def _words_before(clause: Clause, one: Named) -> frozenset[str]:
    """The two words before an item."""
    at = next((n for n, token in enumerate(clause.tokens) if one in token.named), 0)
    return frozenset(token.word for token in clause.tokens[max(0, at - 2) : at])
