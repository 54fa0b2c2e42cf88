"""Reading an action: clause by clause, the meaning that words and scene bear out best."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from zlib import crc32

from contracts.dm import Remembered
from contracts.lore import Briefing
from contracts.state import Scene
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading import (
    abilities,
    belongings,
    consumables,
    few_words,
    fighting,
    fleeing,
    looking,
    own_deeds,
    people,
    places,
    trade,
)
from services.dm.domain.reading.affordances import affordances
from services.dm.domain.reading.asking import answers, bare, mention, subjects_of
from services.dm.domain.reading.candidates import Candidate, choose, missing, one
from services.dm.domain.reading.clauses import Clause, clauses_of
from services.dm.domain.reading.english.function_words import CARDINALS, DETERMINERS, PREPOSITIONS, PRONOUNS
from services.dm.domain.reading.english.questions import AUXILIARIES, WH
from services.dm.domain.reading.entities import ROLE, Entity
from services.dm.domain.reading.honesty import boasts, claim, foreign, without_orders
from services.dm.domain.reading.law import GUARDED
from services.dm.domain.reading.leads import lead_off
from services.dm.domain.reading.lexing import tokens
from services.dm.domain.reading.meaning import Answer, Ask, Deed, Foreign, Impossible, Meaning, Roleplay, Step
from services.dm.domain.reading.mending import mended
from services.dm.domain.reading.naming import resolve, take_apart
from services.dm.domain.reading.narrating import in_own_voice
from services.dm.domain.reading.objects import meaningful
from services.dm.domain.reading.phrasing import answered, nearest_phrases
from services.dm.domain.reading.rewording import is_for, reworded
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.second_opinion import weighed
from services.dm.domain.reading.spelling import stem
from services.dm.domain.reading.verbs import Verb, hear, is_known, phrases_of

CLAUSE = 100
"""Positions of a clause: one number each for the steps it may have."""

_LIKELY, _SURE = 0.3, 0.5
"""The least probability of a subject where it is known that something is asked, and where it is not."""
_ANYTHING = ("answer", "do", "rp", "no")
_NOT_RATHER = ("wares", "does", "inventory", "look", "money")
"""Subjects in whose place a deed that leave is asked for is done."""

Reader = Callable[[Verb, Clause, Scope], Candidate | None]
Reading = Callable[[Clause, Clause | None, Entity | None, Scope], Candidate | None]


def read(
    action: str, scene: Scene, briefing: Briefing, history: Sequence[Remembered] = (), *, after: int = -1
) -> tuple[Step, ...]:
    """What an action means, a step for every deed, answer, question or gesture in it, in order. Never empty.
    `after`: the last position that was proposed; what was done up to there may not be possible again, and holds up
    nothing."""
    language = foreign(action)
    if language:
        return (Step(0, action, Foreign(language)),)
    scope = Scope(scene, briefing, history)
    action = answered(action, history) or action
    played, ordered = without_orders(action)
    steps = tuple(_steps(played, scope, after))
    if ordered:
        return (*steps, Step(CLAUSE * 9_999, action, Roleplay("orders")))
    return steps or (Step(0, action, Roleplay("murmur", near=_near((), scope))),)


def _steps(action: str, scope: Scope, after: int) -> Iterator[Step]:
    said = _names_kept(mended(tokens(in_own_voice(action, scope)), scope), scope)
    clauses = clauses_of(said, lambda words: _begins(words, scope), lambda words: _names(words, scope))
    addressed: Entity | None = None
    before: Clause | None = None
    last: Meaning | None = None
    hopeless = stood_in = False
    for clause in clauses:
        if not clause.words and not clause.spoken:
            continue
        alone = _addressed(clause, scope)
        if alone and len(clauses) > 1 and clause is not clauses[-1]:
            addressed = alone
            scope.remember([alone])
            continue
        candidate = _read_clause(clause, before, addressed, scope)
        scope.remember(candidate.about or _things_named(clause, scope))
        if clause.withdrawn:
            continue
        _gain(candidate, scope)
        before = clause if hear(clause.words) else before
        candidate = _once(candidate, clause, last, stood_in)
        stood_in = clause.instead is not None
        if clause is not clauses[-1] and _is_manner(candidate, clause):
            candidate = one(candidate.score, Roleplay("emote"))
        places = _places(candidate, scope)
        done_before = clause.position * CLAUSE + places[0] <= after
        scope.absent = "" if done_before else _absent(candidate)
        for number, meaning in sorted(zip(places, candidate.meanings, strict=True), key=lambda placed: placed[0]):
            last = meaning
            position = clause.position * CLAUSE + number
            waits = hopeless and isinstance(meaning, Deed | Ask)
            yield Step(position, clause.text, Roleplay("later", clause.text) if waits else meaning)
            hopeless = hopeless or boasts(clause) or (position > after and _never_done(meaning))


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


def _is_manner(candidate: Candidate, clause: Clause) -> bool:
    """ "creep toward it and strike", "leaping high, I …": how the next deed is done, and no deed of its own."""
    first = candidate.meanings[0]
    deed = first.deed if isinstance(first, Impossible) else first
    if not isinstance(deed, Deed) or not clause.words:
        return False
    stands = deed.tool in ("hide", "defend") and (
        clause.words[0] in _POSTURES or (clause.words[0].endswith("ing") and not clause.led)
    )
    creeps = deed.tool == "hide" and not _TOWARDS.isdisjoint(clause.words)
    rubs = deed.tool == "persuade" and clause.words[0] in _CARESSES
    return stands or creeps or rubs or (clause.words[0].endswith("ing") and not clause.led and deed.tool in GUARDED)


_CARESSES = word_set(
    "rub purr smile headbutt boop brush nuzzle cuddle look bow wink blink snuggle cosy weave growl hiss"
)
_POSTURES = word_set("crouch press stand flatten freeze duck hunch keep")
_TOWARDS = word_set("toward towards to over up")


def _gain(candidate: Candidate, scope: Scope) -> None:
    """What is bought or taken is "it" from now on: by its name, and once it is carried, itself."""
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
    """What nobody can do, in whatever scene it is read again: what was to follow it waits."""
    return isinstance(meaning, Impossible) and meaning.reason == "cannot" and meaning.deed is None


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


def _begins(words: Sequence[str], scope: Scope) -> bool:
    """An ability by its name begins a clause, as a verb does."""
    found = abilities.named(words, scope)
    return found is not None and found[1] >= 0.8


def _names(words: Sequence[str], scope: Scope) -> bool:
    """Whether the words, up to where the list goes on, are the name of a thing: "sell the ribbon and wrap"."""
    end = next((at for at, word in enumerate(words) if word in (",", "and")), len(words))
    if not 0 < end <= 2 or end == len(words) == 0:
        return False
    return resolve(words[:end], scope, "item", "ware", "find", "foe").score >= 1.0


def _addressed(clause: Clause, scope: Scope) -> Entity | None:
    """Somebody whose name is all of the clause."""
    if len(clause.words) > 4 or clause.question or not clause.words or clause.words[0] in PRONOUNS:
        return None
    if any(verb.sure == 1.0 for verb in hear(clause.words)):
        return None
    found = resolve(clause.words, scope, "person")
    return found.one if found.named and found.score >= 0.9 else None


def _read_clause(clause: Clause, before: Clause | None, addressed: Entity | None, scope: Scope) -> Candidate:
    if clause.conditional or clause.negated:
        return _by_words(clause, before, addressed, scope)
    found = _by_words(clause, before, addressed, scope)
    return weighed(found, clause, scope, READERS) or found


def _by_words(clause: Clause, before: Clause | None, addressed: Entity | None, scope: Scope) -> Candidate:
    if clause.conditional and not clause.question:
        return one(1.0, Roleplay("later", clause.text))
    if clause.negated:
        own = _best(replace(clause, words=()), scope)
        if own and own.score > 0.6 and not isinstance(own.meanings[0], Impossible):
            return own
        called = abilities.by_name(replace(clause, words=clause.said), scope)
        if called and called.score > 1.0:
            return called
        remark = _best(replace(clause, words=clause.said), scope, only=_MANNERS)
        return remark if remark and remark.score > 0.8 else one(1.0, Roleplay("declined", clause.text))
    readings: tuple[Reading, ...] = (
        _called,
        _asked,
        _said_to_be,
        _spoken_to,
        _repeated,
        few_words.claimed,
        _ordered,
        _done,
        _going_on,
        _named_only,
    )
    if clause.instead is not None:
        readings = (*readings[:8], _instead, *readings[8:]) if hear(clause.words) else (_instead, *readings)
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
        return one(0.1, Roleplay("speech", near=_near(clause.words, scope)))
    return one(0.0, Roleplay("murmur", near=_near(clause.words, scope)))


_STATING = word_set("i my this that it you we the he she they there")


def _instead(clause: Clause, before: Clause | None, addressed: Entity | None, scope: Scope) -> Candidate | None:
    """What is to stand in the place of something negated: with the verb that had, or the last turn's."""
    if clause.instead is None:
        return None
    named = mention(clause.words, scope, *looking.LOOKED_AT, "ability", "stat")
    named = named if named.entities else resolve(clause.words, scope, "foe", "ware", "find")
    if not named.entities:
        return None
    gone = _best(replace(clause, words=clause.rather_than), scope) if clause.rather_than else None
    for verb in (clause.instead, *(() if gone else _last_verbs(scope))):
        found = _best(replace(clause, words=(*verb, *clause.words)), scope) if verb else None
        if found and gone and found.meanings == gone.meanings:
            return None
        if found and found.score >= 0.6 and not isinstance(found.meanings[0], Impossible | Roleplay):
            return found
    entity = named.entities[0]
    if entity.kind == "find":
        return one(0.8, Deed("take", {"find": entity.id}), entity)
    if entity.kind == "ware":
        return one(0.8, Ask((Deed("buy", {"item": entity.id}),)), entity)
    if entity.kind == "stat" and scope.scene.state.character.choices:
        return one(0.8, Ask((Deed("level_up", {"stat": entity.id, "ability": None}),)), entity)
    return None


