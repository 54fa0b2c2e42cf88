"""An action taken apart: what is to be done, in order, and what is not to be taken at its word."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from services.dm.domain.english.names import NameWord, mark_names
from services.dm.domain.english.stems import NEVER_NAMES
from services.dm.domain.english.tokens import fold, written_out
from services.dm.domain.english.verbs import SpottedVerb, find_misspelt, verb_at, verbs_in
from services.dm.domain.english.word_lists import word_set

_SPOKEN = re.compile(r'"([^"]*)"|(?<![a-z0-9])\'([^\']{2,}?)\'(?![a-z0-9])')
_BREAKS = re.compile(r"[.;:!?\n,()\[\]{}<>|–—]+|\s-+\s")
_NEVER = word_set("not never without refuse refuses avoid stop stops neither nor cease decline")
_OTHERWISE = "or"
_HYPOTHETICAL = frozenset(("if", "when", "once", "unless", "whenever", "imagine", "suppose"))
_ASKING = word_set("what where who whom whose which why how is are does did should was were")
_ASKS_OTHERS = frozenset(("talk", "persuade", "give"))
_JOINTS = word_set("and then but while before after also afterwards plus")


@dataclass(frozen=True)
class Clause:
    """One thing an action says. `said` are its words, `spoken` what it puts in quotes."""

    said: tuple[str, ...]
    spoken: str = ""
    verb: SpottedVerb | None = None
    negated: bool = False
    asking: bool = False
    conditional: bool = False
    joined: bool = False
    """Whether it continues the clause before it ("take the fish and the wire")."""

    @property
    def before(self) -> tuple[str, ...]:
        return self.said[: self.verb.start] if self.verb else ()

    @property
    def after(self) -> tuple[str, ...]:
        return self.said[self.verb.end :] if self.verb else self.said


def split_clauses(action: str, names: tuple[str, ...] = ()) -> tuple[Clause, ...]:
    """Split an action into clauses, each with the verb that says best what is meant. Nothing inside one of `names`
    is taken for a verb or a joint."""
    found: list[Clause] = []
    supposed = False
    for chunk, spoken, mark in _chunks(_without_marks_in_names(fold(action), names)):
        for position, (said, joint) in enumerate(_segments(mark_names(written_out(chunk), names))):
            if said[0] in _HYPOTHETICAL:
                supposed = position == 0 and bool(verbs_in(said))
                found.append(Clause(said=said, conditional=True))
                continue
            if supposed:
                supposed = False
                continue
            clause = _clause(said, spoken, asking=_is_question(said, mark))
            found.append(_continued(clause, found[-1] if joint and found else None))
            spoken = ""
    return tuple(found)


def _is_question(said: tuple[str, ...], mark: str) -> bool:
    return said[0] in _ASKING or (said[0] == "do" and "?" in mark)


def _chunks(text: str) -> list[tuple[str, str, str]]:
    """Stretches between punctuation, each with what was said aloud in it and the mark that ends it."""
    spoken: list[str] = []

    def put_aside(match: re.Match[str]) -> str:
        spoken.append(match.group(1) or match.group(2) or "")
        return f" quoted{len(spoken) - 1}quoted "

    text = _SPOKEN.sub(put_aside, text)
    pieces = re.split(f"({_BREAKS.pattern})", text)
    chunks = []
    for piece, mark in zip(pieces[::2], [*pieces[1::2], ""], strict=False):
        aloud = " ".join(spoken[int(n)] for n in re.findall(r"quoted(\d+)quoted", piece))
        chunks.append((re.sub(r"quoted\d+quoted", " ", piece), aloud, mark))
    return _with_speech_attached(chunks)


def _without_marks_in_names(text: str, names: tuple[str, ...]) -> str:
    """ "A Sunbeam, Slightly Used" is one thing, whatever its comma says."""
    for name in names:
        if _BREAKS.search(name):
            text = text.replace(fold(name), " ".join(written_out(name)))
    return text


def _with_speech_attached(chunks: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """A quotation on its own belongs to the words before it ("I say: "hello""), else to those after it."""
    joined: list[tuple[str, str, str]] = []
    waiting = ""
    for text, aloud, mark in chunks:
        if text.strip():
            joined.append((text, f"{waiting} {aloud}".strip(), mark))
            waiting = ""
        elif aloud and joined:
            before, earlier, _ = joined[-1]
            joined[-1] = (before, f"{earlier} {aloud}".strip(), mark)
        else:
            waiting = f"{waiting} {aloud}".strip()
    return [*joined, ("say", waiting, "")] if waiting else joined


def _segments(said: tuple[str, ...]) -> list[tuple[tuple[str, ...], bool]]:
    """Cut a stretch at the joints between its clauses; what comes after an "or" is only a thought."""
    segments: list[tuple[list[str], bool]] = [([], False)]
    at = 0
    while at < len(said):
        word = said[at]
        current = segments[-1][0]
        if isinstance(word, NameWord):
            current.append(word)
        elif word in _JOINTS:
            segments.append(([], True))
        elif word == _OTHERWISE:
            break
        elif word in ("instead", "rather") and said[at + 1 : at + 2] in (("of",), ("than",)):
            segments.append((["not"], False))
            at += 1
        elif word == "without" and current:
            segments.append((["not"], False))
        elif _new_subject(said, at, current) or _purpose(said, at, current) or (word in _HYPOTHETICAL and current):
            segments.append(([word], False))
        else:
            current.append(word)
        at += 1
    return [(tuple(words_), joint) for words_, joint in segments if words_ and set(words_) - {"to"}]


def _new_subject(said: tuple[str, ...], at: int, current: list[str]) -> bool:
    starts = said[at] == "i" and at + 1 < len(said)
    return starts and bool(verbs_in(tuple(current))) and current[0] not in _ASKING


def _purpose(said: tuple[str, ...], at: int, current: list[str]) -> bool:
    """ "go to the market TO BUY fish": a second deed, unless the first verb is only a way of saying it."""
    if said[at] != "to" or not verb_at(said, at + 1):
        return False
    sofar = verbs_in(tuple(current))
    if not sofar or sofar[-1].end == len(current) or sofar[-1].verb.kind in _ASKS_OTHERS:
        return False
    return not sofar[-1].verb.weak or sofar[-1].verb.kind == "move"


def _clause(said: tuple[str, ...], spoken: str, *, asking: bool) -> Clause:
    spotted = verbs_in(said) or find_misspelt(said)
    verb = next((s for s in spotted if not s.verb.weak), spotted[0] if spotted else None)
    first = spotted[0] if spotted else None
    if verb is not first and first and not _leads_to(said, first, verb):
        verb = first
    negated = bool(_NEVER.intersection(said[: verb.start] if verb else said))
    return Clause(said=said, spoken=spoken, verb=verb, negated=negated, asking=asking)


def _leads_to(said: tuple[str, ...], weak: SpottedVerb, verb: SpottedVerb | None) -> bool:
    """Whether a weak verb is only the way to a better one: "go attack", "use the wrench to force"."""
    if verb is None:
        return False
    between = said[weak.end : verb.start]
    return all(word in NEVER_NAMES for word in between) or between[-1] == "to"


def _continued(clause: Clause, before: Clause | None) -> Clause:
    if clause.verb or not before or not before.verb:
        return clause
    said = (*before.said[: before.verb.end], *clause.said)
    return replace(clause, said=said, verb=before.verb, negated=before.negated, joined=True)
