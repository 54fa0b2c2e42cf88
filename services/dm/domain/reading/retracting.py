"""A change of mind: reading precedes acting, so what is taken back is not done unless something says it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.english.function_words import DETERMINERS, FILLERS, PREPOSITIONS, PRONOUNS
from services.dm.domain.reading.english.manners import MANNERS
from services.dm.domain.reading.verbs import begins_with_verb, hear

_NO = word_set("no nope nah noo")
_HESITATING = frozenset((",",)) | word_set(
    "wait hmm hm oh uh um er ah hold on stop sorry or actually well ok okay and but do not dont please"
)
_TAKING_BACK = (
    "scratch that", "on second thought", "on second thoughts", "never mind that", "forget that", "strike that",
    "cancel that", "belay that", "actually do not", "wait do not", "changed my mind", "i changed my mind",
    "i take that back",
)  # fmt: skip
_KEPT = word_set("keep leave save spare")
_NO_VERB = frozenset(MANNERS)


def without_what_is_taken_back(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses; those taken back are marked as withdrawn, and a name after them stands in their place."""
    found: list[Clause] = []
    replaced: Clause | None = None
    for at, clause in enumerate(clauses):
        before = clauses[at - 1] if at else None
        ahead = clauses[at + 1] if at + 1 < len(clauses) else None
        rest = _after_a_no(clause, before, ahead)
        alternative = _alternative(clause, ahead) if rest is None else None
        if rest is not None and _is_kept(rest or (ahead.words if ahead else ())):
            found = _withdrawn(found, (*rest, *(ahead.words if ahead and not rest else ())))
            found.append(replace(clause, negated=True, correction=False, words=rest, question=False, marked=False))
            replaced = None
        elif rest is not None:
            marked = _withdrawn(found, ())
            gone = [c for c, old in zip(marked, found, strict=True) if c.withdrawn and not old.withdrawn]
            replaced = next((c for c in reversed(gone) if _is_deed(c)), gone[-1] if gone else replaced)
            found = marked
            bare = replace(clause, words=rest, correction=False)
            found.append(_instead_of(bare, replaced) if rest and replaced else replace(bare, negated=not rest))
            replaced = replaced if not rest or not hear(rest) else None
        elif alternative is not None:
            found = [*_withdrawn(found, ()), replace(clause, withdrawn=True)] if alternative else [*found, clause]
            replaced = next((c for c in reversed(found[:-1]) if c.withdrawn), None) if alternative else None
        elif clause.said[:1] == ("no",) and "no" in clause.said[2:4] and not clause.question:
            found.append(replace(clause, negated=True))
        elif clause.correction and found and not (clause.marked and clause.said[0] == "no"):
            found, replaced = _correct(clause, found), None
        elif replaced is not None and set(clause.said) <= _NO | _HESITATING:
            found.append(replace(clause, withdrawn=True))
        elif replaced is not None and _is_kept(clause.words):
            found.append(replace(clause, negated=True))
        elif replaced is not None and clause.words and not (clause.question or clause.negated):
            found.append(_instead_of(clause, replaced))
            replaced = None
        else:
            found.append(clause)
    return found


def _after_a_no(clause: Clause, before: Clause | None, ahead: Clause | None) -> tuple[str, ...] | None:
    """The words after a no that takes something back, perhaps none; None where there is none, or it is an answer."""
    said = clause.said
    if before is None or before.marked or before.question or clause.spoken or clause.marked:
        return None
    text = " ".join(said)
    for phrase in _TAKING_BACK:
        if text == phrase or text.startswith(f"{phrase} "):
            return said[len(phrase.split()) :]
    small = set(said) <= _NO | _HESITATING
    if small and said and (_NO & set(said) or said[-2:] == ("do", "not") or _breaks_off(said, ahead)):
        return ()
    begins = next((at for at, word in enumerate(said) if word not in _HESITATING), len(said))
    if begins < len(said) and {"oh", "wait"} <= set(said[:begins]) and _is_new(said[begins:]):
        return said[begins:]
    if begins == len(said) or said[begins] not in _NO:
        return None
    rest = said[begins + 1 :]
    if _NO & set(rest[1:3]) and "," not in rest[:3]:
        return None  # "no key no hatch" is said of what is lacking
    pauses = rest[:1] == (",",)
    while rest and rest[0] in _THEN_SAID:
        rest = rest[1:]
    return rest if not rest or pauses or _is_new(rest) else None


