"""Verification of a sentence of a story: it stands when each of its words is free, is shown by the scene, or is borne
out by a fact of the turn whose doer and upshot are those of its clause.

Nothing here looks for lies. What is not verified is not told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from services.dm.domain.english.numerals import is_numeral
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.facts import TurnFact
from services.dm.domain.story.additions import check_additions, check_repeated
from services.dm.domain.story.address import check_address
from services.dm.domain.story.anchored import is_anchored
from services.dm.domain.story.borne import bears
from services.dm.domain.story.clauses import NO_CLAUSE, Clause, read_clauses
from services.dm.domain.story.common_words import check_waiting, tell_together
from services.dm.domain.story.company import check_company, check_names, check_strangers, is_named_in
from services.dm.domain.story.comparisons import MODES
from services.dm.domain.story.context import Named, StoryContext
from services.dm.domain.story.elsewhere import ELSEWHERE, check_of_here
from services.dm.domain.story.figures import falls_on, is_borne_out, read_figures, unit_of
from services.dm.domain.story.items import check_items
from services.dm.domain.story.licences import CAT, FOE, OF_THE_PAST, OTHER
from services.dm.domain.story.loosened import tells_nothing
from services.dm.domain.story.news import check_news
from services.dm.domain.story.own_deeds import check_own_deed
from services.dm.domain.story.readings import Reading, Unverified
from services.dm.domain.story.record import check_record
from services.dm.domain.story.retold import find_told
from services.dm.domain.story.sentence import SentenceRead
from services.dm.domain.story.shown import (
    is_common,
    is_counted,
    is_looking,
    is_noun,
    is_of_the_action,
    is_preposition,
    is_shown,
    is_state,
)
from services.dm.domain.story.slack import check_slack, take_slack
from services.dm.domain.story.slots import COUNTS, part_of
from services.dm.domain.story.stakes import check_leads, check_stakes
from services.dm.domain.story.states import check_condition, check_fallen
from services.dm.domain.story.upshots import check_upshot
from services.dm.domain.story.vocabulary import (
    comparisons,
    forms,
    is_free,
    is_of,
    is_unknown,
    light_words,
    root,
)

MOST_UNKNOWN_COMPARED = 4
"""Words of a comparison that are on no list: what is only compared may be nearly anything."""
_OPENERS = word_set("like as way of") | MODES
_FELT = word_set("feel feels felt")
"""Verbs that tell news of a foe: one that feels a blow was hit."""
_PAST = word_set("was were had did")
"""A turn is told in the present: what was so before it, only facts that speak of the past can say."""
_SOMEBODY = word_set("cat kitten tom somebody someone who")
_CHANGES = frozenset(map(root, word_set("leave lose keep give let stop hold take drop slow home true")))
"""Common words that tell what becomes of something: no other word excuses them."""
_KEEPS = word_set("stay stays remain remains keep keeps still")
"""Common words that say that a state which the scene shows goes on."""
_ALLIED = ("your", "side")
_FEELINGS = frozenset(map(root, word_set("warm cool cold soft soften sweet sour hard melt thaw chill")))
_TOWARDS = word_set("to toward towards on with")
"""Words that make a word for the weather one for somebody's feelings: "warm to"."""


def verify(
    sentence: str, known: StoryContext, before: tuple[Named, ...] = (), *, unit: str = "", speaks: bool = False
) -> Reading:
    """Read one sentence outside of quotation marks. `before` and `unit`: what the sentence before it was about, and
    counted; `speaks`: whether somebody speaks in it, whose words were taken out."""
    reading = SentenceRead(known, speaks, unit)
    subject = before
    clause = NO_CLAUSE
    try:
        clauses = read_clauses(sentence, known, before)
        reading.said = frozenset(each.value for clause in clauses for each in read_figures(clause) if not each.unit)
        for clause in clauses:
            _verify(clause, reading)
            subject = clause.subject or subject
        check_waiting(reading)
        check_repeated(reading)
        check_leads(reading)
        check_slack(reading)
        if not reading.told and not any(facts for _, facts in reading.clauses):
            check_address(clauses, known, unlisted=reading.unlisted)
        check_of_here(sentence, reading)
    except Unverified as fault:
        return Reading(ELSEWHERE if known.leaves_game else fault.rule, fault.word)
    return Reading(told=frozenset(reading.told), subject=_with_things(subject, clause), unit=reading.unit)


