"""Changes of a field, from the first state on: why it is what it is. They always add up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.state import CampaignState
from ninelives.ops.history.effect_steps import EffectStep
from ninelives.ops.history.fields import Field, Held
from ninelives.ops.history.retracing import Retraced


@dataclass(frozen=True)
class Change:
    """A field before and after one effect."""

    turn: Retraced
    step: EffectStep
    before: Held
    after: Held

    @property
    def difference(self) -> int | None:
        """None where there is no figure before or none after."""
        figures = isinstance(self.before, int) and isinstance(self.after, int)
        return int(self.after) - int(self.before) if figures else None


@dataclass(frozen=True)
class FieldHistory:
    """A field's first value, after turn `since`, and its changes, newest last."""

    field: Field
    since: int
    first: Held
    changes: tuple[Change, ...]

    @property
    def now(self) -> Held:
        return self.changes[-1].after if self.changes else self.first

    @property
    def sum(self) -> int | None:
        """The sum of the changes; None for a field that is not a figure throughout."""
        differences = [change.difference for change in self.changes]
        known = [difference for difference in differences if difference is not None]
        return sum(known) if isinstance(self.first, int) and len(known) == len(differences) else None


def follow_field(field: Field, first: CampaignState, taken: Iterable[tuple[Retraced, EffectStep]]) -> FieldHistory:
    """Follow a field through these turns, effect by effect."""
    changes = (
        Change(turn, step, before, after)
        for turn, step in taken
        if (before := field.read(step.before)) != (after := field.read(step.after))
    )
    return FieldHistory(field=field, since=first.turn, first=field.read(first), changes=tuple(changes))
