"""Ports of dm: what the use cases need of the world outside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster, NarrativeTold
from contracts.state import ContentLevel
from services.dm.domain.narration.speech import Piece
from services.dm.domain.prompt import Prompt
from services.dm.domain.replies import Completion

Hear = Callable[[Piece], None]
Send = Callable[[NarrativeTold], None]


class ContentSafety(Protocol):
    """Judges the content of what a player types, before anybody is asked to tell it."""

    def __call__(self, action: str, level: ContentLevel) -> str | None:
        """The category it is declined for at this level; None when it may be played."""
        ...


class Model(Protocol):
    """A service that runs language models."""

    def complete(self, prompt: Prompt, model: str, hear: Hear | None = None) -> Completion:
        """One call to this model, never retried. With `hear`, the completion is asked for as a stream, each piece is
        passed on when it comes, and what `hear` raises is raised. Raises ModelThrottled, ModelUnavailable,
        ModelRefused or ActionDeclined."""
        ...


class StreamLog(Protocol):
    """The record of what the player was told of one turn, opened for one attempt to tell on."""

    @property
    def told(self) -> str | None:
        """The text that stood there when it was opened."""
        ...

    def write(self, told: str) -> bool:
        """Write down what is going to be told, before it is. Returns whether it is certain to stand there. Raises
        Transient when another copy of the step has taken over."""
        ...


class Understudy(Protocol):
    """The game master without a model."""

    def __call__(self, request: InvokeDungeonMaster, *, told: int = 0) -> DungeonMasterReplied: ...
