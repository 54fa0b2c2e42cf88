"""Additions: what a clause adds to what is so. One more, the rest of it, a way out, somebody's hand in it: no fact has
these, and no word of theirs is news by itself."""

from __future__ import annotations

from itertools import pairwise

from services.dm.domain.english.tokens import written_out
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.facts import TurnFact
from services.dm.domain.story.clauses import Clause
from services.dm.domain.story.context import StoryContext
from services.dm.domain.story.figures import read_figures
from services.dm.domain.story.licences import BLOWS, CAT, FOE, OTHER, licence_of
from services.dm.domain.story.readings import Unverified
from services.dm.domain.story.sentence import SentenceRead
from services.dm.domain.story.vocabulary import openings, root

_ARTICLES = word_set("a an another both every all")
_NEW = word_set("a an another one")
_REACH = 3
_PARTS, _MONEY = word_set("last half all rest most whole"), word_set("money purse savings fortune wealth")
_DRAINS = word_set("drain gutter sewer canal puddle puddles river fire flames")
_GOES = frozenset(map(root, word_set("slide slip go fall drop roll vanish melt wash run disappear sink swim")))
_REMAINS = word_set("smear smudge stain heap pile wreck ruin scrap scraps rags tatters mess carcass corpse")
_OFF = word_set("off away")
_SAME = (("as", "much"), ("as", "many"), ("one", "besides"), ("one", "more"), ("one", "back"), ("one", "extra"))
_ONLY, _NOBODY_THERE = word_set("only but just"), word_set("rain stone stones wall bricks brick water puddle shadow")
_NO_MORE = word_set("longer more there")
_WRAPS = word_set("foil lid tin packet wrapper label wrapping pot jar cap string seal")
_ASKS = word_set("how why who where what whose whom more")
_KNOWS = word_set("know knows knew")
_NAME = word_set("name names")
_OWNS = word_set("belongs belonged belong owns owned")
_GAINS = word_set("carry take-credits leaves-credits search-found")
_AMOUNTS = word_set("hurt foe-hits experience leaves-credits take-credits pay sell mended life-lost")


def check_additions(clause: Clause, borne: tuple[TurnFact, ...], reading: SentenceRead) -> None:
    """Raises Unverified for a clause that adds such a thing."""
    words = [token.word for token in clause.tokens if not (token.compared or token.idle)]
    known = reading.known
    _check_amounts(words, borne, reading)
    _check_openings(clause, borne, known)
    _check_goods(clause, words, borne)
    _check_foes(clause, words, known)
    _check_secrets(clause, words, reading)


def _check_amounts(words: list[str], borne: tuple[TurnFact, ...], reading: SentenceRead) -> None:
    """Raises Unverified for a second amount beside one that was told, and for a part of money that no fact has."""
    pairs = tuple(pairwise(words))
    told = any(fact.kind in _AMOUNTS for _, facts in reading.clauses[:-1] for fact in facts)
    more = next((pair for pair in _SAME if pair in pairs), None)
    another = "another" in words[-1:] or ("another" in words and words[words.index("another") - 1] in ("for", "and"))
    if told and (more or another) and not any(fact.kind in _AMOUNTS for fact in borne):
        raise Unverified("figure", " ".join(more or ("another",)))
    for at, word in enumerate(words):
        if word in _MONEY and _PARTS.intersection(words[max(0, at - _REACH) : at]):
            raise Unverified("money", word)
    before = {fact.id for _, facts in reading.clauses[:-1] for fact in facts}
    if {("the", "rest"), ("half", "of")} & set(pairs) and told and before.issuperset(fact.id for fact in borne):
        raise Unverified("figure", "rest")
    if words[1:3] == ["of", "them"] and words[0] in _PARTS | {"none", "some"} and told and not borne:
        raise Unverified("money", words[0])


def check_repeated(reading: SentenceRead) -> None:
    """Raises Unverified for a sentence that tells an amount of more often than the facts have it."""
    said: dict[int, int] = {}
    for clause, _ in reading.clauses:
        for figure in read_figures(clause):
            if figure.value > 0 and figure.words not in _ARTICLES and not figure.whole:
                said[figure.value] = said.get(figure.value, 0) + 1
    counted = [int(word) for fact in reading.known.facts for word in written_out(fact.text) if word.isdigit()]
    for value, times in said.items():
        if times > 1 and 0 < counted.count(value) < times:
            raise Unverified("figure", str(value))


