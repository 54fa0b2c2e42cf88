"""The claim to rebuild: one at a time, known by name, and gone on with when it stopped half way."""

from __future__ import annotations

import getpass
import os
import socket
from collections.abc import Callable
from datetime import UTC, datetime

from infra.errors import UserError
from services.campaign.adapters.projection_versions import ProjectionVersions
from services.campaign.domain.projection_version import Building, ProjectionVersion

REPLAYS = "rebuild-"
"""The prefix of the names of our replays: the rule of the rebuild takes no other."""


def this_process() -> str:
    """The name of this process: user, host and process id."""
    return f"{getpass.getuser()}@{socket.gethostname()}/{os.getpid()}"


def running(who: str) -> bool:
    """Whether this process can still be at work. One on another host always can: from here nobody knows."""
    person, _, process = who.rpartition("/")
    if person != this_process().rpartition("/")[0]:
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return int(process) != os.getpid()


def claim(
    versions: ProjectionVersions, who: str, now: datetime, is_running: Callable[[str], bool] = running
) -> tuple[ProjectionVersion, bool]:
    """Claim the spare table, or go on with a rebuild whose process has ended; and whether it is the latter.

    Raises UserError while somebody else has it.
    """
    current = versions.read()
    going_on = current.building is not None
    if current.building is None:
        building = Building(by=who, since=now, replay=replay_name(now))
    elif is_running(current.building.by):
        raise UserError(refusal(current.building))
    else:
        building = current.building.model_copy(update={"by": who})
    claimed = current.start_rebuild(building)
    if not versions.replace(claimed):
        raise UserError("Somebody else claimed it this very moment.")
    return claimed, going_on


def replay_name(now: datetime) -> str:
    return f"{REPLAYS}{now.astimezone(UTC):%Y%m%dT%H%M%S%fZ}"


def refusal(building: Building) -> str:
    since = f"{building.since:%Y-%m-%d %H:%M:%S} UTC"
    return f"{building.by} rebuilds it since {since} ({building.replay}). If that is dead, give it up with --discard."
