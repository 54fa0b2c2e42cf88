"""The record of a running cloud, and the check that a process id is still the one we started."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from dataclasses import asdict, dataclass

from infra.local.home import Home

MODULE = "infra.local.serve"


@dataclass(frozen=True)
class Process:
    """A cloud process as it was started: its id, its port, the token it answers with, the code it runs."""

    pid: int
    port: int
    token: str
    code: str


def _show(pid: int, column: str) -> str:
    command = ["ps", "-ww", "-o", column, "-p", str(pid)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def remember(home: Home, process: Process) -> None:
    home.process_file.write_text(json.dumps(asdict(process)))


def forget(home: Home) -> None:
    home.process_file.unlink(missing_ok=True)


def read_record(home: Home) -> Process | None:
    """The process last started in this home, alive or not."""
    try:
        return Process(**json.loads(home.process_file.read_text()))
    except (OSError, ValueError, TypeError):
        return None


def is_ours(process: Process) -> bool:
    """Whether this very process still lives: ids are reused, so its command line must carry our token."""
    shown = _show(process.pid, "command=")
    return MODULE in shown and process.token in shown


def stop(process: Process, grace: float) -> bool:
    """End our process, softly within `grace` seconds and then hard; True when it ended by itself."""
    _signal(process.pid, signal.SIGTERM)
    ended = _gone_within(process, grace)
    if not ended:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)  # its own group: the Lambda workers go with it
        _gone_within(process, 5.0)
    return ended


def _signal(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _gone_within(process: Process, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(process.pid, os.WNOHANG)  # a child of ours must be reaped to be gone
        if _show(process.pid, "stat=")[:1] in ("", "Z"):  # a zombie has let go of its port, a dying process not yet
            return True
        time.sleep(0.05)
    return False
