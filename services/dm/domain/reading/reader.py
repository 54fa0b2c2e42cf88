"""Reading an action: clause by clause, the meaning that words and scene bear out best."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from zlib import crc32

from contracts.dm import Remembered
from contracts.lore import Briefing
from contracts.state import Scene
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading import (
    abilities,
    conversation,
    few_words,
)
from services.dm.domain.reading.absence import as_seen
from services.dm.domain.reading.acting import read_continuation, read_deed, read_report
from services.dm.domain.reading.addressing import read_address, read_call, read_claim, read_order
from services.dm.domain.reading.bare_names import read_name
from services.dm.domain.reading.best_deed import COURTESIES, READERS, find_best
from services.dm.domain.reading.candidates import Candidate, one
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.clauses import clauses_of
from services.dm.domain.reading.elsewhere import with_destination
from services.dm.domain.reading.english.function_words import PRONOUNS
from services.dm.domain.reading.entities import Entity
from services.dm.domain.reading.honesty import boasts, foreign, without_orders
from services.dm.domain.reading.inquiring import find_mentioned, read_question
from services.dm.domain.reading.law import GUARDED
from services.dm.domain.reading.lexing import tokens
from services.dm.domain.reading.manner import is_manner
from services.dm.domain.reading.meaning import Answer, Ask, Deed, Foreign, Impossible, Meaning, Roleplay, Step
from services.dm.domain.reading.mending import mend
from services.dm.domain.reading.mentions import mention
from services.dm.domain.reading.mood import withhold
from services.dm.domain.reading.naming import resolve
from services.dm.domain.reading.narrating import in_own_voice
from services.dm.domain.reading.nearby import begins_deed, find_near
from services.dm.domain.reading.options import options_of
from services.dm.domain.reading.phrasing import choose_option
from services.dm.domain.reading.ranking import Preference, prefer_answering
from services.dm.domain.reading.remarks import is_remark, without_remarks
from services.dm.domain.reading.repeating import read_repetition, read_substitute
from services.dm.domain.reading.said import Said
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.second_opinion import reconsider
from services.dm.domain.reading.verbs import begins_with_verb, hear

CLAUSE = 100
"""Positions of a clause: one number each for the steps it may have."""


Reading = Callable[[Clause, Clause | None, Entity | None, Scope], Candidate | None]


def read(
    action: str,
    scene: Scene,
    briefing: Briefing,
    history: Sequence[Remembered] = (),
    *,
    after: int = -1,
    prefer: Preference = prefer_answering,
) -> tuple[Step, ...]:
    """The meaning of an action, a step for every deed, answer, question or gesture in it, in order. Never empty.
    `after`: the last position that was proposed; what was done up to there may not be possible again, and holds up
    nothing. `prefer`: chooses among all that a clause may mean."""
    language = foreign(action)
    if language:
        return (Step(0, action, Foreign(language)),)
    scope = Scope(scene, briefing, history)
    action = choose_option(action, history) or action
    played, ordered = without_orders(action)
    steps = conversation.join_talks(tuple(without_remarks(tuple(_steps(played, scope, after, prefer)))), played, scope)
    if ordered:
        return (*steps, Step(CLAUSE * 9_999, action, Roleplay("orders")))
    return steps or (Step(0, action, Roleplay("murmur", near=find_near((), scope))),)


def _steps(action: str, scope: Scope, after: int, prefer: Preference) -> Iterator[tuple[Step, bool]]:
    """Each step, and whether it is of a remark."""
    said = _names_kept(mend(tokens(in_own_voice(action, scope)), scope), scope)
    clauses = clauses_of(said, lambda words: begins_deed(words, scope), lambda words: _names(words, scope))
    addressed: Entity | None = None
    before: Clause | None = None
    last: Meaning | None = None
    impossible: Clause | None = None
    hopeless = stood_in = False
    remarked: tuple[str, ...] = ()
    for at, clause in enumerate(clauses):
        clause = with_destination(clause, clauses[at + 1] if at + 1 < len(clauses) else None, scope)
        if not clause.words and not clause.spoken:
            continue
        alone = _find_addressed(clause, scope)
        if alone and len(clauses) > 1 and at + 1 < len(clauses):
            addressed = alone
            scope.remember([alone])
            continue
        if clause.context and any(not other.context for other in clauses):
            scope.remember(find_mentioned(clause, scope))
            continue
        if clause.question and remarked and not clause.about:
            clause = replace(clause, about=remarked)
        candidate = _read_clause(clause, before, addressed, scope, prefer, len(clauses) == 1)
        scope.remember(candidate.about or _things_named(clause, scope))
        scope.remember(_people_greeted(candidate, scope))
        if clause.withdrawn:
            continue
        _gain(candidate, scope)
        before = clause if hear(clause.words) else before
        candidate = _once(candidate, clause, last, stood_in)
        stood_in = clause.instead is not None
        remark = addressed is None and is_remark(clause, scope)
        remarked = clause.said if remark else ()
        if remark and not candidate.about:
            scope.remember(find_mentioned(clause, scope))
        if is_manner(candidate, clause, clauses):
            candidate = one(candidate.score, Roleplay("emote"))
        places = _places(candidate, scope)
        done_before = clause.position * CLAUSE + places[0] <= after
        scope.absent = "" if done_before else _absent(candidate)
        for number, meaning in sorted(
            zip(places, _quote(candidate, clause), strict=True), key=lambda placed: placed[0]
        ):
            last = last if remark else meaning
            position = clause.position * CLAUSE + number
            waits = isinstance(meaning, Deed | Ask) and (hopeless or not _may_follow(meaning, impossible))
            yield Step(position, clause.text, Roleplay("later", clause.text) if waits else meaning), remark
            hopeless = hopeless or boasts(clause)
            never = position > after and not remark and _never_done(meaning)
            impossible = impossible or (clause if never else None)


def _quote(candidate: Candidate, clause: Clause) -> Iterator[Meaning]:
    """The meanings, each with the words that meant it where the story may want them."""
    for meaning in candidate.meanings:
        match meaning:
            case Answer():
                yield replace(meaning, asked=(*clause.said, *clause.about))
            case Impossible() | Roleplay():
                yield replace(meaning, said=(clause.text,))
            case _:
                yield meaning


def _people_greeted(candidate: Candidate, scope: Scope) -> tuple[Entity, ...]:
    """The people called, greeted, or gone up to: what is asked next is asked of them."""
    first = candidate.meanings[0]
    greeted = first.about if isinstance(first, Roleplay) and first.manner in ("greeting", "emote") else None
    return tuple(person for person in scope.of("person") if person.id == greeted)


def _things_named(clause: Clause, scope: Scope) -> tuple[Entity, ...]:
    """The one thing carried that a clause names which is of nothing else."""
    found = mention(clause.words, scope, "item") if clause.words else None
    return found.entities if found and found.one and found.named and found.score >= 0.85 else ()


def _names_kept(words: Sequence[str], scope: Scope) -> list[str]:
    """The words without what joins clauses where it is part of a name."""
    kept = list(words)
    for entity in scope.entities:
        name = list(tokens(entity.name))
        joined = _JOINTS.intersection(name)
        for at in range(len(kept) - len(name) + 1 if joined else 0):
            if kept[at : at + len(name)] == name:
                kept[at : at + len(name)] = [word for word in name if word not in joined]
    return kept


_JOINTS = frozenset((",", ".", ";", "and", "but", "or", "then"))


def _once(candidate: Candidate, clause: Clause, last: Meaning | None, stood_in: bool) -> Candidate:
    """Words that go with a persuasion, an ear that is put to something: said twice, it is done once. `stood_in`:
    whether the clause before was read with the verb of what was taken back."""
    first = candidate.meanings[0]
    if "twice" in clause.words and isinstance(first, Deed) and first.tool in ("use_ability", "try_feature"):
        return replace(candidate, meanings=candidate.meanings * 2)
    if not isinstance(first, Deed) or not isinstance(last, Deed):
        return candidate
    same = first.tool == "talk" and last.tool == "persuade" and first.arguments["npc"] == last.arguments["npc"]
    told = same and (not first.arguments["topic"] or clause.words[0] in ("tell", "say"))
    heard = first.tool == "search" and last.tool == "try_feature" and clause.words[:1] == ("listen",)
    twice = first == last and (
        stood_in or first.tool in ("talk", "defend", "hide", "search", "rest", "flee", "try_feature")
    )
    return one(candidate.score, Roleplay("emote")) if told or heard or twice else candidate


def _gain(candidate: Candidate, scope: Scope) -> None:
    """Make what is bought or taken the "it" from now on: by its name, and once it is carried, itself."""
    first = candidate.meanings[0]
    deed = first.deed if isinstance(first, Impossible) else first
    had = isinstance(first, Impossible) and first.reason == "already" and deed is None
    gains = had or (isinstance(deed, Deed) and deed.tool in ("buy", "take"))
    scope.gained = candidate.about[0] if gains and len(candidate.about) == 1 else None
    if scope.gained:
        name = scope.gained.name
        scope.remember(item for item in scope.of("item") if item.name == name)


def _absent(candidate: Candidate) -> str:
    first = candidate.meanings[0]
    return first.looked_for if isinstance(first, Impossible) and not candidate.about else ""


def _never_done(meaning: Meaning) -> bool:
    """Whether nobody can do it, in whatever scene it is read again: what was to follow it waits."""
    return isinstance(meaning, Impossible) and meaning.reason == "cannot" and meaning.deed is None


def _may_follow(meaning: Meaning, impossible: Clause | None) -> bool:
    """Whether something is done though what came before it is not possible: a flourish that nothing came of holds up
    words to somebody and what is never a guess, a feat that nobody can do holds up everything."""
    if impossible is None:
        return True
    deeds = meaning.options if isinstance(meaning, Ask) else (meaning,)
    feat = begins_with_verb(impossible.words, ("cannot",))
    return not feat and not any(isinstance(deed, Deed) and deed.tool in _HELD_UP for deed in deeds)


_HELD_UP = (*GUARDED, "talk")


def _places(candidate: Candidate, scope: Scope) -> list[int]:
    """Numbers of steps within their clause, the same whatever earlier steps have changed: of enemies by their order, of
    several things by their ids, of one thing done repeatedly by how often it was asked for."""
    meanings = candidate.meanings
    if candidate.apart and all(isinstance(meaning, Deed) and meaning.tool == "attack" for meaning in meanings):
        order = {foe.id: foe.order for foe in scope.of("foe")}
        return [order.get(str(meaning.arguments["target"]), 0) for meaning in meanings if isinstance(meaning, Deed)]
    if len(meanings) < 2 or not candidate.apart:
        return [candidate.first + number for number in range(len(meanings))]
    taken: list[int] = []
    for meaning in meanings:
        tried = meaning.deed or meaning if isinstance(meaning, Impossible) else meaning
        number = crc32(repr(tried).encode()) % _APART
        while number in taken:
            number = (number + 1) % _APART
        taken.append(number)
    return taken


_APART = CLAUSE - 1


def _names(words: Sequence[str], scope: Scope) -> bool:
    """Whether the words, up to where the list goes on, are the name of a thing: "sell the ribbon and wrap"."""
    end = next((at for at, word in enumerate(words) if word in (",", "and")), len(words))
    if not 0 < end <= 2 or end == len(words) == 0:
        return False
    return resolve(words[:end], scope, "item", "ware", "find", "foe").score >= 1.0


def _find_addressed(clause: Clause, scope: Scope) -> Entity | None:
    """Somebody whose name is all of the clause."""
    if called := conversation.called_alone(clause, scope):
        return called
    if len(clause.words) > 4 or clause.question or not clause.words or clause.words[0] in PRONOUNS:
        return None
    if begins_with_verb(clause.words):
        return None
    found = resolve(clause.words, scope, "person")
    return found.one if found.named and found.score >= 0.9 else None


def _read_clause(
    clause: Clause, before: Clause | None, addressed: Entity | None, scope: Scope, prefer: Preference, alone: bool
) -> Candidate:
    found = _by_words(clause, before, addressed, scope)
    if clause.conditional or clause.negated:
        return found
    chosen = reconsider(found, clause, scope, READERS) or found
    best = prefer(options_of(clause, found, chosen, scope), Said(clause, scope, alone, addressed is not None))
    return withhold(as_seen(best, scope), clause, scope)


def _by_words(clause: Clause, before: Clause | None, addressed: Entity | None, scope: Scope) -> Candidate:
    told = conversation.whoever_is_told(clause, addressed, scope) if clause.conditional or clause.negated else None
    if told:
        return told
    if clause.conditional and not clause.question:
        return one(1.0, Roleplay("later", clause.text))
    if clause.negated:
        own = find_best(replace(clause, words=()), scope)
        if own and own.score > 0.6 and not isinstance(own.meanings[0], Impossible):
            return own
        called = abilities.by_name(replace(clause, words=clause.said), scope)
        if called and called.score > 1.0:
            return called
        remark = find_best(replace(clause, words=clause.said), scope, only=COURTESIES)
        return remark if remark and remark.score > 0.8 else one(1.0, Roleplay("declined", clause.text))
    readings: tuple[Reading, ...] = (
        read_call,
        read_question,
        few_words.assent,
        read_claim,
        read_address,
        read_repetition,
        few_words.claim,
        read_order,
        read_report,
        read_deed,
        read_continuation,
        read_name,
    )
    if clause.instead is not None:
        readings = (
            (*readings[:8], read_substitute, *readings[8:]) if hear(clause.words) else (read_substitute, *readings)
        )
    for reading in readings:
        candidate = reading(clause, before, addressed, scope)
        if candidate:
            return candidate
    said = clause.said[:1]
    if (
        len(clause.said) > 2
        and said
        and (said[0] in _STATING or {"am", "is"} & set(clause.said))
        and not clause.question
    ):
        return one(0.1, Roleplay("speech", near=find_near(clause.words, scope)))
    return one(0.0, Roleplay("murmur", near=find_near(clause.words, scope)))


_STATING = word_set("i my this that it you we the he she they there")
