"""Resolving a noun phrase: by name, alias, kind, adjective, ordinal, pronoun, superlative, everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.english.function_words import (
    CARDINALS,
    DETERMINERS,
    EVERYTHING,
    FILLERS,
    ORDINALS,
    PREPOSITIONS,
    PRONOUNS,
    SUPERLATIVES,
)
from services.dm.domain.reading.english.thesaurus import ENEMY_WORDS, FEATURE_WORDS, PERSON_WORDS, SYNONYMS
from services.dm.domain.reading.entities import Entity, content_of, is_feminine, is_masculine
from services.dm.domain.reading.lexing import tokens
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import nearest, stem
from services.dm.domain.reading.stature import extreme
from services.dm.domain.reading.verbs import is_known

ENOUGH = 0.36
"""The least score at which a phrase names something: one word of its description."""
ALIKE = 0.07
WHOLE_NAME = 1.1
"""The score of a name that is said as it is written."""
_SYNONYM, _GENERIC = 0.8, 0.6
_GENERIC_WORDS = {
    **dict.fromkeys(("foe", "spawn", "fallen"), frozenset(stem(w) for w in ENEMY_WORDS.split())),
    "person": frozenset(stem(w) for w in PERSON_WORDS.split()),
    "feature": frozenset(FEATURE_WORDS.split()),
    "find": word_set("object loot"),
    "item": word_set("object"),
    "quest": word_set("quest job mission task work offer form deal"),
    "offer": word_set("quest job mission task work offer form line dotted deal contract gig"),
    "way": word_set("door exit way passage"),
    "place": frozenset(),
}
_SAME_NUMBER = {
    number: [word for word, other in ORDINALS.items() if other == number] for number in set(ORDINALS.values())
}
_ALIVE = word_set("person foe fallen spawn")
_GATHERED = word_set("find item ware foe spawn offer")
_COUNTED = word_set("foe fallen spawn ware offer")
_DISTANCE = word_set("other another left right last latter remaining nearest nearby closest")
_EMPTY_HEADS = word_set("thing stuff one something anything item place room area spot")
_SILENT = (
    DETERMINERS | EVERYTHING | PRONOUNS | PREPOSITIONS | FILLERS | _DISTANCE | _EMPTY_HEADS | CARDINALS.keys()
    | {"both", "'s", ",", "number", "no", "which", "do", "does"}
)  # fmt: skip


@dataclass(frozen=True)
class Reference:
    """What a phrase may mean. Several entities are alike near, unless `all` of them are meant."""

    entities: tuple[Entity, ...] = ()
    score: float = 0.0
    phrase: str = ""
    all: bool = False
    named: bool = False
    """Whether a word of the phrase itself, not only a pronoun or the lack of others, leads to it."""
    quantity: int = 1

    @property
    def one(self) -> Entity | None:
        return self.entities[0] if len(self.entities) == 1 else None


@dataclass(frozen=True)
class Phrase:
    """A noun phrase taken apart."""

    content: tuple[str, ...]
    pronoun: str = ""
    ordinal: int = 0
    other: str = ""
    superlative: str = ""
    every: bool = False
    quantity: int = 1
    text: str = ""


def take_apart(words: Sequence[str], measured: bool = True) -> Phrase:
    text = " ".join(words)
    superlative, words = _superlative(list(words)) if measured else ("", list(words))
    every = bool(EVERYTHING & set(words)) or "both" in words
    quantity = next((CARDINALS[word] for word in words if word in CARDINALS), 1)
    ordinal = next((ORDINALS[word.lstrip("#")] for word in words if word.lstrip("#") in ORDINALS and word != "one"), 0)
    other = next((word for word in words if word in _DISTANCE), "")
    pronoun = next((word for word in words if word in PRONOUNS), "")
    if every:
        words = words[
            : next((at for at, word in enumerate(words) if word in ("that", "which", "not", "i") and at), len(words))
        ]
    content = tuple(word for word in words if word not in _SILENT and not is_adverb(word))
    content = tuple(w for w in content if not w.isdigit() or w in ORDINALS) or content
    return Phrase(content, pronoun, ordinal, other, superlative, every, quantity, text)


def is_adverb(word: str) -> bool:
    """ "closely": how it is done, and nothing that it is done to."""
    return word.endswith("ly") and len(word) > 4 and word not in _NO_ADVERBS and word not in SYNONYMS


_NO_ADVERBS = word_set("jelly belly family reply supply bully holly ally molly dolly billy lily rally")


def _superlative(words: list[str]) -> tuple[str, list[str]]:
    for size in (2, 1):
        for at in range(len(words) - size + 1):
            if measure := SUPERLATIVES.get(" ".join(words[at : at + size])):
                return measure, words[:at] + words[at + size :]
    return "", words


def resolve(words: Sequence[str], scope: Scope, *kinds: str, among: Sequence[Entity] | None = None) -> Reference:
    """The entities of these kinds that the words mean, best first; none when nothing is like them."""
    pool = tuple(among) if among is not None else scope.of(*kinds)
    if not words or not pool:
        return Reference(phrase=" ".join(words))
    phrase = take_apart(words)
    if phrase.superlative and not extreme(pool, phrase.superlative):
        phrase = take_apart(words, measured=False)
    found, score = _by_any_name(phrase, pool, scope)
    named = bool(found) and score > 0
    if not found and not _content(phrase, pool):
        found, score = _without_words(phrase, pool, scope)
    if not found:
        return Reference(phrase=phrase.text)
    found = _narrowed(found, phrase, scope)
    plural = phrase.every or (
        "one" not in words
        and phrase.pronoun in ("them", "those", "these", "em", "they")
        and not phrase.content
        and len(found) > 1
    )
    return Reference(found, score, phrase.text, plural and len(found) > 1, named, max(1, phrase.quantity))


def _by_any_name(phrase: Phrase, pool: tuple[Entity, ...], scope: Scope) -> tuple[tuple[Entity, ...], float]:
    """What the words name, and how well. Asked again for every verb that a clause may have."""
    key = (phrase, pool)
    if key not in scope.mentions:
        whole = _by_whole_name(phrase.text, pool)
        scope.mentions[key] = (whole, WHOLE_NAME) if whole else _by_words(phrase, pool, scope)
    found: tuple[tuple[Entity, ...], float] = scope.mentions[key]
    return found


def _by_whole_name(text: str, pool: Sequence[Entity]) -> tuple[Entity, ...]:
    """Whose name is in the words as it is written; of several the longest."""
    said = f" {text} "
    called = [
        (len(name), entity) for entity in pool for name in map(whole_name, entity.names) if name and f" {name} " in said
    ]
    longest = max((size for size, _ in called), default=0)
    return tuple(dict.fromkeys(entity for size, entity in called if size == longest))


@cache
def whole_name(name: str) -> str:
    """A name as it is read: without its article and its marks."""
    words = [word for word in tokens(name) if word != ","]
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def _content(phrase: Phrase, pool: Sequence[Entity]) -> tuple[str, ...]:
    """Content words, and an ordinal where it is part of a name ("Dryer Nine")."""
    number = next((w for w in phrase.text.split() if w in ORDINALS), "")
    if number and phrase.ordinal:
        names = {w for w, n in ORDINALS.items() if n == phrase.ordinal}
        if any(names & entity.words.keys() for entity in pool if entity.kind != "foe"):
            return (*phrase.content, number) if number not in phrase.content else phrase.content
    return tuple(word for word in phrase.content if word not in ORDINALS)


def _by_words(phrase: Phrase, pool: Sequence[Entity], scope: Scope) -> tuple[tuple[Entity, ...], float]:
    content = _content(phrase, pool)
    if not content:
        return (), 0.0
    ranked = [(likeness(content, entity), entity) for entity in pool]
    best = max(score for score, _ in ranked)
    if best < 0.75 and (mended := _mended(content, pool, scope)) != content:
        other = [(likeness(mended, entity) * 0.95, entity) for entity in pool]
        if max(score for score, _ in other) > best:
            ranked, best = other, max(score for score, _ in other)
    if best < ENOUGH:
        return (), 0.0
    return tuple(entity for score, entity in sorted(ranked, key=lambda r: -r[0]) if score >= best - ALIKE), best


def likeness(content: Sequence[str], entity: Entity) -> float:
    """0 … 1.1: how well these words name this entity; the last of them weighs double."""
    worths = [worth_of(word, entity) for word in content]
    score = (sum(worths) + worths[-1]) / (len(worths) + 1)
    if min(worths) >= 0.85 and set(content_of(entity.name)) <= {stem(w) for w in content}:
        score += 0.1
    elif len(content) == 1 and content_of(entity.name)[-1:] == (stem(content[0]),):
        score += ALIKE + 0.01
    return score


def is_all_of_it(words: Sequence[str], entity: Entity) -> bool:
    """Whether every telling word of these is one that this goes by."""
    return all(worth_of(word, entity) > 0.0 for word in take_apart(words).content)


def worth_of(word: str, entity: Entity) -> float:
    base = stem(word)
    direct = max(entity.words.get(base, 0.0), entity.words.get(word, 0.0))
    if direct > _SYNONYM:
        return direct
    if word in ORDINALS and entity.kind != "foe":
        for number_word in _SAME_NUMBER[ORDINALS[word]]:
            if entity.words.get(number_word, 0.0) >= 0.8:
                return entity.words[number_word]
    like = max((entity.words.get(other, 0.0) for other in means(word)), default=0.0)
    if like or direct:
        return max(direct, like * _SYNONYM)
    return _GENERIC if base in _GENERIC_WORDS.get(entity.kind, ()) else 0.0


@cache
def means(word: str) -> tuple[str, ...]:
    """The words a player's word may stand for, in the singular."""
    return tuple({stem(other) for other in SYNONYMS.get(stem(word), SYNONYMS.get(word, ()))})