def _with_things(subject: tuple[Named, ...], last: Clause) -> tuple[Named, ...]:
    """The subject of a sentence, and the things that the cat has to do with in the end: "it" may be those."""
    if not subject or subject[0].role != CAT or any(one.role not in ("", CAT) for one in last.named):
        return subject
    return (*subject, *(one for one in last.named if not one.role and one not in subject))


def _verify(clause: Clause, reading: SentenceRead) -> None:
    """Raises Unverified for the first rule that the clause breaks."""
    borne = _find_borne(clause, reading)
    reading.borne |= borne.keys()
    facts = tuple(
        dict.fromkeys((*(fact for bearing in borne.values() for fact in bearing), *_slotted_facts(clause, reading)))
    )
    reading.clauses.append((clause, facts))
    _check_comparison(clause)
    _check_likened(clause)
    check_fallen(clause, facts, reading.known)
    check_news(clause, facts, reading.known)
    check_record(clause, facts, reading.known)
    check_condition(clause, reading.known)
    check_time(clause, facts, reading)
    check_additions(clause, facts, reading)
    check_items(clause, facts, reading)
    check_stakes(clause, facts, reading)
    check_upshot(clause, facts, reading)
    check_company(clause, reading.known)
    check_names(clause, reading.known)
    check_strangers(clause, facts, reading)
    reading.told |= find_told(clause, borne) | {token.slot for token in clause.tokens if token.slot}
    check_figures(clause, facts, reading)
    _check_slots(clause, reading.known)
    check_own_deed(clause, reading.known)


def _slotted_facts(clause: Clause, reading: SentenceRead) -> Iterator[TurnFact]:
    """The facts that code writes something of into this clause."""
    slots = {token.slot for token in clause.tokens if token.slot}
    return (fact for fact in reading.known.facts if fact.id in slots)


def _find_borne(clause: Clause, reading: SentenceRead) -> Bearing:
    """The facts that bear out the words that need one."""
    borne: Bearing = {}
    light: Bearing = {}
    shown = state = ""
    for at in _words_that_tell(clause, reading):
        word, known = clause.tokens[at].word, reading.known
        facts = tuple(fact for fact in known.facts if bears(fact, at, clause, known))
        anchored = tuple(fact for fact in facts if is_anchored(fact, at, clause))
        if anchored:
            borne[word] = anchored if root(word) in light_words() else facts
        elif facts and root(word) not in light_words():
            if not _is_of_the_scene(at, clause, facts, known):
                borne[word] = facts
        elif is_shown(at, clause, known) and root(word) not in light_words():
            shown = word
        elif is_state(at, clause, known):
            state = word
        elif not is_of_the_action(at, clause, known):
            _defer_or_pass_over(at, clause, facts, light, reading)
    if not (state and _KEEPS.issuperset(light)):
        borne = _settle(light, borne, clause, reading)
    if shown and not borne and clause.role == OTHER and clause.mentions_cat:
        raise Unverified("attitude", shown)
    return borne


def _settle(
    light: Bearing,
    borne: Bearing,
    clause: Clause,
    reading: SentenceRead,
) -> Bearing:
    """Facts that the words that tell nothing by themselves tell beside the others, or together. Raises Unverified."""
    if borne and (odd := next((word for word, facts in light.items() if not facts and root(word) in _CHANGES), "")):
        raise Unverified("unverified-word", odd)
    if light and not borne and not any(token.slot for token in clause.tokens):
        try:
            return tell_together(light, clause, reading)
        except Unverified:
            if len(light) > 1 or not take_slack(next(iter(light)), clause, reading):
                raise
    return borne


def _is_of_the_scene(at: int, clause: Clause, facts: tuple[TurnFact, ...], known: StoryContext) -> bool:
    """Whether a word that facts have, too, says how something is that none of them is about."""
    told = " ".join(fact.text.casefold() for fact in facts)
    things = [one for one in clause.named if not one.role]
    return bool(things) and not any(is_named_in(one, told) for one in things) and is_state(at, clause, known)


def _words_that_tell(clause: Clause, reading: SentenceRead) -> Iterator[int]:
    """Positions of the words of a clause that need a fact to bear them out."""
    for at, token in enumerate(clause.tokens):
        if token.named or token.compared or token.idle or token.slot or is_numeral(token.word):
            continue
        if is_free(token.word) and not (clause.role == FOE and token.word in _FELT):
            continue
        if (
            _says(token.word, clause, reading)
            or any(passes(at, clause) for passes in _GRAMMAR)
            or is_common(at, clause, reading.known)
            or is_looking(at, clause)
        ):
            continue
        yield at