def _last_verbs(scope: Scope) -> list[tuple[str, ...]]:
    """The verb of what was typed last."""
    if not scope.history:
        return []
    clauses = clauses_of(tokens(scope.history[-1].action), lambda words: _begins(words, scope))
    heard = [
        verb for clause in clauses[-1:] for verb in hear(clause.words) if verb.sure == 1.0 and "~" not in verb.phrase
    ]
    return [clauses[-1].words[: max(verb.length for verb in heard)]] if heard else []


def _called(clause: Clause, before: Clause | None, addressed: Entity | None, scope: Scope) -> Candidate | None:
    """ "ferrule, what happened to breakfast?": a question to somebody is put to them."""
    person, rest = _vocative(clause, scope)
    question = replace(clause, words=rest[1:] if rest[:1] == (",",) else rest)
    if person is None or not question.words or question.words[0] not in WH | AUXILIARIES:
        return None
    topic = people.best_topic(question.words, scope, person)
    return one(0.9, Deed("talk", {"npc": person.id, "topic": topic.id if topic else None}), person)


def _asked(clause: Clause, before: Clause | None, addressed: Entity | None, scope: Scope) -> Candidate | None:
    if addressed and not clause.question:
        return None
    if clause.question:
        greeting = _best(clause, scope, only=("greeting", "small-talk", "farewell"))
        if greeting and greeting.score > 0.9:
            return greeting
        found = answers(clause, scope)
        if found:
            return Candidate(0.9, found, _mentioned(clause, scope))
        asking = clause.words[0] in WH or (
            clause.words[0] in AUXILIARIES and clause.words[0] not in ("have", "any", "can")
        )
        return None if hear(clause.words) and not asking else one(0.3, _unanswered(clause, scope))
    if clause.marked and not clause.request:
        known = subjects_of(clause.said, scope, True, _LIKELY)
        if known:
            return Candidate(0.9, known, _mentioned(clause, scope))
    words = bare(clause.words, scope)
    if words and not clause.led:
        return _best(clause, scope, only=("accept",)) if scope.of("offer") else None or one(0.9, words)
    return _leave_asked(clause, scope) if clause.request else None


