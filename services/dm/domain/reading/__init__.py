"""Reading what a player typed: by what can be done and asked in the scene. `read` is the only way in; `phrase` says a
deed in words that read as it, `question` asks which of several is meant, `objection` why the rules would not have it;
`base_form` is of verbs, and `prefer` reads a clause as one thing only."""

from services.dm.domain.reading.law import objection
from services.dm.domain.reading.meaning import Answer, Ask, Deed, Foreign, Impossible, Meaning, Roleplay, Step
from services.dm.domain.reading.phrasing import WHICH, phrase, question
from services.dm.domain.reading.ranking import prefer
from services.dm.domain.reading.reader import CLAUSE, read
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.verbs import base_form

Refusal = Impossible
"""The meaning in the place of a deed, by the name that the parts of the story call it."""

__all__ = [
    "CLAUSE",
    "WHICH",
    "Answer",
    "Ask",
    "Deed",
    "Foreign",
    "Impossible",
    "Meaning",
    "Refusal",
    "Roleplay",
    "Scope",
    "Step",
    "base_form",
    "objection",
    "phrase",
    "prefer",
    "question",
    "read",
]