def _says(word: str, clause: Clause, reading: SentenceRead) -> bool:
    """Whether it only says that somebody speaks."""
    return reading.speaks and clause.role != CAT and is_of("talk", word)


Bearing = dict[str, tuple[TurnFact, ...]]
"""By word: the facts that bear it out."""
_GRAMMAR = (is_counted, is_preposition, is_noun)
"""Uses of a word in which it tells nothing."""


def _defer_or_pass_over(
    at: int, clause: Clause, facts: tuple[TurnFact, ...], light: Bearing, reading: SentenceRead
) -> None:
    """A word that tells nothing by itself waits for those beside it."""
    word = clause.tokens[at].word
    if not facts and tells_nothing(at, clause, reading.known):
        reading.unlisted = reading.unlisted or is_unknown(word)
        return
    if root(word) in light_words():
        light[word] = facts
    elif not take_slack(word, clause, reading):
        raise Unverified("unverified-word", word)


def _check_comparison(clause: Clause) -> None:
    words = [token.word for token in clause.tokens if token.compared and token.word not in _OPENERS]
    unknown = [word for word in words if not is_free(word) and not any(form in comparisons() for form in forms(word))]
    if len(unknown) > MOST_UNKNOWN_COMPARED:
        raise Unverified("unverified-comparison", " ".join(words))
    told = tuple(token.word for token in clause.tokens)
    if _ALLIED in pairwise(told):
        raise Unverified("attitude", " ".join(_ALLIED))
    for word, after in pairwise(told):
        if clause.role == OTHER and root(word) in _FEELINGS and after in _TOWARDS:
            raise Unverified("attitude", word)


def _check_likened(clause: Clause) -> None:
    """Raises Unverified for a foe that is likened to another of the fight: it would fare as that one does."""
    if clause.role != FOE:
        return
    for before, token in pairwise(clause.tokens):
        if before.compared and token.named and token.named[0].role == FOE and token.named[0] not in clause.subject:
            raise Unverified("enemy-state", token.word)


def check_time(clause: Clause, facts: tuple[TurnFact, ...], reading: SentenceRead) -> None:
    of_somebody = bool(clause.role) or any(token.word in _SOMEBODY for token in clause.tokens if not token.compared)
    if reading.speaks or not (facts or of_somebody) or any(fact.kind in OF_THE_PAST for fact in facts):
        return
    words = [token.word for token in clause.tokens if not token.compared]
    past = next((word for word in words[: words.index("than") if "than" in words else None] if word in _PAST), "")
    if past:
        raise Unverified("past", past)


def check_figures(clause: Clause, borne: tuple[TurnFact, ...], reading: SentenceRead) -> None:
    deeds = {id(fact.outcome) for fact in reading.known.facts if fact.id in reading.told or fact in borne}
    told = tuple(fact for fact in reading.known.facts if id(fact.outcome) in deeds)
    for figure in read_figures(clause):
        unit = figure.unit or ("" if figure.stands_alone else reading.unit)
        reading.unit = unit
        if not is_borne_out(replace(figure, unit=unit), clause, borne, told, reading.known, reading.said):
            raise Unverified("figure", figure.words)


def _check_slots(clause: Clause, known: StoryContext) -> None:
    """Raises Unverified for a slot beside another unit than its own, or in a clause that its fact is not about."""
    for at, token in enumerate(clause.tokens):
        fact = next((fact for fact in known.facts if fact.id == token.slot), None)
        if fact is None:
            continue
        unit = next((unit for each in clause.tokens[at + 1 : at + 3] if (unit := unit_of(each.word))), "")
        part = part_of(token.word)
        if unit not in COUNTS.get(part, ("",)) or not falls_on(fact, clause, known):
            raise Unverified("wrong-slot", token.word)
        if part == "verdict" and not _is_of_the_blow(fact, clause):
            raise Unverified("wrong-slot", token.word)


def _is_of_the_blow(fact: TurnFact, clause: Clause) -> bool:
    """Whether a verdict stands beside nobody and nothing but what its fact is about."""
    return all(one.role == CAT or is_named_in(one, fact.text.casefold()) for one in clause.named)
