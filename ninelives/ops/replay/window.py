"""A span of the archive's time, and how fresh the archive may be asked to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from infra.environment import LOCAL
from infra.errors import UserError

ARCHIVE_LAG = timedelta(minutes=10)
"""EventBridge may take this long to archive an event; a younger replay can miss it without saying so.
docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive-event.html"""

FIRST_DAY = datetime(2020, 1, 1, tzinfo=UTC)
"""Before any event of ours: a window from here is the archive's whole life."""


@dataclass(frozen=True)
class Window:
    """From `start` up to `end`, both aware. The archive is cut by the second: `end` is the first second left out."""

    start: datetime
    end: datetime

    @property
    def empty(self) -> bool:
        return self.start >= self.end

    def holds(self, moment: datetime) -> bool:
        return self.start <= moment < self.end


def archive_lag(environment: str) -> timedelta:
    """The age at which an event is sure to be brought by a replay.

    Nothing on the local cloud: its bus archives an event in the call that puts it.
    """
    return timedelta(0) if environment == LOCAL else ARCHIVE_LAG


def find_settled_end(environment: str, now: datetime) -> datetime:
    """The latest end a window may have now: what is older is in the archive. The start of a second."""
    lag = archive_lag(environment)
    return (now - lag).astimezone(UTC).replace(microsecond=0) + (timedelta(seconds=1) if not lag else timedelta(0))


def whole_life(environment: str, now: datetime) -> Window:
    """All that is surely in the archive now."""
    return Window(FIRST_DAY, find_settled_end(environment, now))


def window(start: str | None, end: str | None, environment: str, now: datetime) -> Window:
    """The span between two ISO 8601 dates or times (UTC unless they say otherwise); all there is without them.

    Raises UserError when one is unreadable, they are the wrong way round, or the archive may not be complete yet.
    """
    latest = find_settled_end(environment, now)
    made = Window(moment(start) if start else FIRST_DAY, moment(end) if end else latest)
    if made.empty:
        raise UserError(f"The window is empty: {made.start.isoformat()} is not before {made.end.isoformat()}.")
    if made.end > latest:
        raise UserError(too_young(latest, environment))
    return made


def too_young(latest: datetime, environment: str) -> str:
    """The refusal of a window the archive may not have whole yet."""
    if not archive_lag(environment):
        return f"The window ends in the future. Ask for one that ends at {latest.isoformat()} or before."
    minutes = int(ARCHIVE_LAG.total_seconds() // 60)
    return (
        f"The archive may lack events of the last {minutes} minutes. "
        f"Ask for a window that ends at {latest.isoformat()} or before."
    )


def moment(text: str) -> datetime:
    """An ISO 8601 date (its first moment) or time; UTC when it names no zone. Raises UserError."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise UserError(f"{text} is no ISO 8601 date or time, such as 2031-04-01 or 2031-04-01T18:30:00Z.") from None
    return read if read.tzinfo else read.replace(tzinfo=UTC)
