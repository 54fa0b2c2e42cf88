"""Remarks: declarative clauses that tell how things are. They call for nothing where something else is wanted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.english.claims import NO_VERBS
from services.dm.domain.reading.english.function_words import CARDINALS, DETERMINERS, FILLERS, SUBJECTS
from services.dm.domain.reading.leads import lead_off
from services.dm.domain.reading.meaning import Answer, Ask, Deed, Impossible, Meaning, Roleplay, Step
from services.dm.domain.reading.naming import resolve
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import base_forms
from services.dm.domain.reading.verbs import begins_with_verb, is_verb

_POINTING = word_set("it this that these those he she they there nobody everyone everybody someone somebody everything")
_FINITE = word_set(
    """is are am was were has have had does did will would can could should may might must seems looks costs says said
    told thought knew went came gave took got saw heard made lost broke means makes needs wants keeps goes"""
)
_STATES = word_set("am was were have had got been know knew believe thought hope see saw heard feel guess did")
_LEADING = FILLERS | word_set("yes no well because so and but")
_ASKING = word_set("how what which why")
_REPORTING = word_set("know knows knew see saw told said asked wonder about of")
_OTHERS = word_set("i we you")
_FARTHEST, _LONGEST_NAME = 6, 3
_NAMED = 0.8
_GESTURES = ("emote", "wait", "speech", "thanks", "greeting", "farewell")


def is_remark(clause: Clause, scope: Scope) -> bool:
    """Whether a clause tells of the world or of the cat's state, asks nothing, orders nothing, is said to nobody."""
    if clause.question or clause.marked or clause.request or clause.correction or clause.spoken:
        return False
    if clause.negated or clause.conditional or clause.instead is not None or _is_said_to_somebody(clause, scope):
        return False
    said = [word for word in clause.said if word != ","]
    said = said[next((at for at, word in enumerate(said) if word not in _LEADING), len(said)) :]
    said = said[1:] if len(said) > 2 and said[0] not in _POINTING and said[1] in SUBJECTS else said
    if len(said) < 2 or _asks_within(said):
        return False
    if said[0] in SUBJECTS:
        counted = said[1] in ("have", "got") and len(said) > 3 and (said[2] in CARDINALS or said[2].isdigit())
        return counted or (said[1] in _STATES and not begins_with_verb(lead_off(said)[1]))
    if said[0] in _POINTING and said[1] not in DETERMINERS:
        return _has_verb(said[1:3]) or (said[0] in DETERMINERS and _has_verb(said[2:4]))
    if said[0] in DETERMINERS:
        return _has_verb(said[2:_FARTHEST])
    return _is_about(said, scope)


def _is_said_to_somebody(clause: Clause, scope: Scope) -> bool:
    """ "foreman, somebody told me …": who is named before a comma is spoken to."""
    end = clause.said.index(",") if "," in clause.said else 0
    return 0 < end <= _LONGEST_NAME and bool(resolve(clause.said[:end], scope, "person").entities)


def _asks_within(said: Sequence[str]) -> bool:
    """ "this eel was having how many hp"."""
    return any(word in _ASKING and said[at - 1] not in _REPORTING for at, word in enumerate(said))


def _is_about(said: Sequence[str], scope: Scope) -> bool:
    """Whether the subject is a name, or no verb: "Doc has said", "chat is spamming". Who is not here and does
    something may be the cat itself, by a name its player gave it."""
    for size in (3, 2, 1):
        subject, rest = said[:size], said[size:]
        if len(rest) < 2 or not _has_verb(rest[:1]) or not _OTHERS.isdisjoint((*subject, rest[1])):
            continue
        here = not is_verb(subject[0]) or len(subject) > 1
        if (here and resolve(subject, scope).score >= _NAMED) or (rest[0] in _FINITE and not is_verb(subject[0])):
            return True
    return False


def _has_verb(words: Sequence[str]) -> bool:
    return any(word in _FINITE or _is_of_others(word) for word in words)


def _is_of_others(word: str) -> bool:
    """ "smells", "burned": a form of a verb that is no imperative."""
    inflected = (word.endswith("s") and not word.endswith("ss")) or word.endswith("ed")
    return inflected and word not in NO_VERBS and any(form != word and is_verb(form) for form in base_forms(word))


def without_remarks(steps: Sequence[tuple[Step, bool]]) -> Iterable[Step]:
    """The steps but for those of remarks, where one of the others is understood; a gesture beside a remark outweighs
    what is only said. Each step is told with whether it is of a remark."""
    others = [step.meaning for step, remark in steps if not remark]
    if any(isinstance(other, Deed | Answer | Ask) or _is_no(other) for other in others):
        return [step for step, remark in steps if not (remark and _calls_for_nothing(step.meaning))]
    if any(isinstance(other, Roleplay) and other.manner in _GESTURES for other in others):
        return [step for step, remark in steps if not (remark and _is_talk(step.meaning))]
    return [step for step, _ in steps]


def _calls_for_nothing(meaning: Meaning) -> bool:
    """Talk that nobody began, words, a no, what is used because it is named: a remark only tells of it."""
    if isinstance(meaning, Deed | Ask):
        return _is_talk(meaning) or _is_named_only(meaning)
    return isinstance(meaning, Roleplay | Impossible)


def _is_talk(meaning: Meaning) -> bool:
    return isinstance(meaning, Deed) and meaning.tool == "talk"


def _is_named_only(meaning: Deed | Ask) -> bool:
    """Whether a thing is used because it is named, without a verb: a remark tells of it."""
    first = meaning.options[:1] if isinstance(meaning, Ask) else (meaning,)
    return any(deed.tool in ("use_item", "use_ability") for deed in first)


def _is_no(meaning: Meaning) -> bool:
    return isinstance(meaning, Impossible) and bool(meaning.looked_for)
