"""Time limits of a turn, all of them from one: how long a model may take.

    model < its function < the workflow's state < … < the workflow < Express (300 s) ≤ the turn's deadline message

What must fit: when a model is asked at the last moment, the whole state may take its longest, tries again included, and
the understudy must still be able to tell the story. So a model that may take longer is tried less often, and from
`slow_after_seconds` on none is asked any more.
"""

from __future__ import annotations

from dataclasses import dataclass

from infra.errors import UserError

USUAL, LONGEST = 20, 240
EXPRESS_SECONDS = 300
_FUNCTION, _STATE = 5, 10
"""Seconds above the model's, to say that it did not answer, and to be heard."""
_USUAL_TURN, _LONGEST_TURN = 240, 290
_CLOSING = 24
"""Seconds of every turn that no model gets: the rules, the understudy and the commit need a few, pauses some more."""
_PAUSE = 8
_JUDGED = 3 * 15 + 10
"""Seconds that a second reader may take at the longest, tries again and pauses included."""
_MOST_RETRIES = 2


@dataclass(frozen=True)
class TurnLimits:
    """The limits of turns whose model may take so many whole seconds. Raises UserError for a number out of bounds."""

    model_seconds: int = USUAL

    def __post_init__(self) -> None:
        if not 1 <= self.model_seconds <= LONGEST:
            raise UserError(
                f"A model may take 1 to {LONGEST} seconds, not {self.model_seconds}: a turn must end within 5 minutes."
            )

    @property
    def function_seconds(self) -> int:
        return self.model_seconds + _FUNCTION

    @property
    def state_seconds(self) -> int:
        return self.model_seconds + _STATE

    @property
    def turn_seconds(self) -> int:
        """`TimeoutSeconds` of the workflow."""
        return _USUAL_TURN if self.model_seconds <= USUAL else _LONGEST_TURN

    @property
    def retries(self) -> int:
        """The most retries of a call that failed or was lost: as many as leave time for a second whole call."""
        fitting = (n for n in range(_MOST_RETRIES, 0, -1) if self._left_after(n) >= self.model_seconds)
        return next(fitting, 0)

    @property
    def slow_after_seconds(self) -> int:
        """The age of a turn from which no model is asked any more."""
        return self._left_after(self.retries)

    @property
    def judged_until_seconds(self) -> int:
        """The age of a turn from which no second reader is asked: it must still be committed."""
        return self.turn_seconds - _CLOSING - _JUDGED

    def check_deadline(self, seconds: int) -> None:
        """Raises UserError when a turn would be closed by its deadline message while it may still be played."""
        if self.model_seconds > USUAL and seconds < self.turn_seconds:
            raise UserError(
                f"turn_deadline_seconds is {seconds}: with a model that may take {self.model_seconds} seconds, a turn "
                f"may take {self.turn_seconds}."
            )

    def _left_after(self, retries: int) -> int:
        """The seconds left of a turn when a model was asked, failed so often at its limit, and was asked once more."""
        return self.turn_seconds - _CLOSING - retries * (self.function_seconds + _PAUSE) - self.state_seconds
