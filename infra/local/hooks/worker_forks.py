"""A new execution environment is there as soon as on AWS: it does not load the libraries anew on a busy laptop.

A Python worker is forked from one process that has them in memory, instead of started from nothing: on two cores, eight
players at once would wait for dozens of interpreters that each import the SDK. AWS starts as many side by side, each on
a machine of its own. What a function imports itself, its own code included, it still pays for.
"""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
import tempfile
import types
from functools import cache
from multiprocessing import util
from typing import IO, Any

from ministack.core import lambda_runtime

from infra.local import forked_worker
from infra.local.hooks.surface import need

PATIENCE = 10  # seconds for an interpreter to tell its path
SHORT = "/tmp"


class ForkedProcess:
    """The part of a subprocess.Popen that the emulator uses, for a fork."""

    def __init__(self, script: str, directory: str, environment: dict[str, str]) -> None:
        context = _server()
        theirs_in, ours_in = context.Pipe(duplex=False)
        ours_out, theirs_out = context.Pipe(duplex=False)
        ours_err, theirs_err = context.Pipe(duplex=False)
        theirs = (theirs_in, theirs_out, theirs_err)
        self._process = context.Process(
            target=forked_worker.run, args=(script, directory, environment, _path(), theirs), daemon=True
        )
        self._process.start()
        for stream in theirs:
            stream.close()
        self._ends = (ours_in, ours_out, ours_err)
        self.stdin = _text(ours_in, "w")
        self.stdout = _text(ours_out, "r")
        self.stderr = _text(ours_err, "r")
        self.pid = self._process.pid

    def poll(self) -> int | None:
        code: int | None = self._process.exitcode
        return code

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if (code := self.poll()) is None:
            raise subprocess.TimeoutExpired("worker", timeout or 0)
        return code

    def terminate(self) -> None:
        self._process.terminate()

    def kill(self) -> None:
        self._process.kill()


def _text(end: Any, mode: str) -> IO[str]:
    """A text stream on this end of a pipe, which stays open as long as the end does."""
    stream: IO[str] = open(end.fileno(), mode, encoding="utf-8", buffering=1, closefd=False)  # noqa: SIM115
    return stream


@cache
def _server() -> Any:
    """The server that forks processes. The first to ask starts it; it ends with the emulator."""
    _short_of_path()
    main = sys.modules["__main__"]
    main.__spec__ = None  # or a fork would begin by importing the emulator's main module
    main.__dict__.pop("__file__", None)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(forked_worker.PRELOADED))
    return context


def _short_of_path() -> None:
    """Have the server's socket where its path is short: a hundred characters are its most, and a home's are many.
    The folder is its owner's alone, and goes with the emulator."""
    elsewhere, tempfile.tempdir = tempfile.tempdir, SHORT
    try:
        util.get_temp_dir()
    finally:
        tempfile.tempdir = elsewhere


@cache
def _path() -> tuple[str, ...]:
    """Returns the folders in which a fresh interpreter looks for modules, beside that of its script."""
    told = subprocess.run(
        [sys.executable, "-c", "import sys, json; print(json.dumps(sys.path[1:]))"],
        capture_output=True,
        check=True,
        timeout=PATIENCE,
        env={},
    ).stdout
    return tuple(json.loads(told))


def _popen(command: list[str], **options: Any) -> Any:
    if command[0] != sys.executable or len(command) != 2:
        return subprocess.Popen(command, **options)
    return ForkedProcess(command[1], options["cwd"], options["env"])


def install() -> None:
    need(lambda_runtime, "subprocess", "_lock", "_workers")
    forking = types.ModuleType("subprocess")
    forking.__dict__.update(vars(subprocess))
    setattr(forking, "Popen", _popen)  # noqa: B010
    lambda_runtime.subprocess = forking
