"""The cat told of in the third person: "Brick fires the flare" is "I fire the flare"."""

from __future__ import annotations

import re

from services.dm.domain.reading.lexing import tokens
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import base_forms, stem
from services.dm.domain.reading.verbs import is_known, is_verb

_BEGINS = re.compile(r"\s*([A-Z][a-z]+)((?:\s+[a-z]+ly)?)\s+(?:half-|re-)?([a-z]+s)\b")
_QUOTED = re.compile(r'"[^"]*"|“[^”]*”')
_SPEAKS_FOR_ITSELF = re.compile(r"\b(?:i|i'm|me|my|we|us|our|you|your)\b", re.IGNORECASE)
_OWN = re.compile(
    r"\b(?:his|her)\b(?=\s+[a-z]+)(?!\s+(?:ladyship|lordship|majesty|honour|grace|and|or|to|with|in|on)\b)"
)
_SELF = re.compile(r"\b(?:himself|herself|itself)\b")
_PAST_IT = re.compile(r"\b(past|behind|around|round|under|above|beneath) (?:him|her)\b(?!\s+[a-z]+ship)")
_GOES_ON = re.compile(r"(?<=[.!?] )(?:He|She)(?= [a-z]+s\b)")
_FEELING = re.compile(r"\b(?:his|her|himself|herself)\b")


def in_own_voice(action: str, scope: Scope) -> str:
    """The action in the first person when it begins with a name that is the cat's own, or nobody's here, and what it
    does; else as it is."""
    found = _BEGINS.match(action)
    if found is None or not _is_the_cat(found.group(1), action, scope) or _SPEAKS_FOR_ITSELF.search(_unquote(action)):
        return action
    verb = next((form for form in base_forms(found.group(3)) if form != found.group(3) and is_verb(form)), "")
    if not verb:
        return action
    told = _GOES_ON.sub("I", action[found.end() :]).replace("does not ", "do not ").replace("does NOT ", "do not ")
    told = _PAST_IT.sub(r"\1 me", _SELF.sub("myself", told))
    return f"I{found.group(2)} {verb}{_OWN.sub('my', told)}"


def _is_the_cat(name: str, action: str, scope: Scope) -> bool:
    if name.casefold() in tokens(scope.scene.state.character.name):
        return True
    word = name.casefold()
    if {word, stem(word)} & scope.vocabulary:
        return False
    return not is_known(word) or (is_verb(word) and _FEELING.search(_unquote(action)) is not None)


def _unquote(action: str) -> str:
    return _QUOTED.sub(" ", action)