def _mentioned(clause: Clause, scope: Scope) -> tuple[Entity, ...]:
    found = mention(clause.words, scope, "person", "foe", "spawn", "feature", "find", "item", "ware")
    return found.entities[:1]


def _unanswered(clause: Clause, scope: Scope) -> Meaning:
    return Roleplay("murmur", near=_near(clause.words, scope))


def _leave_asked(clause: Clause, scope: Scope) -> Candidate | None:
    """ "can I …?": what costs nothing is done; of anything that is never a guess it is asked whether it is meant."""
    known = next(iter(subjects_of(clause.said, scope, True, _LIKELY)), None)
    best = _best(clause, scope)
    violent = best is not None and isinstance(best.meanings[0], Deed) and best.meanings[0].tool in GUARDED
    if isinstance(known, Answer) and known.subject not in _NOT_RATHER and not violent:
        return one(0.9, known)
    meets = all(verb.sense in _MEETING for verb in hear(clause.words) if verb.sure == 1.0)
    if meets and (best is None or isinstance(best.meanings[0], Impossible)):
        person = resolve(clause.words[-1:], scope, "person")
        if person.one and person.named and person.score >= 0.9:
            return one(0.8, Deed("talk", {"npc": person.one.id, "topic": None}), person.one)
    if best is None or best.score < 0.5:
        return one(0.6, known) if known else None
    first = best.meanings[0]
    if isinstance(first, Deed) and first.tool == "use_ability":
        return one(0.9, Answer("ability", first.arguments["ability"]))
    if isinstance(first, Deed) and first.tool in GUARDED and (first.tool != "buy" or clause.marked):
        return one(0.9, Ask((first,), clause.text), *best.about)
    return best


