"""Second opinion of the model of phrasings on a reading by verbs and names: fills a gap, vetoes what was only asked.

It never leads to a guarded deed whose verb is not there: that is put to the player as a question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from services.dm.domain.reading.asking import subjects_of
from services.dm.domain.reading.candidates import Candidate, one
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.english.function_words import PREPOSITIONS, PRONOUNS
from services.dm.domain.reading.law import GUARDED
from services.dm.domain.reading.leads import is_polite_order
from services.dm.domain.reading.masking import mask
from services.dm.domain.reading.meaning import Ask, Deed, Impossible, Meaning, Roleplay
from services.dm.domain.reading.people import best_topic
from services.dm.domain.reading.phrasing_model import Guess, guess
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.verbs import PARTICLES, Verb, begins_with_verb, hear

Readers = Mapping[str, Sequence[Callable[[Verb, Clause, Scope], Candidate | None]]]

_ENOUGH, _SURE = 0.5, 0.7
"""The least probability that fills a gap, and that overrules."""
_SHOWN = 0.4
_HARDLY = 0.1
"""The highest probability of a deed that may be overruled."""
SENSES: Mapping[str, tuple[str, ...]] = {
    "use_ability": ("cast",), "accept_quest": ("accept",), "try_feature": ("try",), "talk.topic": ("talk",),
    "use_item": (),
}  # fmt: skip
"""Verbs of the lexicon that lead to a tool, where they are not called like it. What is consumed is never a guess."""
MANNERS: Mapping[str, str] = {
    "greeting": "greeting", "farewell": "farewell", "thanks": "thanks", "small-talk": "small-talk", "wish": "wish",
    "wait": "wait", "emote": "emote", "speech": "speech", "insult": "speech", "apology": "speech",
}  # fmt: skip
_WEAK = ("murmur", "speech", "wait")
_WEAK_REASONS = ("not-here", "not-carried")


def reconsider(candidate: Candidate | None, clause: Clause, scope: Scope, readers: Readers) -> Candidate | None:
    """The candidate, or what is likelier by how the clause is phrased."""
    if not clause.said:
        return candidate
    guesses = guess(clause.said, scope, asked=clause.question or clause.marked)
    first = candidate.meanings[0] if candidate else None
    if isinstance(first, Deed):
        return _veto(first, guesses, clause, scope) or candidate
    filled = _gap_filled(guesses[0], clause, scope, readers) if _is_weak(first, clause) else None
    says_why = isinstance(first, Impossible) and filled is not None and isinstance(filled.meanings[0], Roleplay)
    says_why = says_why or (filled is not None and _has_another_verb(first, filled.meanings[0], clause))
    return filled if filled and not says_why else candidate


def _has_another_verb(meaning: Meaning | None, filled: Meaning, clause: Clause) -> bool:
    """ "give Ninepin the policy", which is not carried: it was to be given, and nothing else."""
    if not isinstance(meaning, Impossible) or not isinstance(filled, Deed) or filled.tool not in ("talk", "take"):
        return False
    return begins_with_verb(clause.words[:1], {"give", "sell", "drop"})


def is_for_show(words: Sequence[str], scope: Scope) -> bool:
    """Whether it is likelier that leave is asked for what changes nothing than that something is to be told."""
    likeliest = guess(words, scope, asked=True)[0]
    return likeliest.kind == "rp" and likeliest.sure >= _SHOWN


def is_politely_ordered(clause: Clause) -> bool:
    """ "would you please throw it?": a deed in the form of a question, and nothing that is to be told."""
    senses = {verb.sense for verb in hear(clause.words) if verb.sure == 1.0} - {"emote", "cannot"}
    return is_polite_order(clause.said) and bool(senses) and senses.isdisjoint(_TELLING)


_TELLING = ("show", "talk", "read", "examine", "small-talk")


def _is_weak(meaning: Meaning | None, clause: Clause) -> bool:
    """Whether a reading is none, or rests on no verb that is known."""
    if isinstance(meaning, Impossible):
        return meaning.deed is None and meaning.reason in _WEAK_REASONS
    if isinstance(meaning, Roleplay) and meaning.manner == "emote":
        senses = ("emote", "move_to") if meaning.about else ("emote",)
        return not begins_with_verb(clause.words, senses)
    return meaning is None or (isinstance(meaning, Roleplay) and meaning.manner in _WEAK)


def _veto(deed: Deed, guesses: Sequence[Guess], clause: Clause, scope: Scope) -> Candidate | None:
    """A deed that is hardly what is said, where a question is. An order that begins with its verb is none."""
    top = guesses[0]
    if is_politely_ordered(clause):
        return None
    if not (clause.question or clause.marked or clause.request) and hear(clause.words):
        return None
    believed = sum(each.sure for each in guesses if each.label.startswith(f"do.{deed.tool}"))
    if deed.tool == "talk" or top.kind != "answer" or top.sure < _SURE or believed > _HARDLY:
        return None
    asked = subjects_of(clause.said, scope, True, _ENOUGH)
    return Candidate(0.9, asked) if asked and not isinstance(asked[0], Deed) else None


def _gap_filled(top: Guess, clause: Clause, scope: Scope, readers: Readers) -> Candidate | None:
    if top.sure < _ENOUGH:
        return None
    if top.kind == "answer":
        asked = subjects_of(clause.said, scope, True, _ENOUGH)
        return Candidate(0.9, asked) if asked else None
    if top.kind == "do":
        senses = SENSES.get(top.name, (top.name,))
        if top.name.startswith("talk") and not _is_to_somebody(clause, scope):
            return None
        if top.name.startswith("talk") and begins_with_verb(clause.words):
            return None
        senses_tried = (*senses, "drop") if top.name == "take" else senses
        was_tried = begins_with_verb(clause.words, senses_tried)
        return None if was_tried else _as_deed(top.name, senses, clause, scope, readers)
    manner = MANNERS.get(top.name) if top.kind == "rp" else None
    if top.sure < _SURE and best_topic(clause.said, scope):
        return None  # it is asked whether that is to be talked about
    return one(0.5, Roleplay(manner)) if manner else None


def _is_to_somebody(clause: Clause, scope: Scope) -> bool:
    return "person" in mask(clause.said, scope)[1] or bool(PRONOUNS & set(clause.said))


def _as_deed(tool: str, senses: Sequence[str], clause: Clause, scope: Scope, readers: Readers) -> Candidate | None:
    """The deed with what the clause names; a guarded one is asked about when no verb of its own is there."""
    for sense in senses:
        for rest in (clause.words[1:], clause.words):
            verb = Verb(sense, "", clause.words[:1] or ("",), tuple(rest))
            for reader in readers.get(sense, ()):
                found = reader(verb, clause, scope)
                if found and isinstance(found.meanings[0], Deed) and found.meanings[0].tool == tool.partition(".")[0]:
                    return found if has_its_verb(found.meanings[0], clause) else asked_about(found)
    return None


def has_its_verb(deed: Deed, clause: Clause) -> bool:
    sense = GUARDED.get(deed.tool)
    return sense is None or any(
        verb.sense == sense and verb.sure == 1.0
        for at, word in enumerate(clause.words)
        if word not in PREPOSITIONS | PARTICLES
        for verb in hear(clause.words[at:])
    )


def asked_about(found: Candidate) -> Candidate:
    deeds = tuple(meaning for meaning in found.meanings if isinstance(meaning, Deed))
    return one(found.score, Ask(deeds), *found.about)
