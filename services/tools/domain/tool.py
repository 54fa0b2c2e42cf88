"""A tool: an intent, and the rules for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from contracts.tools import Refusal
from services.tools.domain.dice import Roller
from services.tools.domain.intent import Intent
from services.tools.domain.ruling import Ruling
from services.tools.domain.surroundings import Surroundings
from services.tools.domain.turn_actions import Spends

Play = Callable[[Any, Surroundings, Roller], Ruling | Refusal]


@dataclass(frozen=True)
class Tool:
    """An intent, the pure function that rules on it, and what of the turn it spends.

    `play` gets the intent's arguments, what the character can reach, and the dice. It refuses before it rolls, and
    never proposes `action-spent`: that follows from `spends`.
    """

    intent: type[Intent]
    play: Play
    spends: Spends

    @property
    def name(self) -> str:
        """The intent's name as a model calls it: UseItem is use_item."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", self.intent.__name__).lower()

    @property
    def description(self) -> str:
        """The first line of the intent's docstring."""
        return (self.intent.__doc__ or "").strip().splitlines()[0]