def _mended(content: Sequence[str], pool: Sequence[Entity], scope: Scope) -> tuple[str, ...]:
    """The words with slips of the keys put right, by what is in scope."""
    vocabulary = {word: None for entity in pool for word, weight in entity.words.items() if weight >= 0.6}
    run_together = {"".join(name): name for entity in pool if len(name := content_of(entity.name)) == 2}
    words: list[str] = []
    rest = list(content)
    while rest:
        joined = stem("".join(rest[:2]))
        if len(rest) > 1 and stem(rest[0]) not in vocabulary and joined in vocabulary:
            words.append(joined)
            del rest[:2]
            continue
        word = rest.pop(0)
        whole, sure = nearest(word, run_together) if len(word) > 6 else ("", 0.0)
        words += (
            run_together[whole]
            if sure >= 0.7
            else [word]
            if stem(word) in scope.vocabulary
            else _respelt(word, vocabulary)
        )
    return tuple(words)


def _respelt(word: str, vocabulary: Mapping[str, None]) -> list[str]:
    base = stem(word)
    if base in vocabulary or word in vocabulary or is_known(word):
        return [word]
    for cut in range(3, len(word) - 2):
        if word[:cut] in vocabulary and stem(word[cut:]) in vocabulary:
            return [word[:cut], word[cut:]]
    known, score = max(nearest(base, vocabulary), nearest(word, vocabulary), key=lambda found: found[1])
    if score >= 0.7:
        return [known]
    other, score = nearest(
        word, (key for key, means in SYNONYMS.items() if key[0] == word[0] and not means.isdisjoint(vocabulary))
    )
    return [other] if score >= 0.7 else [word]


