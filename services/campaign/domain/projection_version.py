"""The version of the projection: which of its two tables is live, and the rebuild of the other one."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime

from contracts.envelope import Value

TableName = Literal["projection", "side"]
"""The two tables by the names they are deployed under. Either of them may be the live one."""
OTHER: dict[TableName, TableName] = {"projection": "side", "side": "projection"}


class Building(Value):
    """A rebuild that is going on. `replay` is the name of the archive's replay that feeds it."""

    by: str
    since: AwareDatetime
    replay: str


class ProjectionVersion(Value):
    """The live table, and the rebuild of the standby table if there is any. `revision` counts its changes."""

    live: TableName = "projection"
    building: Building | None = None
    revision: int = 0

    @property
    def standby(self) -> TableName:
        """The table that is not read: the previous version, or the next one."""
        return OTHER[self.live]

    @property
    def written(self) -> tuple[TableName, ...]:
        """The tables an event goes to. The one being built comes first: a live row too damaged to read cannot hold it
        up."""
        return (self.standby, self.live) if self.building else (self.live,)

    def start_rebuild(self, building: Building) -> ProjectionVersion:
        """With a rebuild going on."""
        return self._next(building=building)

    def end_rebuild(self) -> ProjectionVersion:
        """Without a rebuild; what is read stays."""
        return self._next(building=None)

    def swap(self) -> ProjectionVersion:
        """With what was built as the live table; the other one stays as it is until the next rebuild."""
        return self._next(live=self.standby, building=None)

    def _next(self, **changes: object) -> ProjectionVersion:
        return self.model_copy(update={**changes, "revision": self.revision + 1})
