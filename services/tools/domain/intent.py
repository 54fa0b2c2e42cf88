"""Intents that a game master may propose: ids and words, never a quantity."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
"""An id (or the plain name) of something here, or a word that says how. Whether it exists is for the rules to say."""


class Intent(BaseModel):
    """The arguments of one tool. The docstring of a subclass is what a model reads about it: one line."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