_THEN_SAID = frozenset((",", "wait", "sorry", "actually", "rather", "hmm", "just", "we", "i", *_NO))


def _breaks_off(said: Sequence[str], ahead: Clause | None) -> bool:
    """ "wait, what is it", "oh wait, the book": a deed that was only begun."""
    return "wait" in said and ahead is not None and (ahead.question or "oh" in said)


def _is_new(rest: Sequence[str]) -> bool:
    """ "no the flare", "no hit it": something in the place of what was said. "no thanks", "no way" is none."""
    return rest[0] in DETERMINERS or any(verb.sure == 1.0 and verb.sense not in _NO_VERB for verb in hear(rest))


def _is_kept(words: Sequence[str]) -> bool:
    led = tuple(word for word in words if word not in ("i", "we", "just", "ok", "let", "us"))
    return bool(led) and led[0] in _KEPT


def _alternative(clause: Clause, ahead: Clause | None) -> bool | None:
    """ "or the mouse?": whether it is taken, by what is said next; None where no alternative is thought of."""
    if not clause.marked or clause.said[:1] != ("or",) or ahead is None or not ahead.said:
        return None
    named = _content(clause.said)
    return (not _NO & set(ahead.said[:1]) and bool(named & _content(ahead.said))) or None


def _content(words: Sequence[str]) -> set[str]:
    return {word for word in words if word not in DETERMINERS | FILLERS | PREPOSITIONS | PRONOUNS and word != ","}


def _withdrawn(found: Sequence[Clause], kept: Sequence[str]) -> list[Clause]:
    """The clauses, with what was to be done marked as taken back; when something of it is named, that only."""
    named = _content(kept) - _KEPT
    told = [c for c in found if named & _content(c.words)]
    return [
        replace(clause, withdrawn=True)
        if (clause in told if told else _is_deed(clause) or clause is found[-1]) and not clause.question
        else clause
        for clause in found
    ]


def _is_deed(clause: Clause) -> bool:
    if clause.question or clause.negated or clause.conditional or clause.marked:
        return False
    heard = [verb for verb in hear(clause.words) if verb.sure == 1.0]
    return clause.instead is not None or any(verb.sense not in _NO_VERB for verb in heard)


def _correct(clause: Clause, found: list[Clause]) -> list[Clause]:
    """ "I mean the other": in the place of the clause before it, with its verb when it has none."""
    *kept, before = found
    return [*kept, _instead_of(clause, before) if clause.words and not hear(clause.words) else clause]


def _instead_of(clause: Clause, gone: Clause) -> Clause:
    """A name without a verb of its own takes the verb of what was taken back."""
    if len(clause.words) > 1 and any(verb.sure == 1.0 and verb.sense not in _NO_VERB for verb in hear(clause.words)):
        return clause
    return replace(clause, instead=verb_of(gone), rather_than=gone.words)


def in_place(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses; a name beside a no stands in the place of what was negated: "dont hit that one, the other"."""
    found: list[Clause] = []
    for at, clause in enumerate(clauses):
        around = (*clauses[max(0, at - 1) : at], *clauses[at + 1 : at + 2])
        beside = [other for other in around if other.negated and other.words]
        named = beside and clause.words and not (clause.negated or clause.question or clause.spoken)
        named = named and clause.instead is None and not clause.withdrawn
        if named and (len(clause.words) == 1 or not begins_with_verb(clause.words)):
            clause = replace(clause, instead=verb_of(beside[0]))
        found.append(clause)
    return found


def verb_of(clause: Clause) -> tuple[str, ...]:
    verbs = [verb for verb in hear(clause.words) if verb.sure == 1.0 and "~" not in verb.phrase]
    return clause.words[: max((verb.length for verb in verbs), default=0)]
