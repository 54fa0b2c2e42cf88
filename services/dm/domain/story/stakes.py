"""Stakes: the goods, ways and shares that a player decides by. A clause that no fact of one bears out says of it only
what the sheet or the scene shows, whatever harmless words it has."""

from __future__ import annotations

from itertools import pairwise

from services.dm.domain.english.numerals import is_numeral
from services.dm.domain.english.tokens import written_out
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.facts import TurnFact
from services.dm.domain.story.clauses import NO_CLAUSE, Clause, find_own_verb
from services.dm.domain.story.company import is_named_in
from services.dm.domain.story.context import Named, StoryContext
from services.dm.domain.story.items import is_told
from services.dm.domain.story.licences import BLOWS, CAT, FOE, OTHER, TRADE
from services.dm.domain.story.readings import Unverified
from services.dm.domain.story.sentence import SentenceRead
from services.dm.domain.story.shown import is_state
from services.dm.domain.story.vocabulary import (
    is_of,
    may_be_verb,
    plain_words,
    root,
)

_HAS = word_set("have carry wear own")
_SEES = word_set("see notice smell hear want like need")
_THERE = word_set("there here")
_MONEY = word_set("credit credits coin coins money purse")
_OF_BLOWS = BLOWS | {"guard", "hurt", "foe-falls"}
_CHANGES = word_set(
    "carry pay sell give drop use take-credits leaves-credits search-found opened put-on take-off cut-off"
)
_AND = word_set("and or next")
_A = word_set("a an the your his its one two some another to")
_IT = word_set("it they them")
_GONE = word_set("gone lost goes go stays stay breaks break comes slips")
_IS = word_set("is are was were has have had does do did")
_MORE = word_set("more less")
_LATER = word_set("later tomorrow never")
_INTO = word_set("into onto")
_BY = word_set("by through via")
_SHARES = word_set("half rest remainder quarter")
_OF = word_set("of")
_BE = word_set("is are was were be turn turns")
_STAYS = word_set("stays remains keeps")
_ANY = word_set("a an every each some")


def check_stakes(clause: Clause, borne: tuple[TurnFact, ...], reading: SentenceRead) -> None:
    """Raises Unverified for a clause that says of such a thing what neither a fact nor the scene does."""
    _check_goods(clause, borne, reading)
    _check_list(clause, borne, reading)
    words = [token.word for token in clause.tokens if not token.compared]
    _check_shares(clause)
    _check_money(clause, borne, words)
    _check_yours(clause, words, reading.known)
    _check_ways(clause, borne, reading)
    _check_deal(clause, borne, words)
    _check_through(clause, borne, words)


def _check_goods(clause: Clause, borne: tuple[TurnFact, ...], reading: SentenceRead) -> None:
    """Raises Unverified for goods that no fact of the turn names, and of which more is said than that they are there,
    for sale or carried."""
    known = reading.known
    of_money = any(" credits " in text for text in known.told_texts)
    for at, token in enumerate(clause.tokens):
        one = next((each for each in token.named if each.id in known.goods), None)
        counted = any(each.slot or is_numeral(each.word) for each in clause.tokens[max(0, at - 2) : at])
        is_sum = token.word in _MONEY and counted and (of_money or find_own_verb(clause) in _HAS)
        if token.compared or one is None or is_sum or is_told(one, known):
            continue
        if _is_said(token.word, borne, reading):
            continue
        if not (_is_used(one, borne, known) or _is_on_the_sheet(one, clause, known)):
            raise Unverified("item", one.name)


def _is_said(word: str, borne: tuple[TurnFact, ...], reading: SentenceRead) -> bool:
    """Whether a fact that the sentence tells has this word."""
    return any(word in written_out(fact.text) for _, facts in reading.clauses for fact in (*borne, *facts))


def _is_used(one: Named, borne: tuple[TurnFact, ...], known: StoryContext) -> bool:
    """Whether it is what a blow is told to be struck with, or to fall on."""
    carried = known.request.scene.state.character.inventory
    is_gear = any(one.id in (item.id, item.item) and item.kind in ("weapon", "armour", "armor") for item in carried)
    return is_gear and any(fact.kind in _OF_BLOWS for fact in borne)


def _is_on_the_sheet(one: Named, clause: Clause, known: StoryContext) -> bool:
    """Whether the clause says only that the cat has it, or that it is there to be seen or bought."""
    verb, wares = find_own_verb(clause), {ware.id for ware in known.request.briefing.wares}
    if clause.role == CAT:
        return verb in _SEES or (verb in _HAS and one.id in known.carried) or clause.denies
    words = [token.word for token in clause.tokens]
    priced = any(token.slot or is_numeral(token.word) or is_of("for-sale", token.word) for token in clause.tokens)
    if one.id in wares and priced:
        return True
    return one.id not in known.carried and not clause.mentions_cat and bool(_THERE.intersection(words))


def _check_list(clause: Clause, borne: tuple[TurnFact, ...], reading: SentenceRead) -> None:
    """Raises Unverified for one thing more behind what changed hands, is had or opened, of which no fact tells."""
    last, before = reading.clauses[-2] if len(reading.clauses) > 1 else (NO_CLAUSE, ())
    goods = reading.known.goods
    changes = [fact for fact in before if fact.kind in _CHANGES]
    more = not any(one.id in goods for one in clause.named)
    has = more and not before and any(one.id in goods for one in last.named)
    words = [token.word for token in clause.tokens]
    if words[1:4] == ["one", "of", "them"] and any(one.id in goods for one in last.named):
        raise Unverified("item", "one")
    if borne or not (changes or has):
        return
    if words[0] in _AND and (
        (_A.intersection(words[1:2]) and clause.role != FOE) or (changes and _is_gone(words, clause))
    ):
        raise Unverified("item", words[-1])
    told = " ".join(word for fact in reading.known.facts if fact.kind in _CHANGES for word in written_out(fact.text))
    strange = (one for token in clause.tokens if not token.compared for one in token.named if not one.role)
    if changes and _is_bare(clause) and (one := next((o for o in strange if not is_named_in(o, told)), None)):
        raise Unverified("exit" if one.way else "item", one.name)


