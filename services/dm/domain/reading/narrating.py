"""The cat told of in the third person: "Brick fires the flare", and "she fires the flare", is "I fire the flare"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.lexing import tokens
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import base_forms, stem
from services.dm.domain.reading.verbs import begins_with_verb, is_known, is_verb

_BEGINS = re.compile(r"\s*([A-Z][a-z]+)((?:\s+[a-z]+ly)?)\s+(?:half-|re-)?([a-z]+s)\b")
_MY_CAT = re.compile(
    r"\s*(?:(?:my|our|this) (?:\w+ )?(?:cat|kitty|feline|character|hero|heroine)"
    r"|the (?:character|hero|heroine|player))\b",
    re.IGNORECASE,
)
_THE_CAT = re.compile(r"\s*the (?:cat|kitty)\b", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|“[^”]*”')
_SPEAKS_FOR_ITSELF = re.compile(r"\b(?:i|i'm|me|my|we|us|our|you|your)\b", re.IGNORECASE)
_OWN = re.compile(
    r"\b(?:his|her)\b(?=\s+[a-z]+)(?!\s+(?:ladyship|lordship|majesty|honour|grace|and|or|to|with|in|on)\b)"
)
_SELF = re.compile(r"\b(?:himself|herself|itself)\b")
_PAST_IT = re.compile(r"\b(past|behind|around|round|under|above|beneath) (?:him|her)\b(?!\s+[a-z]+ship)")
_GOES_ON = re.compile(r"(?<=[.!?] )(?:He|She)(?= [a-z]+s\b)")
_HERSELF = re.compile(r"\b(?:himself|herself)\b")
_FEELING = re.compile(r"\b(?:his|her|himself|herself)\b")
_CLAUSE = re.compile(r"[^.!?;\n]+[.!?;\n]*")
_DOES = re.compile(
    r"(?P<before>^\W*|^.*?[,\]:]\s*|^(?:with|without|on|in|from)\s[^,]*\s)(?:he|she)\s+(?P<how>(?:[a-z]+ly|then|just|still|also|even|now)\s+)?"
    r"(?P<verb>[a-z]+s)\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_IS_NO_DEED = word_set(
    """is was has does seems looks sounds smells feels knows thinks likes loves hates needs means owes sells lives says
    keeps lies sits sleeps wants owns costs deserves belongs cares understands minds hears sees"""
)
"""Forms that tell of somebody how they are, and not what they do next."""
_LEADING = word_set("wants manages tries decides attempts begins starts proceeds prefers")
"""Forms that a deed follows behind "to"."""


def in_own_voice(action: str, scope: Scope) -> str:
    """The action in the first person when it begins with a name that is the cat's own, or nobody's here, or with "my
    cat", and what it does; else as it is."""
    own = _MY_CAT.match(action) or (_THE_CAT.match(action) if scope.fighting else None)
    if own:
        return _tell_of_own(action[own.end() :]) or action
    found = _BEGINS.match(action)
    if _SPEAKS_FOR_ITSELF.search(_unquote(action)):
        return action
    if found is None or found.group(1).casefold() in ("he", "she"):
        return _tell_own(action)
    if not _is_the_cat(found.group(1), action, scope):
        return action
    verb = next((form for form in base_forms(found.group(3)) if form != found.group(3) and is_verb(form)), "")
    if not verb:
        return action
    told = _GOES_ON.sub("I", action[found.end() :]).replace("does not ", "do not ").replace("does NOT ", "do not ")
    told = _PAST_IT.sub(r"\1 me", _SELF.sub("myself", told))
    return f"I{found.group(2)} {verb}{_OWN.sub('my', told)}"


def _tell_of_own(told: str) -> str:
    """Words after "my cat", told in the first person; nothing when they cannot be."""
    is_so = _IS_SO.match(told)
    if is_so:
        return f"I {'am' if is_so[1] == 'is' else 'have'}{told[is_so.end() :]}"
    as_somebody = f"She{told}"
    own = "" if _SPEAKS_FOR_ITSELF.search(_unquote(told)) else _tell_own(as_somebody)
    return "" if own == as_somebody else own


_IS_SO = re.compile(r"\s+(is|has)\b(?! (?:called|named))")


def _tell_own(action: str) -> str:
    """The action in the first person where all its sentences that begin with "he" or "she" tell of deeds: whoever plays
    tells of the cat. A remark on how somebody is leaves all as it is, and so does a question about them."""
    if "?" in _unquote(action):
        return action
    told = [_in_first_person(sentence) for sentence in _CLAUSE.findall(action)]
    return action if None in told else "".join(sentence or "" for sentence in told)


def _in_first_person(sentence: str) -> str | None:
    """The sentence told by the cat, as it is when it is of nobody; None when it is of somebody who only is so."""
    found = _DOES.match(sentence)
    if found is None or _is_ordered(tokens(found["before"])):
        return sentence
    third = found["verb"].casefold()
    goes_on = found["rest"].split()[:1]
    wishes = third in _LEADING and goes_on == ["to"]
    looks = third == "looks" and goes_on in (["at"], ["around"], ["for"], ["under"], ["into"])
    verb = next((form for form in base_forms(third) if form != third and (is_verb(form) or wishes)), "")
    if not verb or (third in _IS_NO_DEED and not (wishes or looks)):
        return None
    before, rest = (_PAST_IT.sub(r"\1 me", _HERSELF.sub("myself", part)) for part in (found["before"], found["rest"]))
    return f"{_OWN.sub('my', before)}I {found['how'] or ''}{verb}{_OWN.sub('my', rest)}"


def _is_ordered(before: Sequence[str]) -> bool:
    """Whether what somebody does only tells why a deed is done: "talk to the host, he cheats"."""
    return begins_with_verb(before) and not before[0].endswith("ing")


def _is_the_cat(name: str, action: str, scope: Scope) -> bool:
    if name.casefold() in tokens(scope.scene.state.character.name):
        return True
    word = name.casefold()
    if {word, stem(word)} & scope.vocabulary:
        return False
    return not is_known(word) or (is_verb(word) and _FEELING.search(_unquote(action)) is not None)


def _unquote(action: str) -> str:
    return _QUOTED.sub(" ", action)
