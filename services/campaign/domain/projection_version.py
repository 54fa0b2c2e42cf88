"""Which of the two projection tables is read, and which is being built anew beside it."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime

from contracts.envelope import Value

Table = Literal["projection", "side"]
OTHER: dict[Table, Table] = {"projection": "side", "side": "projection"}


class Building(Value):
    """A rebuild that is going on. `replay` is the name of the archive's replay that feeds it."""

    by: str
    since: AwareDatetime
    replay: str


class Generation(Value):
    """The live table, and the rebuild of the other one if there is any. `revision` counts its changes."""

    live: Table = "projection"
    building: Building | None = None
    revision: int = 0

    @property
    def spare(self) -> Table:
        """The table that is not read: the last generation, or the next one."""
        return OTHER[self.live]

    @property
    def written(self) -> tuple[Table, ...]:
        """Where an event goes. What is being built comes first: a live line too damaged to read cannot hold it up."""
        return (self.spare, self.live) if self.building else (self.live,)

    def claimed(self, building: Building) -> Generation:
        """With a rebuild going on."""
        return self._next(building=building)

    def given_up(self) -> Generation:
        """Without a rebuild; what is read stays."""
        return self._next(building=None)

    def swapped(self) -> Generation:
        """With what was built as the live table; the other one stays as it is until the next rebuild."""
        return self._next(live=self.spare, building=None)

    def _next(self, **changes: object) -> Generation:
        return self.model_copy(update={**changes, "revision": self.revision + 1})