_MEETING = ("talk", "examine", "search", "greeting")
"""Verbs by which somebody is asked for, not something of them."""


def _said_to_be(clause: Clause, before: Clause | None, addressed: Entity | None, scope: Scope) -> Candidate | None:
    claimed = None if is_for(clause.words, scope) else claim(clause, scope)
    return one(0.9, claimed) if claimed else None


def _spoken_to(clause: Clause, before: Clause | None, addressed: Entity | None, scope: Scope) -> Candidate | None:
    """Somebody addressed by name, or words in quotation marks."""
    person = addressed
    words = (*clause.words, *clause.spoken)
    if person is None:
        person, words = _vocative(clause, scope)
    if person is None:
        return _aloud(clause, scope)
    own = _best(
        clause,
        scope,
        only=(
            "persuade",
            "give",
            "sell",
            "buy",
            "take",
            "show",
            "accept",
            "thanks",
            "greeting",
            "farewell",
            "small-talk",
        ),
    )
    topic = people.best_topic(words, scope, person)
    is_theirs = topic is not None and own is not None and isinstance(own.meanings[0], Answer)
    if own and own.score > 0.62 and not clause.question and not is_theirs:
        return own
    return one(0.8, Deed("talk", {"npc": person.id, "topic": topic.id if topic else None}), person)


def _vocative(clause: Clause, scope: Scope) -> tuple[Entity | None, tuple[str, ...]]:
    """ "osric call off your dogs": a name before what is a clause by itself."""
    for size in (2, 1):
        name, rest = clause.words[:size], clause.words[size:]
        if len(rest) < 1 or not meaningful(name) or hear(name):
            continue
        found = resolve(name, scope, "person")
        if found.one and not any(found.one.words.get(stem(word), 0.0) >= ROLE for word in name):
            continue
        if (
            found.one
            and found.score >= 0.95
            and (
                rest[0] in (",", *WH, *AUXILIARIES)
                or rest[0] in ("i", "you", "your", "please", "can", "will", "what", "come", "help")
                or any(v.sure == 1.0 for v in hear(rest))
            )
        ):
            return found.one, rest
    return None, clause.words


def _aloud(clause: Clause, scope: Scope) -> Candidate | None:
    if not clause.spoken or any(verb.sense in ("talk", "persuade", "show") for verb in hear(clause.words)):
        return None
    person = people.last_spoken_with(scope)
    topic = people.best_topic(clause.spoken, scope, person) if person else None
    if person and topic:
        return one(0.8, Deed("talk", {"npc": person.id, "topic": topic.id}), person)
    return (
        one(0.7, Roleplay("speech", person.id if person else None))
        if not clause.words or not hear(clause.words)
        else None
    )


