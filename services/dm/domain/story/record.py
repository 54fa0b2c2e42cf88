"""Record of things: how one is, how many the cat has, who has whom. What a clause says of these is compared with it, in
whatever harmless words."""

from __future__ import annotations

from itertools import pairwise

from services.dm.domain.english.numerals import is_numeral, read_number
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.facts import TurnFact
from services.dm.domain.story.clauses import Clause, find_own_verb
from services.dm.domain.story.context import Named, StoryContext
from services.dm.domain.story.licences import BLOWS, CAT, FOE, licence_of
from services.dm.domain.story.readings import Unverified
from services.dm.domain.story.shown import is_state
from services.dm.domain.story.vocabulary import (
    forms,
    is_free,
    is_of_quality,
    light_words,
    may_be_verb,
    root,
    tells_news,
    things,
)

_IS = word_set("is are has have had was were stays remains feels looks seems gets comes")
_PACKED = word_set("packet packets tin tins pot pots twist twists bundle bundles sardine sardines")
_HOLDS = word_set("have has carry keep hold left makes you your")
_CLOSE = word_set("behind tail heels under on at near here with")
_LIKE_NEW = word_set("new own same other whole good fine")


def check_record(clause: Clause, borne: tuple[TurnFact, ...], known: StoryContext) -> None:
    """Raises Unverified for a clause that the record does not bear out."""
    words = [token.word for token in clause.tokens if not token.compared]
    _check_state(clause, borne, known)
    _check_count(clause, words, known)
    _check_more(clause, words, known)
    _check_grip(clause, words, borne, known)
    _check_place(clause, borne, known)
    _check_verdict(clause, words, borne, known)


def _check_state(clause: Clause, borne: tuple[TurnFact, ...], known: StoryContext) -> None:
    """A thing that may be carried is as a fact says it is; a way, an enemy and it have no more or less of anything."""
    subject = own_item(clause) or clause.subject[:1]
    is_at = next((at for at, token in enumerate(clause.tokens) if token.word in _IS and not token.compared), -1)
    if not subject or is_at < 0 or borne:
        return
    one = subject[0]
    said = [token for token in clause.tokens[is_at + 1 :] if not (token.named or token.compared)]
    if one.role == FOE or one.way or one.is_item:
        last = said[-1:] and said[-1].word == "too"
        more = next((each.word for each in said if (each.word == "too" and not last) or _is_more(each.word)), "")
        if more:
            raise Unverified("enemy-state" if one.role else "exit" if one.way else "item", more)
    if not one.is_item or (clause.mentions_cat and clause.role and one in clause.subject):
        return
    for token in said:
        says = clause.denies or is_of_quality(token.word) or root(token.word) in light_words()
        if says and token.word not in _LIKE_NEW and not is_state(clause.tokens.index(token), clause, known):
            raise Unverified("item", token.word)


def own_item(clause: Clause) -> tuple[Named, ...]:
    """The item of the cat's that a clause begins with: "your claws are rusty"."""
    if len(clause.tokens) > 1 and clause.tokens[0].word == "your":
        return tuple(one for one in clause.tokens[1].named if one.is_item)[:1]
    return ()


def _is_more(word: str) -> bool:
    """Whether a word compares: "thinner" now than it was."""
    bases = (form for form in forms(word) if form != root(word))
    return word.endswith("er") and any(is_free(base) or tells_news(base) for base in bases)


def _check_count(clause: Clause, words: list[str], known: StoryContext) -> None:
    """Raises Unverified for a number of packets in hand that the cat does not have."""
    if not _HOLDS.intersection(words):
        return
    carried = known.request.scene.state.character.inventory
    counts = {item.quantity for item in carried if item.kind not in ("weapon", "armour", "armor")}
    for word, after in pairwise(words):
        if after in _PACKED and is_numeral(word):
            value = read_number(word)
            if value not in counts and not any(f" {word} {after}" in text.casefold() for text in known.texts):
                raise Unverified("figure", word)


_WELL = word_set("enough faster quicker better ready equal")
_BADLY = word_set("vain useless poor clumsy wasted worse bored slow slower careless fail fails failed")
_NO_USE, _AS_GOOD = (("no", "use"), ("no", "good")), ("as", "good")


