"""The place where an export is made: a folder beside the one that is asked for, which appears whole or not at all."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from infra.errors import UserError
from ninelives.analytics.export.asked import Asked
from ninelives.ops.replay.window import Window

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class State:
    """The progress of an export. `started` is when its present replay began; ISO 8601 texts, for they are a file."""

    asked: dict[str, Any]
    start: str
    end: str
    phase: Literal["draining", "drained"] = "draining"
    replay: str | None = None
    started: str | None = None
    replays: int = 0

    @property
    def window(self) -> Window:
        return Window(datetime.fromisoformat(self.start), datetime.fromisoformat(self.end))


class Workplace:
    """`DIR.partial`: the spool and the state of an export into `DIR`, and the result until it is whole."""

    def __init__(self, out: Path) -> None:
        self.out = out.absolute()
        self.folder = self.out.with_name(f"{self.out.name}.partial")
        self.spool, self.scratch, self.result = (self.folder / name for name in ("spool", "scratch", "result"))
        self._state = self.folder / "state.json"

    def finished(self, asked: Asked) -> bool:
        """Whether the export is there. Raises UserError when something else is."""
        if not self.out.exists() or (self.out.is_dir() and not any(self.out.iterdir())):
            return False
        try:
            made = json.loads((self.out / MANIFEST).read_text())["asked"]
        except (OSError, ValueError, KeyError):
            raise UserError(f"{self.out.name} exists and is no export: name another folder.") from None
        self._same(made, asked)
        return True

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Keep other processes out of this folder. Raises UserError when one is at work in it."""
        self.spool.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise UserError(f"An export into {self.out.name} is being made already.") from None
            try:
                yield
            finally:
                if self.folder.exists() and not self._state.exists():  # refused before it began
                    shutil.rmtree(self.folder)

    def state(self, asked: Asked) -> State | None:
        """The state in which an export of the same was left, None for a new one. Raises UserError for one of something
        else."""
        try:
            state = State(**json.loads(self._state.read_text()))
        except FileNotFoundError:
            return None
        self._same(state.asked, asked)
        return state

    def save(self, state: State) -> State:
        """Remember how far it is; a crash leaves the old state or the new one."""
        fresh = self._state.with_suffix(".new")
        with fresh.open("w") as file:
            json.dump(asdict(state), file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._state)
        return state

    @contextmanager
    def blank_result(self) -> Iterator[Path]:
        """An empty folder to write the result into; half a result of an earlier try is thrown away."""
        for folder in (self.result, self.scratch):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        yield self.result

    def commit(self) -> None:
        """Let the result appear under its name, all at once, and clear up."""
        for path in sorted(self.result.rglob("*")):
            _sync(path)
        _sync(self.result)
        self.result.replace(self.out)
        _sync(self.out.parent)
        shutil.rmtree(self.folder)

    def _same(self, made: Any, asked: Asked) -> None:
        if made != asked.as_json():
            raise UserError(
                f"{self.out.name} belongs to another export ({_words(made)}). Use its arguments or another folder."
            )


def _words(made: Any) -> str:
    return ", ".join(f"{name} {value}" for name, value in dict(made).items() if value) or "all there is"


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