def _repeated(clause: Clause, before: Clause | None, addressed: Entity | None, scope: Scope) -> Candidate | None:
    """ "again": the last clause of this action, or the last action, with what is said now."""
    verb = next((verb for verb in hear(clause.words) if verb.sense == "repeat"), None)
    if verb is None:
        return None
    if before:
        return _best(before, scope)
    if not scope.history:
        return one(0.8, Roleplay("murmur", near=_near((), scope)))
    if scope.fighting and resolve(verb.rest, scope, "foe").entities:
        return _blow_before(scope)
    past = Scope(scope.scene, scope.briefing, scope.history[:-1])
    clauses = [c for c in clauses_of(tokens(scope.history[-1].action), lambda w: _begins(w, scope)) if c.words]
    again = any(verb.sense == "repeat" for c in clauses[-1:] for verb in hear(c.words))
    if again and len(scope.history) > 1:
        return _repeated(clause, None, None, replace(past, recent=[]))
    past.recent.extend(scope.spoken_of)
    found = _best(clauses[-1], past) if clauses else None
    return found if found and found.score >= 0.5 else None


def _blow_before(scope: Scope) -> Candidate | None:
    """ "the same bird as before": the last blow, whatever was said since."""
    for number in range(len(scope.history) - 1, -1, -1):
        past = Scope(scope.scene, scope.briefing, scope.history[:number])
        for clause in reversed(clauses_of(tokens(scope.history[number].action), lambda words: _begins(words, scope))):
            found = _best(clause, past)
            if found and isinstance(found.meanings[0], Deed) and found.meanings[0].tool == "attack":
                return found
    return None


def _ordered(clause: Clause, before: Clause | None, addressed: Entity | None, scope: Scope) -> Candidate | None:
    """ "two creams please": wares of a shop with the word of who orders."""
    if not scope.of("ware") or scope.fighting or any(verb.sure == 1.0 for verb in hear(clause.words)):
        return None
    if not _OFF.isdisjoint(clause.said):
        return None
    polite = "please" in clause.said or clause.said[-2:] == ("for", "me")
    counted = clause.words[:1] and (clause.words[0] in CARDINALS or clause.words[0] in ("another", "one"))
    words = tuple(word for word in clause.words if word != "please")
    here = resolve(words[-2:], scope, "ware", "item", "person", "feature", "find", "way", "spawn", "topic", "ability")
    if polite and words[:1] in _A_DRINK and len(words) <= 3 and not here.entities:
        return missing(0.7, "not-sold", " ".join(meaningful(words)), scope.of("ware"))
    if not (polite or counted) or resolve(words[-2:], scope, "ware").score < 0.8:
        return None
    ordered = trade.buy(Verb("buy", "", ("please",), words), clause, scope)
    deeds = tuple(m for m in ordered.meanings if isinstance(m, Deed)) if ordered else ()
    return replace(ordered, meanings=(Ask(deeds),)) if ordered and deeds and not polite else ordered


_OFF = word_set("off on out away back")
_A_DRINK = (("a",), ("an",), ("one",), ("some",))


def _done(clause: Clause, before: Clause | None, addressed: Entity | None, scope: Scope) -> Candidate | None:
    if clause.said[:2] == ("i", "was"):
        return None  # what was going on, and is told
    with_it = reworded(clause, scope)
    best = (with_it and _sure_deed(_best(with_it, scope))) or _best(clause, scope)
    if best and best.score >= 0.4:
        return best
    for at in range(1, min(len(clause.words), 14)):
        if clause.words[at] in PREPOSITIONS or clause.words[at - 1] in _OTHERS:
            continue
        named = clause.words[at - 1] == "i" or at + 1 < len(clause.words)
        if clause.words[at - 1] == "i" or (
            named and at < 5 and clause.words[at - 1] not in ("the", "a", "my", "of", "to")
        ):
            _, words, _ = lead_off(clause.words[at:])
            later = _best(replace(clause, words=tuple(words)), scope, sure=True)
            if later and later.score >= (0.5 if clause.words[at - 1] == "i" else 0.62):
                return later
    return best if best and best.score >= 0.3 else None