def _check_verdict(clause: Clause, words: list[str], borne: tuple[TurnFact, ...], known: StoryContext) -> None:
    """Raises Unverified for a turn that went one way and is told as having gone the other."""
    throws = {fact.happening.margin >= 0 for fact in known.facts if fact.kind in _THROWN}
    _check_air(clause, words, known)
    if borne or len(throws) != 1 or clause.role == FOE:
        return
    went_well = throws.pop()
    pairs = tuple(pairwise(words))
    says_badly = bool(_BADLY.intersection(words)) or any(pair in pairs for pair in _NO_USE)
    says_well = bool(_WELL.intersection(words)) or _AS_GOOD in pairs
    said = next((word for word in words if word in _WELL | _BADLY), "use")
    if says_badly and went_well != (clause.denies and not any(pair in pairs for pair in _NO_USE)):
        raise Unverified("verdict", said)
    if says_well and went_well == clause.denies:
        raise Unverified("verdict", said)


def _check_air(clause: Clause, words: list[str], known: StoryContext) -> None:
    """Raises Unverified for a blow that hit and is told as meeting air."""
    if clause.role not in (CAT, FOE) or not _AIR.intersection(words):
        return
    blows = [fact for fact in known.facts if fact.kind in BLOWS and (fact.kind == "strike") == (clause.role == CAT)]
    foes = {one.name.casefold() for one in clause.subject}
    own = [fact for fact in blows if clause.role == CAT or fact.happening.parts["foe"].casefold() in foes]
    if own and all("hit" in licence_of(fact).sections for fact in own):
        raise Unverified("verdict", next(word for word in words if word in _AIR))


_AIR = word_set("air thin")
_THROWN = word_set("strike tried persuaded opened resists searched outrun cut-off hidden not-hidden")


def _check_more(clause: Clause, words: list[str], known: StoryContext) -> None:
    """Raises Unverified for a cat that has something of the scenery: what it has stands on the sheet."""
    if clause.role != CAT or clause.denies or find_own_verb(clause) not in _OWNS:
        return
    for at, token in enumerate(clause.tokens):
        if token.named or token.compared or root(token.word) not in things() or root(token.word) in _NOT_HELD:
            continue
        if any(each.word in _ONE for each in clause.tokens[max(0, at - 4) : at]):
            raise Unverified("item", token.word)


_OWNS = word_set("have has carry carries hold holds wear wears own keep keeps get gain take find")
_ONE = word_set("a an one some two another")
_NOT_HELD = frozenset(map(root, word_set("smell air light view sound look noise silence warmth whiff gap glow shade")))


def lists(clause: Clause) -> bool:
    """Whether a clause is only one thing more of those that the one before tells of: "and the vest"."""
    words = [token.word for token in clause.tokens if not token.named]
    return words[:1] in (["and"], ["or"], []) and not any(word in _IS or may_be_verb(word) for word in words)


def check_list(clause: Clause, facts: tuple[TurnFact, ...], told: str, *, goes_on: bool) -> None:
    """Raises Unverified for something of the scenery in a list of what changes hands, which the facts do not name.
    `told`: their words, in small letters."""
    if not (goes_on and lists(clause) and any(fact.kind in _CHANGE_HANDS for fact in facts)):
        return
    for at, token in enumerate(clause.tokens):
        is_one = any(each.word in _ONE for each in clause.tokens[max(0, at - 5) : at])
        if is_one and not (token.named or token.compared) and root(token.word) in things() and token.word not in told:
            raise Unverified("item", token.word)


_CHANGE_HANDS = word_set("carry pay sell give use drop take-credits leaves-credits put-on take-off search-found")


def _check_grip(clause: Clause, words: list[str], borne: tuple[TurnFact, ...], known: StoryContext) -> None:
    """Raises Unverified for somebody who holds somebody, and for an enemy that was outrun and is close."""
    if ("have" in words or "has" in words) and ("by", "the") in pairwise(words):
        raise Unverified("enemy-state", "by")
    outrun = any(fact.kind == "outrun" for fact in known.facts) and not known.standing
    if (
        outrun
        and not borne
        and clause.role == FOE
        and not clause.denies
        and _CLOSE.intersection(words)
        and "far" not in words
    ):
        raise Unverified("absent", clause.subject[0].name)


def _check_place(clause: Clause, borne: tuple[TurnFact, ...], known: StoryContext) -> None:
    """Raises Unverified for a place where the cat is not that has to do with it."""
    subject = clause.subject[:1]
    if borne or not subject or not subject[0].place or subject[0].here or clause.denies:
        return
    if any(token.word == "your" for token in clause.tokens):
        raise Unverified("place", subject[0].name)