def _check_openings(clause: Clause, borne: tuple[TurnFact, ...], known: StoryContext) -> None:
    """Raises Unverified for a new way out, opening or room that neither scene nor facts have."""
    for at, token in enumerate(clause.tokens):
        if token.compared or token.slot or token.word not in openings():
            continue
        before = [each.word for each in clause.tokens[max(0, at - _REACH) : at]]
        is_told = any(f" {token.word} " in text for text in known.told_texts)
        is_told = is_told or (not token.named and token.word in known.scenery_words)
        if _NEW.intersection(before) and not (borne or is_told):
            raise Unverified("exit", token.word)


def _check_goods(clause: Clause, words: list[str], borne: tuple[TurnFact, ...]) -> None:
    """Raises Unverified for a thing or a foe washed away, a thing left over, a wrapping denied, and a way that is
    gone or out of reach."""
    items = [one for one in (*clause.subject, *clause.named) if one.is_item or one.role == FOE]
    if items and _DRAINS.intersection(words) and any(root(word) in _GOES for word in words):
        raise Unverified("item", items[0].name)
    pairs = tuple(pairwise(words))
    if ("left", "of") in pairs or ("to", "spare") in pairs:
        raise Unverified("item", "left" if ("left", "of") in pairs else "spare")
    ways = [one for one in (*clause.subject, *clause.named) if one.way]
    if ways and (("of", "reach") in pairs or (clause.denies and not borne and _NO_MORE.intersection(words))):
        raise Unverified("exit", ways[0].name)
    if clause.denies and not clause.role and _WRAPS.intersection(words[:3]):
        raise Unverified("item", next(iter(_WRAPS.intersection(words[:3]))))


def _check_foes(clause: Clause, words: list[str], known: StoryContext) -> None:
    """Raises Unverified for an enemy that is up and lies in pieces, that fell and rises, or that was hit and yet met
    nothing but rain."""
    if clause.role != FOE:
        return
    up = [known.is_up[one.id] for one in clause.subject if one.id in known.is_up]
    if any(up) and not clause.denies and (_REMAINS.intersection(words) or ("its", "last") in pairwise(words)):
        raise Unverified("enemy-state", clause.subject[0].name)
    fell = [fact.happening.parts["foe"].casefold() for fact in known.facts if fact.kind == "foe-falls"]
    is_down = (up and not any(up)) or any(one.name.casefold() in foe for one in clause.subject for foe in fell)
    rises = {"up", "again"} <= set(words) or (_OFF.intersection(words) and "into" in words)
    if is_down and rises and not clause.denies:
        raise Unverified("fallen", clause.subject[0].name)
    if _ONLY.intersection(words) and _NOBODY_THERE.intersection(words) and _all_hit(clause, known):
        raise Unverified("verdict", next(iter(_NOBODY_THERE.intersection(words))))


def _all_hit(clause: Clause, known: StoryContext) -> bool:
    foes = {one.name.casefold() for one in clause.subject}
    blows = [
        f for f in known.facts if f.kind in BLOWS and f.kind != "strike" and f.happening.parts["foe"].casefold() in foes
    ]
    return bool(blows) and all("hit" in licence_of(fact).sections for fact in blows)


def _check_secrets(clause: Clause, words: list[str], reading: SentenceRead) -> None:
    """Raises Unverified for a clause that tells whose a thing is, where the cat's name stands, or who it was: only the
    scene says that."""
    if "your" in words and _NAME.intersection(words) and clause.role in ("", CAT):
        raise Unverified("secret", "name")
    owner = any(one.role in (OTHER, CAT) for one in clause.named) or clause.mentions_cat
    gains = any(fact.kind in _GAINS for _, facts in reading.clauses for fact in facts)
    to_one = any(pair in (("belong", "to"), ("belongs", "to")) for pair in pairwise(words))
    if (owner or to_one) and _OWNS.intersection(words) and clause.role != CAT and not gains:
        raise Unverified("secret", next(iter(_OWNS.intersection(words))))
    if clause.role == OTHER and _KNOWS.intersection(words) and _ASKS.intersection(words) and not clause.mentions_cat:
        raise Unverified("secret", next(iter(_KNOWS.intersection(words))))
    if words[-3:] == ["was", "the", "one"] or {("was", "somebody"), ("was", "someone")} & set(pairwise(words)):
        raise Unverified("secret", "who")
    if ("same", "cat") in pairwise(words) or ("same", "paw") in pairwise(words):
        raise Unverified("secret", "same")