def _without_words(phrase: Phrase, pool: Sequence[Entity], scope: Scope) -> tuple[tuple[Entity, ...], float]:
    """What a pronoun, an ordinal, a superlative or "everything" means of these."""
    if (
        phrase.every
        and (people := {"everyone", "everybody", "all", "both", "each"} & set(phrase.text.split())) is not None
    ):
        return tuple(entity for entity in pool if entity.kind in _GATHERED or (people and entity.kind == "person")), 0.8
    if phrase.superlative:
        return extreme([entity for entity in pool if entity.kind != "fallen"], phrase.superlative), 0.8
    if phrase.pronoun in ("them", "they", "those", "these", "em"):
        foes = tuple(entity for entity in pool if entity.kind in ("foe", "spawn"))
        return (
            (foes, 0.75)
            if foes
            else (_antecedents(phrase.pronoun, [e for e in pool if e.kind != "feature"], scope), 0.7)
        )
    if phrase.ordinal or phrase.other:
        counted = tuple(entity for entity in pool if entity.kind in _COUNTED)
        return counted, 0.7
    if phrase.pronoun:
        found = _antecedents(phrase.pronoun, pool, scope)
        spoken = any(entity in scope.recent or entity in scope.spoken_of for entity in found)
        sure = spoken or any(entity.kind in ("foe", "person") for entity in found)
        return found if found[1:] and found[0].kind == "foe" else found[:1], 0.7 if sure else 0.45
    return (), 0.0