def _is_gone(words: list[str], clause: Clause) -> bool:
    """Whether what changed hands goes on to change again: "and it is gone"."""
    return (
        bool(_IT.intersection(words[1:2]))
        and bool(_GONE.intersection(words))
        and not any(token.compared for token in clause.tokens)
    )


def _is_bare(clause: Clause) -> bool:
    """Whether a clause is a noun with what goes with it, and says of nothing what it does."""
    words = [token.word for token in clause.tokens if not token.named]
    if _IS.intersection(words) or clause.mentions_cat:
        return False
    return not any(word.endswith(("s", "ed")) and may_be_verb(word) for word in words)


def _check_shares(clause: Clause) -> None:
    """Raises Unverified for a share of something: the rules divide nothing."""
    words = [token.word for token in clause.tokens]
    for word, after in pairwise((*words, "of")):
        share = word in _SHARES or (word == "last" and words[0] != "that")
        if share and (after in _OF or after in _IS):
            raise Unverified("figure", word)


def _check_money(clause: Clause, borne: tuple[TurnFact, ...], words: list[str]) -> None:
    """Raises Unverified for money that is said to be something else than so much, or somebody's."""
    is_at = next((at for at, word in enumerate(words) if word in _BE), 0)
    if not is_at or not _MONEY.intersection(words[:is_at][-2:]) or "there" in words[:is_at]:
        return
    said = next((word for word in words[is_at + 1 :] if root(word) not in plain_words() and not is_numeral(word)), "")
    if said and not any(is_of(section, said) for section in ("money", "for-sale", "pay", "sell", "gain")):
        raise Unverified("money", said)


def _check_yours(clause: Clause, words: list[str], known: StoryContext) -> None:
    """Raises Unverified for what is said to be the cat's, and is neither carried nor named by a fact."""
    if "yours" not in words or clause.denies:
        return
    one = next((each for each in clause.subject if not each.role), None)
    if one and one.id not in known.carried and not is_told(one, known):
        raise Unverified("item", one.name)


def check_leads(reading: SentenceRead) -> None:
    """Raises Unverified for a sentence of one way and one place that the way does not lead to."""
    named = [one for clause, _ in reading.clauses for one in clause.named]
    ways = {one.id for one in named if one.way}
    places = {one.id for one in named if one.place and not one.here}
    leads = {(way.id, way.to.id) for way in reading.known.request.briefing.exits}
    ends = {place for way, place in leads if way in ways}
    if len(ends) == len(places) == 1 and ends != places:
        raise Unverified("exit", next(iter(places)))


def _check_ways(clause: Clause, borne: tuple[TurnFact, ...], reading: SentenceRead) -> None:
    """Raises Unverified for a way of which more is said than where it leads and whether it is locked."""
    known = reading.known
    way = next((one for one in clause.subject if one.way), None)
    if way is None or borne or not any(way in token.named for token in clause.tokens):
        return
    before = clause.tokens[: next(at for at, token in enumerate(clause.tokens) if way in token.named)]
    if any(one.place for one in clause.named) or any(token.word in _ANY for token in before):
        return
    for at, token in enumerate(clause.tokens):
        if token.named or token.compared or token.idle or root(token.word) in plain_words():
            continue
        if _is_said(token.word, borne, reading):
            continue
        if token.word in _STAYS and (at + 1 < len(clause.tokens)) and is_state(at + 1, clause, known):
            continue
        if not (is_state(at, clause, known) or token.word in known.scenery_words):
            raise Unverified("exit", token.word)


def _check_deal(clause: Clause, borne: tuple[TurnFact, ...], words: list[str]) -> None:
    """Raises Unverified for something bought for somebody, paid in goods, or for more or less than something else."""
    if not any(fact.kind in TRADE for fact in borne):
        return
    pairs = tuple(pairwise(words))
    if _MORE.intersection(words) and "than" in words:
        raise Unverified("money", "than")
    for before, token in pairwise(clause.tokens):
        if before.word == "for" and any(one.role == OTHER for one in token.named):
            raise Unverified("item", token.word)
        if before.word == "in" and any(is_of("pay", word) for word in words) and any(o.is_item for o in token.named):
            raise Unverified("money", token.word)
    if any(after in _LATER for _, after in pairs):
        raise Unverified("money", "later")


def _check_through(clause: Clause, borne: tuple[TurnFact, ...], words: list[str]) -> None:
    """Raises Unverified for a way that opens into anything but its place, and for one that the cat is told to have
    come by: no fact says which."""
    opens = clause.role != CAT and any(fact.kind in ("opened", "key-opens") for fact in borne)
    if opens and _INTO.intersection(words) and not any(one.place for one in clause.named):
        raise Unverified("exit", "into")
    if any(fact.kind == "arrive" for fact in borne):
        for before, token in pairwise([token for token in clause.tokens if token.word != "the"]):
            if before.word in _BY and any(one.way for one in token.named):
                raise Unverified("exit", token.word)
