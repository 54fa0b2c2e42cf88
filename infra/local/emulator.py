"""Start, find and stop the emulator of a home. One home has at most one."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from infra.errors import UserError
from infra.local import process
from infra.local.home import ACCOUNT, REGION, REPOSITORY, Home
from infra.local.process import MODULE, Process

START_WITHIN = 60.0  # seconds; a first start compiles the emulator
LOG_LIMIT = 5_000_000  # bytes; a longer log is begun anew at the next start
SERVED = ("serve.py", "browser_guard.py", "expressions.py", "forked_worker.py", "snapshot.py", "warm.py", "workers.py")
CODE_COPIES = 24  # unpacked functions to keep from one start to the next
HUNG_GRACE = 3.0  # seconds for a process that does not answer
LET_GO_WITHIN = 1.0  # seconds
WARM_WITHIN = 20.0  # seconds
STOP_WITHIN = 20.0  # seconds; requests in flight end and state is saved


def environment(home: Home, persist: bool) -> dict[str, str]:
    """All that the emulator, and with it every Lambda, gets to see of the host's environment."""
    on = "1" if persist else "0"
    venv = Path(sys.executable).parent
    return {
        "PATH": os.pathsep.join([str(venv), "/usr/local/bin", "/usr/bin", "/bin"]),
        "HOME": str(home.path),
        "TMPDIR": str(home.path / "tmp"),
        "LANG": "C.UTF-8",
        "GATEWAY_PORT": str(home.port),
        "BIND_HOST": "127.0.0.1",
        "AUTH": "true",  # a function may do what its role allows; whoever has the account's key, everything
        "MINISTACK_REGION": REGION,
        "MINISTACK_ACCOUNT_ID": ACCOUNT,
        "PERSIST_STATE": on,
        "STATE_DIR": str(home.path / "state"),
        "S3_PERSIST": on,
        "S3_DATA_DIR": str(home.path / "s3"),
        "MINISTACK_HOST": "127.0.0.1",  # queue URLs name it, and `localhost` may mean another address family
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "LAMBDA_WARM_TTL_SECONDS": "300",  # who plays reads for a minute and more between two turns
        "LOG_LEVEL": "WARNING",
    }


def ask(home: Home, path: str, timeout: float = 2.0) -> dict[str, Any] | None:
    """The JSON object our cloud answers with at `path`, None when nothing of ours answers in time."""
    try:
        with urllib.request.urlopen(home.endpoint + path, timeout=timeout) as reply:
            body = json.load(reply)
    except (OSError, ValueError, urllib.error.URLError):
        return None
    return body if isinstance(body, dict) else None


def code_digest() -> str:
    """A hash of the code the emulator's process runs, hooks included; another one calls for a restart."""
    directory = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted([*directory.glob("hooks/*.py"), *(directory / name for name in SERVED)]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def port_is_taken(port: int) -> bool:
    """Whether somebody listens there, and goes on doing so: a process that was just killed lets go a moment later."""
    deadline = time.monotonic() + LET_GO_WITHIN
    while time.monotonic() < deadline:
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return False
        time.sleep(0.05)
    return True


def running(home: Home) -> Process | None:
    """The process of this home when it lives; forgets the record of one that does not."""
    found = process.read_record(home)
    if found is None:
        return None
    if process.is_ours(found):
        return found
    process.forget(home)
    return None


def answers(home: Home, found: Process) -> bool:
    """Whether that process serves this home's port."""
    identity = ask(home, "/_ninelives/cloud")
    return identity is not None and identity.get("token") == found.token


def start(home: Home, persist: bool = True) -> Process:
    """Start the emulator and return when it is ready. Raises UserError, leaving nothing behind."""
    home.create()
    _clear_leftovers(home)
    if port_is_taken(home.port):
        raise UserError(
            f"Port {home.port} is in use by another program: stop that, or choose another port with "
            f"NINELIVES_PORT={home.port + 1}."
        )
    token = secrets.token_hex(8)
    command = [sys.executable, "-m", MODULE]
    command += ["--home", str(home.path), "--port", str(home.port), "--token", token]
    with home.log_file.open("ab" if _is_small(home.log_file) else "wb") as log:
        child = subprocess.Popen(
            command,
            env=environment(home, persist),
            cwd=REPOSITORY,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    started = Process(child.pid, home.port, token, code_digest())
    process.remember(home, started)
    try:
        _wait_until_ready(home, child)
    except BaseException:
        process.stop(started, grace=2.0)
        process.forget(home)
        raise
    return started


def _wait_until_ready(home: Home, child: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_WITHIN
    while time.monotonic() < deadline:
        if child.poll() is not None:
            raise UserError(f"The local cloud stopped while starting: {_last_line(home)}")
        if ask(home, "/_ministack/ready", timeout=1.0) is not None:
            return
        time.sleep(0.05)
    raise UserError(f"The local cloud was not ready within {START_WITHIN:.0f} s: see {home.log_file}.")


def _clear_leftovers(home: Home) -> None:
    """Delete what a killed cloud left of its Lambda workers, and the copies of code once there are many."""
    temporary = home.path / "tmp"
    for path in temporary.glob("ministack-lambda-*"):
        shutil.rmtree(path, ignore_errors=True)
    if len(list(temporary.glob("code/*"))) > CODE_COPIES:
        shutil.rmtree(temporary / "code", ignore_errors=True)


def _is_small(log: Path) -> bool:
    return not log.exists() or log.stat().st_size < LOG_LIMIT


def _last_line(home: Home) -> str:
    lines = home.log_file.read_text(errors="replace").strip().splitlines()
    return f"{lines[-1]} (all of it in {home.log_file})" if lines else f"see {home.log_file}"


def stop(home: Home) -> bool:
    """Stop the emulator of this home, saving its state; False when there was none."""
    found = running(home)
    if found is None:
        return False
    process.stop(found, STOP_WITHIN if answers(home, found) else HUNG_GRACE)
    process.forget(home)
    return True


def snapshot(home: Home) -> None:
    """Save the state of the running cloud to disk now."""
    ask(home, "/_ninelives/snapshot", timeout=60.0)


def resume(home: Home) -> int:
    """Start again the workflows that ran when the cloud before this one ended; how many there were."""
    answer = ask(home, "/_ninelives/resume", timeout=10.0)
    return int(answer["started"]) if answer else 0


def warm(home: Home) -> None:
    """Have a worker of every function started; returns when they are, or after WARM_WITHIN."""
    deadline = time.monotonic() + WARM_WITHIN
    state = ask(home, "/_ninelives/warm")
    while state and state["left"] and time.monotonic() < deadline:
        time.sleep(0.05)
        state = ask(home, "/_ninelives/warming")