_OTHERS = word_set("it he she they")
"""Whose deed it is, where it is not the cat's."""


def _sure_deed(candidate: Candidate | None) -> Candidate | None:
    return candidate if candidate and candidate.score >= 0.6 and isinstance(candidate.meanings[0], Deed) else None


def _going_on(clause: Clause, before: Clause | None, addressed: Entity | None, scope: Scope) -> Candidate | None:
    """ "talk to her about the rain, then the chute": the verb before, with another object."""
    verbs = [verb for verb in hear(before.words) if verb.sure == 1.0] if before else []
    if before is None or not verbs or not meaningful(clause.words) or hear(clause.words):
        return None
    kept = before.words[: max(verb.length for verb in verbs)]
    if verbs[0].sense in ("talk", "show", "persuade") or "about" in before.words:
        at = before.words.index("about") if "about" in before.words else len(kept)
        kept = (*before.words[:at], "about")
    found = _best(replace(before, words=(*kept, *clause.words)), scope)
    return found if found and found.score >= 0.6 else None


def _named_only(clause: Clause, before: Clause | None, addressed: Entity | None, scope: Scope) -> Candidate | None:
    """A name without a verb: an ability is used, a person spoken to, anything else looked at."""
    known = next(iter(subjects_of(clause.said, scope, False, _SURE, _ANYTHING)), None)
    if known and not meaningful(clause.words)[3:]:
        return one(0.6, known)
    found = mention(clause.words, scope, *looking.LOOKED_AT, "ability", "place", "quest", "offer", "topic")
    acted = any(verb.sure == 1.0 for verb in hear(clause.words))
    if not found.entities or not take_apart(clause.words).content or (acted and found.score < 0.6):
        return one(0.5, known) if known else None
    entity = found.entities[0]
    if acted and entity.kind in ("person", "topic"):
        return one(0.5, Roleplay("emote", entity.owner or entity.id), entity)
    if entity.kind in ("person", "topic") and found.score < 0.8 and len(clause.words) > 1:
        return one(0.5, known) if known else None
    if entity.kind in ("person", "topic") and not few_words.is_mostly(entity, clause, scope):
        return one(0.5, known or few_words.in_passing(entity, clause), entity)
    if entity.kind == "person" and _is_done_to(entity, clause):
        return one(0.5, Roleplay("emote", entity.id), entity)
    if entity.kind == "person":
        return one(0.6, Deed("talk", {"npc": entity.id, "topic": None}), entity)
    if entity.kind == "topic":
        return one(0.6, Deed("talk", {"npc": entity.owner, "topic": entity.id}), entity)
    return one(0.6, _bare_thing(entity, clause, scope, acted), entity)


def _bare_thing(entity: Entity, clause: Clause, scope: Scope, acted: bool) -> Meaning:
    """In a fight a thing that helps is used when its name is called; anything else is looked at."""
    if entity.kind == "item" and not acted and scope.fighting and few_words.is_mostly(entity, clause, scope):
        verb = Verb("use", "", ("use",), clause.words)
        candidate = consumables.use(verb, clause, scope) if entity.thing.use else fighting.armed(entity, clause, scope)
        if candidate:
            return candidate.meanings[0]
    if entity.kind == "feature" and _is_handled(entity, clause):
        candidate = places.attempt(Verb("try", "", clause.words[:1], clause.words[1:]), clause, scope)
        if candidate:
            return candidate.meanings[0]
    if entity.kind == "feature" and (tried := few_words.approached(entity, clause, scope)):
        return tried.meanings[0]
    return looking.told_of(entity) if entity.kind not in ("foe", "spawn") else Answer("enemies")


def _is_done_to(person: Entity, clause: Clause) -> bool:
    """ "trip the kid": words before who is named that neither name nor point."""
    first = clause.words[0]
    return (
        len(clause.words) > 1
        and stem(first) not in person.words
        and not ({first} & (DETERMINERS | PREPOSITIONS | PRONOUNS | WH | AUXILIARIES) or first in ("old", "you", "hey"))
    )


_OF_ONE = {"we": "i", "us": "me", "are": "am", "shall": "will"}
"""A player of several cats is one cat."""
_ASSENTING = word_set("yes yeah yep sure ok okay alright right fine well oh of course please then so")


