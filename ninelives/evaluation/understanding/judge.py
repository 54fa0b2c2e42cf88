"""Whether a playthrough is what was wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from ninelives.evaluation.understanding.playing import Playthrough
from ninelives.evaluation.understanding.wants import LabelledWant, WantedDeed
from services.dm.domain.reading import Answer, Ask, Deed, Foreign, Refusal, Roleplay

Outcome = Literal["understood", "graceful", "wrong", "dead"]
OUTCOMES: tuple[Outcome, ...] = ("understood", "graceful", "wrong", "dead")
"""understood: the want holds · graceful: not that, but something of use, and nothing done that was not asked · wrong: a
deed that was not asked, or that must not be · dead: nothing of use."""


@dataclass(frozen=True)
class Match:
    """A way in which a want holds: the numbers of the steps it takes, and the first of them."""

    steps: frozenset[int]
    first: int


def judge(want: LabelledWant, played: Playthrough) -> Outcome:
    """The class of this playthrough."""
    if _is_forbidden(want, played):
        return "wrong"
    done = played.numbers("done")
    if any(done <= match.steps for match in matches(want, played)):
        return "understood"
    if not any(_asked(deeds, played, done) for deeds in _deeds(want)):
        return "wrong"
    return "graceful" if done or is_useful(played) else "dead"


COURTESIES = ("greeting", "farewell", "thanks", "small-talk")


def is_useful(played: Playthrough) -> bool:
    """Whether something was answered, asked, or refused with a reason that names what it is about."""
    return any(
        each.fate == "refused"
        or isinstance(each.meaning, Ask | Answer)
        or (isinstance(each.meaning, Refusal) and bool(_words_named(each.meaning)))
        for each in played.acted
    )


def matches(want: LabelledWant, played: Playthrough, refusable: bool = False) -> Iterator[Match]:
    """All ways in which a want holds, whatever else was done. `refusable`: a refusal is as good as its deeds."""
    match want.kind:
        case "any":
            assert want.any is not None
            refusable = refusable or any(part.kind == "refuse" for part in want.any)
            for part in want.any:
                yield from matches(part, played, refusable)
        case "all":
            assert want.all is not None
            for found in product(*(tuple(matches(part, played, refusable)) for part in want.all)):
                firsts = [each.first for each in found]
                if firsts == sorted(firsts):
                    yield Match(frozenset().union(*(each.steps for each in found)), firsts[0])
        case "do" | "talk":
            yield from _deeds_done(want, played, refusable)
            yield from _courtesies(want, played)
        case _:
            for number, each in enumerate(played.acted):
                if not isinstance(each.meaning, Deed) and _is_said(want, number, played):
                    yield Match(frozenset((number,)), number)


def _courtesies(want: LabelledWant, played: Playthrough) -> Iterator[Match]:
    """A greeting, thanks, small talk or a farewell to somebody: they answer with a line of theirs, as to a talk about
    nothing."""
    for number, each in enumerate(played.acted):
        meaning = each.meaning
        if not (isinstance(meaning, Roleplay) and meaning.manner in COURTESIES):
            continue
        if want.talk and not want.talk.topic and meaning.about == want.talk.npc:
            yield Match(frozenset((number,)), number)


def _is_said(want: LabelledWant, number: int, played: Playthrough) -> bool:
    """Whether this step, which is no deed, is what is wanted."""
    meaning = played.acted[number].meaning
    match want.kind:
        case "answer":
            return isinstance(meaning, Answer) and _answers(want.answer or "", meaning, played)
        case "ask":
            return isinstance(meaning, Ask) and all(_is_offered(option, meaning, played) for option in want.ask or ())
        case "refuse":
            named = (
                not want.names or _says(want.names, _words_named(meaning)) if isinstance(meaning, Refusal) else False
            )
            return isinstance(meaning, Refusal) and meaning.reason == want.refuse and named
        case "roleplay":
            return isinstance(meaning, Roleplay) and meaning.manner != "murmur"
        case "language":
            return isinstance(meaning, Foreign) and meaning.language == want.language
    return False


def _answers(subject: str, meaning: Answer, played: Playthrough) -> bool:
    name, _, about = subject.partition(":")
    if meaning.subject != name:
        return False
    return played.same(about, meaning.about) if about and meaning.about else not about


def _is_offered(option: str, meaning: Ask, played: Playthrough) -> bool:
    tool, *ids = option.split(":")
    return any(
        deed.tool == tool
        and all(any(value and played.same(id, value) for value in deed.arguments.values()) for id in ids)
        for deed in meaning.options
    )


def _words_named(meaning: Refusal) -> str:
    """The words that the reply names: what was looked for, and what the refused deed is about."""
    about = meaning.deed.arguments.values() if meaning.deed else ()
    return " ".join((meaning.looked_for, *(str(value).replace("-", " ") for value in about if value)))


def _says(alternatives: str, text: str) -> bool:
    return any(words.casefold() in text.casefold() for words in alternatives.split("|"))


def _deeds_done(want: LabelledWant, played: Playthrough, refusable: bool) -> Iterator[Match]:
    """The deeds wanted, each by a step of its own; then those that came `then`, done or named as still to do."""
    able = played.numbers("done", "refused", "left")
    if not refusable:
        able = frozenset(n for n in able if played.acted[n].fate == "done" or _is_ruled_out(want.deeds, n, played))
    free = want.order == "free"
    for steps in _assign(want.deeds, played, able, free):
        later = _follow(want.then, played, steps, free)
        if later is not None:
            yield Match(frozenset((*steps, *later)), min(steps, default=len(played.acted)))


def _is_ruled_out(wanted: Sequence[WantedDeed], number: int, played: Playthrough) -> bool:
    """Whether the rules refuse the very deed that is wanted, with nothing in it that was chosen by the reader."""
    acted = played.acted[number]
    given = {name for name, value in acted.deed.arguments.items() if value} if acted.deed else set()
    return acted.fate == "refused" and any(
        _is_deed(deed, number, played) and given <= deed.args.keys() for deed in wanted
    )


def _assign(
    wanted: Sequence[WantedDeed], played: Playthrough, able: frozenset[int], free: bool
) -> Iterator[tuple[int, ...]]:
    """Every way to give each deed a step of its own, in their order or in any."""
    if not wanted:
        yield ()
        return
    for number in sorted(able):
        if _is_deed(wanted[0], number, played):
            rest = able - {number} if free else frozenset(other for other in able if other > number)
            for more in _assign(wanted[1:], played, rest, free):
                yield (number, *more)


def _follow(
    wanted: Sequence[WantedDeed], played: Playthrough, before: tuple[int, ...], free: bool
) -> tuple[int, ...] | None:
    """The steps of the deeds that were asked for besides; None when one of them was dropped in silence."""
    numbers: list[int] = []
    open_ = played.numbers("done", "refused", "left", "said") - set(before)
    for deed in wanted:
        tried = [number for number in sorted(open_ - set(numbers)) if _is_tried(deed, number, played)]
        after = [number for number in tried if free or number > max((*before, *numbers), default=-1)]
        if after:
            numbers.append(after[0])
        elif not any(isinstance(a.meaning, Roleplay) and a.meaning.manner == "later" for a in played.acted):
            return None
    return tuple(numbers)


def _is_tried(wanted: WantedDeed, number: int, played: Playthrough) -> bool:
    """Whether this step is the deed, or says why it is not done."""
    meaning = played.acted[number].meaning
    refused = meaning.deed if isinstance(meaning, Refusal) else None
    return _is_deed(wanted, number, played) or (refused is not None and _is_like(wanted, refused, played))


def _is_deed(wanted: WantedDeed, number: int, played: Playthrough) -> bool:
    deed = played.acted[number].deed
    return deed is not None and _is_like(wanted, deed, played)


def _is_like(wanted: WantedDeed, deed: Deed, played: Playthrough) -> bool:
    return wanted.tool == deed.tool and all(
        any(
            _fits(value, deed.arguments.get(name), played)
            for value in (values if isinstance(values, tuple) else (values,))
        )
        for name, values in wanted.args.items()
    )


def _fits(wanted: str | None, given: str | None, played: Playthrough) -> bool:
    return wanted == given or (wanted is not None and given is not None and played.same(wanted, given))


def _is_forbidden(want: LabelledWant, played: Playthrough) -> bool:
    tried = [each.meaning.tool for each in played.acted if isinstance(each.meaning, Deed) and each.fate != "left"]
    return any(tool in want.never or "*" in want.never for tool in tried)


def _deeds(want: LabelledWant) -> Iterator[tuple[WantedDeed, ...]]:
    """The deeds of every reading that would be right."""
    if want.any:
        for part in want.any:
            yield from _deeds(part)
    elif want.all:
        for parts in product(*(tuple(_deeds(part)) for part in want.all)):
            yield tuple(deed for part in parts for deed in part)
    else:
        yield (*want.deeds, *want.then)


def _asked(wanted: Sequence[WantedDeed], played: Playthrough, done: frozenset[int]) -> bool:
    """Whether each deed that was done is one of these, each but once."""
    if not done:
        return True
    number = min(done)
    if _is_small_talk(wanted, number, played):
        return _asked(wanted, played, done - {number})
    return any(
        _is_deed(deed, number, played) and _asked((*wanted[:at], *wanted[at + 1 :]), played, done - {number})
        for at, deed in enumerate(wanted)
    )


def _is_small_talk(wanted: Sequence[WantedDeed], number: int, played: Playthrough) -> bool:
    """A talk about nothing with somebody who was to be talked to about something."""
    meaning = played.acted[number].meaning
    return (
        isinstance(meaning, Deed)
        and meaning.tool == "talk"
        and not meaning.arguments.get("topic")
        and any(deed.tool == "talk" and deed.args.get("npc") == meaning.arguments["npc"] for deed in wanted)
    )
