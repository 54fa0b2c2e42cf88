"""Replays of the archive to the export's rule alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Literal

from infra.environment import Environment
from ninelives.ops.replay.window import Window

Phase = Literal["running", "completed", "lost"]
PHASES: dict[str, Phase] = {"STARTING": "running", "RUNNING": "running", "COMPLETED": "completed"}


@dataclass(frozen=True)
class Extent:
    """The extent of the whole archive; EventBridge does not count by window, and its figures lag by a day."""

    name: str
    events: int
    size: int


@dataclass(frozen=True)
class Drained:
    """The progress of a replay: `lost` is one that failed, was cancelled, or is forgotten (by AWS after 90 days)."""

    phase: Phase
    share: float = 0.0
    reason: str = ""


@dataclass(frozen=True)
class ExportReplays:
    """Starts and watches replays through a boto3 client."""

    events: Any
    archive: str
    rule_arn: str

    @classmethod
    def of(cls, environment: Environment) -> ExportReplays:
        """Raises UnknownEnvironment when the environment has no archive or no export queue."""
        archive, rule = environment.find("platform", "archive-name"), environment.find("operations", "rule/export")
        return cls(environment.client("events"), archive, rule)

    def extent(self) -> Extent:
        known = self.events.describe_archive(ArchiveName=self.archive)
        return Extent(self.archive, int(known.get("EventCount", 0)), int(known.get("SizeBytes", 0)))

    def start(self, name: str, window: Window) -> None:
        """Start it; one of this name that runs already is the one."""
        archive = self.events.describe_archive(ArchiveName=self.archive)
        try:
            self.events.start_replay(
                ReplayName=name,
                EventSourceArn=archive["ArchiveArn"],
                EventStartTime=window.start,
                EventEndTime=window.end,
                Destination={"Arn": archive["EventSourceArn"], "FilterArns": [self.rule_arn]},
            )
        except self.events.exceptions.ResourceAlreadyExistsException:
            return

    def progress(self, name: str, window: Window) -> Drained:
        try:
            known = self.events.describe_replay(ReplayName=name)
        except self.events.exceptions.ResourceNotFoundException:
            return Drained("lost", reason="it is not known")
        phase = PHASES.get(known["State"], "lost")
        share = 1.0 if phase == "completed" else _share(known.get("EventLastReplayedTime"), window)
        return Drained(phase, share, f"{known['State']} {known.get('StateReason', '')}".strip())

    def cancel(self, name: str) -> None:
        """Stop a replay nobody waits for; one that has ended already is fine, too."""
        gone = self.events.exceptions
        try:
            self.events.cancel_replay(ReplayName=name)
        except (gone.ResourceNotFoundException, gone.IllegalStatusException):
            return
        except self.events.exceptions.ClientError as error:
            if error.response["Error"]["Code"] != "ValidationException":
                raise


def replay_name(window: Window, now: datetime) -> str:
    """`export-<hash of the window>-<when>`: says whose it is, and is new each time."""
    span = sha256(f"{window.start.isoformat()}|{window.end.isoformat()}".encode()).hexdigest()[:8]
    return f"export-{span}-{now.astimezone(UTC):%Y%m%dT%H%M%S%f}Z"


def given_up(other: str, mine: str) -> bool:
    """Whether a replay that this queue still has messages of was begun before mine: its export must start another."""
    return other.rpartition("-")[2] < mine.rpartition("-")[2]


def _share(reached: Any, window: Window) -> float:
    if not isinstance(reached, datetime):
        return 0.0
    done, whole = (reached - window.start).total_seconds(), (window.end - window.start).total_seconds()
    return min(1.0, max(0.0, done / whole))