def _is_handled(feature: Entity, clause: Clause) -> bool:
    """A word before the name of a feature that is no word of any other kind: a verb nobody has thought of."""
    first = clause.words[0]
    return len(clause.words) > 1 and stem(first) not in feature.words and not is_known(first) and not clause.marked


def _best(clause: Clause, scope: Scope, only: Sequence[str] = (), sure: bool = False) -> Candidate | None:
    """The best of what the clause's verb can mean here."""
    found: list[Candidate] = []
    said = tuple(word for word in clause.said if word != ",")
    said = tuple(_OF_ONE.get(word, word) for word in said)
    said = said[next((at for at, word in enumerate(said) if word not in _ASSENTING), 0) :]
    whole = [verb for verb in hear(said) if verb.sense in _MANNERS or verb.length >= 3] if said != clause.words else []
    for verb in (*hear(clause.words), *whole):
        if (only and verb.sense not in only) or (sure and verb.sure < 1.0):
            continue
        for reader in READERS.get(verb.sense, ()):
            candidate = reader(verb, clause, scope)
            if candidate:
                found.append(_after_a_take(candidate if verb.sure == 1.0 else _doubted(candidate), verb))
    if not only:
        for extra in (
            abilities.by_name(clause, scope),
            _by_verb_of_an_ability(clause, scope),
            own_deeds.by_its_deed(clause, scope),
        ):
            if extra:
                found.append(extra)
    return choose(found)


def _after_a_take(candidate: Candidate, verb: Verb) -> Candidate:
    """ "drink the cream" that still lies here is two steps: once it is carried, only the second is left. A verb that
    may mean no more than taking has no second."""
    first = candidate.meanings[0]
    uses = isinstance(first, Deed) and first.tool in ("use_item", "equip")
    if not uses or verb.phrase in phrases_of("take") or verb.sense == "heal":
        return candidate
    return replace(candidate, first=candidate.first + 1)


def _doubted(candidate: Candidate) -> Candidate:
    """A slip of the keys leads to no guarded deed: it is asked whether it is meant."""
    guarded = tuple(m for m in candidate.meanings if isinstance(m, Deed) and m.tool in GUARDED)
    return replace(candidate, meanings=(Ask(guarded),)) if guarded else candidate


def _by_verb_of_an_ability(clause: Clause, scope: Scope) -> Candidate | None:
    if not clause.words:
        return None
    return abilities.shorthand(Verb("cast", "", clause.words[:1], clause.words[1:]), clause, scope)


def _shown(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    """ "show me …", "check …": a question in the form of an order."""
    word = bare(verb.rest, scope)
    known = (word,) if word else subjects_of(clause.said, scope, False, _LIKELY)
    return Candidate(0.75 + 0.02 * verb.length, known) if known else None


def _near(words: Sequence[str], scope: Scope) -> tuple[str, ...]:
    """The two nearest things it could have meant."""
    found = mention(words, scope, *looking.LOOKED_AT)
    entity = found.entities[0] if found.entities else None
    return nearest_phrases(entity, _kinds_mixed(scope), scope)


def _kinds_mixed(scope: Scope) -> tuple[Deed, ...]:
    """One deed of each kind that is possible."""
    firsts: dict[str, Deed] = {}
    for deed in affordances(scope):
        firsts.setdefault(deed.tool, deed)
    return tuple(firsts.values())


def _said(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    return looking.say(verb, clause, scope)


_MANNERS = ("greeting", "farewell", "thanks", "small-talk", "wish")

READERS: Mapping[str, tuple[Reader, ...]] = {
    "attack": (fighting.attack, fighting.spray, abilities.strike),
    "flee": (fleeing.flee,),
    "defend": (fighting.defend,),
    "hide": (fighting.hide,),
    "rest": (fighting.rest,),
    "move_to": (places.move,),
    "unlock": (places.unlock,),
    "try": (places.attempt,),
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
    "show": (_shown,),
    "wait": (looking.wait,),
    "emote": (looking.gesture,),
    "cannot": (looking.impossible,),
    **dict.fromkeys(("greeting", "farewell", "thanks", "small-talk", "wish"), (_said,)),
}
