"""Mood: whether words that hold a verb tell of a deed of the cat's that is to be done now. What others do, what was,
what is put off and what need not be is spoken of, and not done."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.candidates import Candidate, one
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.english.function_words import DETERMINERS, PREPOSITIONS
from services.dm.domain.reading.english.questions import AUXILIARIES
from services.dm.domain.reading.meaning import Ask, Deed, Roleplay
from services.dm.domain.reading.naming import resolve
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.verbs import hear

_TIME = r"(?:last (?:turn|time|round|night|week|year)|yesterday|earlier|long ago|back then|once upon a time)"
_NEED_NOT = re.compile(
    r"^(?:\w+ ){0,4}?(?:no (?:need|reason|point)|need not|afraid|scared|reluctant|unwilling|hesitant|loath|too \w+"
    r"|refuse|refused|hesitate|forgot|failed|declined?) (?:to|in)\b"
)
_PUT_OFF = re.compile(
    r"^(?:maybe |perhaps |ok |and |but )*"
    r"(?:tomorrow|later|some ?day|one day|next (?:time|week|year)|eventually|remind me to)\b"
    r"|\b(?:later|tomorrow|next time|another (?:day|time)|some other (?:day|time))$"
)
_DID = r"(?:\w+ed|took|gave|bought|sold|went|ate|hid|fought|ran)"
_PAST = re.compile(
    rf"^(?:well |and |but )*(?:i|we) (?:was|were) (?:about|going|gonna|planning|trying|tempted) to\b"
    rf"|^(?:i|we) used to\b|^{_TIME} (?:i|we)\b|^(?:i|we) {_DID} .*\b{_TIME}$"
)
_TOLD_TO = re.compile(
    r"^(?:\w+ ){1,3}?(?:told|tells|asked|asks|wants|want|wanted|ordered|begged|advised) (?:me|us) to\b"
)
_COULD = re.compile(r"^(?:well |and |but |so )*(?:i|we) (?:could|might|may)\b")
_THEM = r"(?:\w+ ){1,3}?"
_BEHIND = (
    r"(?:whether|how|who|when|wait until|wait till|in order) (?:to|i|we|can|could|should|would|will|might)",
    r"if (?:i|we)",
    r"(?:try )?not to|or not|unable to",
    r"under no circumstances|by no means|no way i|everything except",
    r"(?:plan|plans|planning|offer|promise|vow|swear|prepare|get ready|practi[cs]e|threaten|pretend) to",
    rf"(?:teach|show|tell|ask|beg|order|urge|want|remind|allow) {_THEM}(?:not )?to",
    r"(?:joke|pretend|say|think|dream|imagine|wonder|claim|suppose|know|shout|whisper)(?: that)?(?: how)? (?:i|we)",
    rf"tell {_THEM}(?:that )?(?:how )?(?:i|we)",
    r"(?:watch|see|let|make) (?:them|him|her|it|others|the others|(?:some|every)(?:body|one)(?: else)?|people)",
)
_EMBEDDED = re.compile(rf"(?:^|\b(?P<before>.*?) )(?:{'|'.join(_BEHIND)})\b")
"""Words behind which a deed is spoken of: "ask how to", "plan to", "tell everyone that I", "watch somebody"."""
_SAYS = re.compile(r"^(?:it|he|she|they|(?:the|a) \w+) (?:said|says|reads)\b")
_JUDGED = re.compile(
    r"\b(?:is|was|would be|seems|sounds|feels) (?:a |an |too |so |very |such |the )*(?:\w+ )?"
    r"(?:idea|plan|mistake|stupid|dumb|foolish|dangerous|risky|crazy|silly|wrong|smart|wise|what (?:i|we|you))\b"
)
_SOMEBODY = word_set(
    "somebody someone everybody everyone nobody anybody anyone people others cats rats dogs humans folks most many"
)
_KINDS = word_set(
    "cat cats rat rats dog dogs friend friends brother sister mother father kid kids guy guys man men woman people"
    " thing things others neighbour neighbours enemy enemies boss bosses"
)
"""Nouns of those who may do something; the cat itself goes by "my cat" and "the cat"."""
_ITSELF = word_set("cat character hero player kitty")
_OFTEN = AUXILIARIES | word_set("always often usually never sometimes just all also only even")


def withhold(candidate: Candidate, clause: Clause, scope: Scope) -> Candidate:
    """The candidate, unless it is a deed where none is told of: then what is answered instead. Talk is left as it is:
    it costs nothing, and may well be about what others do."""
    deeds = [m for m in candidate.meanings if isinstance(m, Deed) and m.tool not in _HARMLESS]
    if not deeds:
        return candidate
    said = clause.text
    if _NEED_NOT.search(said):
        return one(1.0, Roleplay("declined"))
    if _PUT_OFF.search(said):
        return one(1.0, Roleplay("later", said))
    spoken_of = (
        not clause.request
        and _is_embedded(said, {deed.tool for deed in deeds})
        and any(deed.tool != "persuade" for deed in deeds)
    )
    if spoken_of or any(told.search(said) for told in _TOLD) or _is_of_another(clause.said, scope):
        return one(1.0, Roleplay("speech"))
    if _COULD.search(said) and not clause.question:
        return replace(candidate, meanings=(Ask(tuple(deeds[:1])),))
    return candidate


_HARMLESS = frozenset(("talk",))
_TOLD = (_PAST, _TOLD_TO, _SAYS, _JUDGED)


def _is_embedded(said: str, tools: Collection[str]) -> bool:
    """Whether deeds stand behind words that speak of them, and none before them."""
    found = _EMBEDDED.match(said)
    before = (found["before"] or "").split() if found else []
    return found is not None and not any(
        verb.sure == 1.0 and verb.sense in tools for at in range(len(before)) for verb in hear(before[at:])
    )


def _is_of_another(said: Sequence[str], scope: Scope) -> bool:
    """Whether somebody else is the one who does it: "the other cats attack rats", "do people swim here"."""
    words = list(said)
    while words and words[0] in AUXILIARIES:
        words.pop(0)
    if words[:1] and words[0] in _SOMEBODY:
        return any(hear(words[at:]) for at in range(1, min(len(words), 5)))
    if len(words) < 4 or words[0] not in DETERMINERS:
        return False
    for at in range(2, min(len(words) - 1, 7)):
        if not any(verb.sure == 1.0 for verb in hear(words[at:])):
            continue
        subject = words[:at]
        while subject[-1] in _OFTEN:
            subject.pop()
        ordered = words[at + 1] in PREPOSITIONS  # "the first rat attack with the claws"
        return len(subject) > 1 and "," not in subject and _names_somebody(subject, scope, kinds_only=ordered)
    return False


def _names_somebody(subject: Sequence[str], scope: Scope, *, kinds_only: bool) -> bool:
    if subject[-1] in _ITSELF and len(subject) == 2 and subject[0] in ("my", "the", "this"):
        return False
    return subject[-1] in _KINDS or (not kinds_only and resolve(subject, scope, "person", "foe", "spawn").named)
