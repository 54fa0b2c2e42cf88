"""A deed told by a noun or a bare verb of being, in the words of its verb: "give it a hard blow" is "hit it"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.english.function_words import DETERMINERS, PREPOSITIONS, PRONOUNS
from services.dm.domain.reading.naming import resolve
from services.dm.domain.reading.objects import meaningful
from services.dm.domain.reading.people import last_spoken_with
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.verbs import begins_with_verb, is_verb

Words = tuple[str, ...]
_GIVING = word_set("give deal land deliver fetch strike aim throw make gave gives")
_BLOWS = word_set(
    "blow blows kick punch slap smack whack thump hit swipe slash stab bash jab bite scratch clout wallop"
)
_FULL_OF = word_set("faceful mouthful eyeful dose taste blast snootful")
_HAVING = word_set("have take give do make get")
_POINTS = word_set("point points level choice")
_GOING = word_set("go goes going")
_INTO = word_set("on in into to towards toward")
_AT = word_set("in to at on into onto against")


def reword(clause: Clause, scope: Scope) -> Clause | None:
    """The clause with the verb that its noun stands for; None where there is none."""
    for way in _WAYS:
        words = way(clause.words, scope)
        if words:
            return replace(clause, words=words)
    return None


def _with_what_is_used(words: Words, scope: Scope) -> Words | None:
    """ "use the stick to hit it": hit it with the stick."""
    if words[:1] not in (("use",), ("using",), ("grab",), ("take",)) or "to" not in words[2:-1]:
        return None
    at = words.index("to", 2)
    if not begins_with_verb(words[at + 1 :]):
        return None
    return (*words[at + 1 :], "with", *words[1:at])


def _blow(words: Words, scope: Scope) -> Words | None:
    """ "give a very strong blow to the machine", "deal it a hard kick": hit it."""
    if not words or words[0] not in _GIVING:
        return None
    at = next((at for at, word in enumerate(words) if word in _BLOWS and at > 1), 0)
    article = next((i for i in range(at - 1, 0, -1) if words[i] in ("a", "an", "one", "another", "some")), 0)
    if not at or not article:
        return None
    whom, rest = words[1:article], words[at + 1 :]
    if not meaningful(whom) and not PRONOUNS & set(whom):
        return ("hit", *(rest[1:] if rest[:1] and rest[0] in _AT else rest)) if rest else None
    return ("hit", *whom, *rest)


def _faceful(words: Words, scope: Scope) -> Words | None:
    """ "give the first one a face full of the bottle": hit it with the bottle."""
    if not words or words[0] not in _GIVING or "of" not in words:
        return None
    at = words.index("of")
    article = next((i for i in range(at - 1, 0, -1) if words[i] in ("a", "an", "another")), 0)
    full = words[at - 1] in _FULL_OF or words[at - 2 : at] in (("face", "full"), ("mouth", "full"))
    return ("hit", *words[1:article], "with", *words[at + 1 :]) if article > 1 and full else None


def _point(words: Words, scope: Scope) -> Words | None:
    """ "the level point can go on brains": put the point on it."""
    at = next((at for at, word in enumerate(words) if word in _GOING), 0)
    if not at or not _POINTS & set(words[:at]) or words[at + 1 : at + 2] not in [(word,) for word in _INTO]:
        return None
    return ("put", "the", "point", "in", *words[at + 2 :])


def is_for(words: Words, scope: Scope) -> Words | None:
    """ "one is for you, Nil": give Nil one."""
    at = next((at for at in range(1, len(words) - 2) if words[at : at + 2] == ("is", "for")), 0)
    if not at or words[0] in ("what", "who", "which", "where"):
        return None
    whom = words[at + 2 :]
    named = resolve(whom, scope, "person")
    if named.one and (named.named or whom[0] in ("him", "her")):
        return ("give", *words[:at], "to", *_name(named.one.name))
    alone = scope.of("person")
    if whom[0] != "you" or len(alone) != 1:
        return None
    return ("give", *words[:at], "to", *_name(alone[0].name))


def _name(name: str) -> Words:
    return tuple(name.casefold().split())


def _light(words: Words, scope: Scope) -> Words | None:
    """ "have a feel under the blanket": feel under it."""
    if len(words) < 4 or words[0] not in _HAVING or words[1] not in ("a", "an", "another", "one"):
        return None
    at = 3 if words[2] in ("quick", "good", "little", "proper", "careful", "long", "close") else 2
    if not is_verb(words[at]) or words[at + 1 : at + 2] not in [(word,) for word in PREPOSITIONS]:
        return None
    return words[at:] if words[at] not in DETERMINERS else None


def _lay_before(words: Words, scope: Scope) -> Words | None:
    """ "lay the paper at her paws", "hold it up to the grille": give it to whoever that is."""
    if words[:1] not in _LAYING:
        return None
    at = next((at for at in range(2, len(words) - 1) if words[at] in _BEFORE), 0)
    rest = words[at + 1 :]
    rest = rest[: rest.index(",")] if "," in rest else rest
    if not at or not rest:
        return None
    theirs = rest[-1] in _PAWS and (rest[0] in ("her", "his", "their") or "'s" in rest)
    named = resolve(rest[: rest.index("'s")] if "'s" in rest else rest, scope, "person")
    person = named.one if named.named else last_spoken_with(scope) if theirs else None
    if person is None or not (theirs or (named.score >= _SURE and rest[0] not in PRONOUNS)):
        return None
    thing = tuple(word for word in words[1:at] if word not in ("up", "down", "out", "in", "front"))
    return ("give", *thing, "to", *_name(person.name)) if meaningful(thing) or PRONOUNS & set(thing) else None


_LAYING = tuple(
    (word,) for word in ("drop", "drops", "lay", "lays", "put", "place", "set", "leave", "hold", "push", "slide")
)
_BEFORE = word_set("at before beside under to towards near of")
_PAWS = word_set("paws paw feet foot nose toes forepaws")
_SURE = 0.8


def _heave(words: Words, scope: Scope) -> Words | None:
    """ "give the hatch a tug": tug the hatch."""
    if len(words) < 4 or words[0] not in ("give", "gave") or words[-2] not in ("a", "another"):
        return None
    found = resolve(words[1:-2], scope, "feature", "way")
    if words[-1] not in _HEAVES or not found.named:
        return None
    return ("open" if found.entities[0].kind == "way" else words[-1], *words[1:-2])


_HEAVES = word_set("tug push pull shove kick turn twist spin yank bash smack nudge crank wind heave wrench lick sniff")


_WAYS: Sequence[Callable[[Words, Scope], Words | None]] = (
    _with_what_is_used,
    _blow,
    _faceful,
    _heave,
    _lay_before,
    _point,
    is_for,
    _light,
)