def _antecedents(pronoun: str, pool: Sequence[Entity], scope: Scope) -> tuple[Entity, ...]:
    if scope.absent and pronoun in ("it", "them", "that"):
        return ()
    fits = _FITS.get(pronoun, _always)
    able = [entity for entity in pool if fits(entity)]
    foes = [entity for entity in able if entity.kind == "foe"]
    if (
        scope.fighting
        and pronoun in ("it", "that", "him", "her")
        and not {*scope.recent[:1], *_living(scope)} & set(able)
    ):
        aimed = [entity for entity in scope.spoken_of if entity in foes] or (foes if len(foes) == 1 else [])
        if aimed or not foes:
            return tuple(aimed[:1])
        return tuple(foes)
    if scope.recent and pronoun == "it" and not set(scope.recent[:3]) & set(able):
        return ()
    for spoken in (scope.recent, scope.spoken_of):
        if found := [entity for entity in spoken if entity in able]:
            return (found[0],)
    plainly = [entity for entity in able if entity.kind == "person" and _IS_PLAINLY.get(pronoun, _never)(entity)]
    alone = [entity for entity in able if entity.kind in ("foe", "spawn")] or plainly or able
    return tuple(alone) if len(alone) == 1 else ()


def _living(scope: Scope) -> list[Entity]:
    """What was spoken of last that is no tool of one's own."""
    return [entity for entity in scope.recent if entity.kind not in ("ability", "item", "stat")][:1]


def _is_he(entity: Entity) -> bool:
    return entity.kind != "person" or is_masculine(entity.thing) or not is_feminine(entity.thing)


def _is_she(entity: Entity) -> bool:
    return entity.kind != "person" or is_feminine(entity.thing) or not is_masculine(entity.thing)


_FITS: dict[str, Callable[[Entity], bool]] = {
    **dict.fromkeys(("him", "he", "his", "himself"), lambda entity: entity.kind in _ALIVE and _is_he(entity)),
    **dict.fromkeys(("her", "she", "herself"), lambda entity: entity.kind in _ALIVE and _is_she(entity)),
    "it": lambda entity: entity.kind != "person",
}


def _never(entity: Entity) -> bool:
    return False


def _always(entity: Entity) -> bool:
    return True


_IS_PLAINLY: dict[str, Callable[[Entity], bool]] = {
    **dict.fromkeys(("him", "he", "his"), lambda entity: is_masculine(entity.thing)),
    **dict.fromkeys(("her", "she", "hers"), lambda entity: is_feminine(entity.thing)),
}


def _narrowed(found: tuple[Entity, ...], phrase: Phrase, scope: Scope) -> tuple[Entity, ...]:
    if len(found) < 2:
        return found
    if phrase.superlative:
        return extreme([entity for entity in found if entity.kind != "fallen"], phrase.superlative) or found
    counted = [entity for entity in found if entity.order == phrase.ordinal]
    if phrase.ordinal and counted and {entity.kind for entity in found} <= {"foe", "fallen"}:
        return tuple(counted[:1])
    if phrase.other in ("other", "another", "remaining", "latter"):
        last = next((entity for entity in (*scope.recent, *scope.spoken_of) if entity in found), None)
        return tuple(entity for entity in found if entity is not last) if last else found
    if phrase.other == "last":
        return found[-1:]
    return found
