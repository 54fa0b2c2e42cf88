"""Packages of npm, pinned, in a cache of the repository: for documents and checks, never part of what is deployed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from infra.local.bootstrap import tool_environment
from infra.local.home import REPOSITORY

PATIENCE_SECONDS = 180
BIN = Path(sys.executable).parent
BINARIES = Path("node_modules", ".bin")


class NotInstalled(Exception):
    """npm could not fetch the packages; `str(error)` says what it said."""


@dataclass(frozen=True)
class Packages:
    """The packages that one tool needs, each as `name@version`."""

    tool: str
    pinned: tuple[str, ...]

    def folder(self) -> Path:
        """The folder that holds `node_modules` with exactly these packages, installed on first use.

        No lock file is written: it would record where they came from. Raises NotInstalled.
        """
        return _installed_once(self.tool, "\n".join(self.pinned).encode(), self._install)

    def _install(self, scratch: Path) -> None:
        (scratch / "package.json").write_text('{"private": true}\n')
        _npm(scratch, ", ".join(self.pinned), "install", "--no-save", "--no-package-lock", *self.pinned)

    def run(self, tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the packages; `stdout` holds all it says. Raises NotInstalled, subprocess.TimeoutExpired."""
        return _run_tool(self.folder(), tool, *arguments, cwd=REPOSITORY)

    def node(self, script: Path, *arguments: str, stdin: str) -> subprocess.CompletedProcess[str]:
        """Run a script beside the packages."""
        with tempfile.TemporaryDirectory(dir=self.folder()) as beside:
            copy = shutil.copy(script, Path(beside, script.name))
            return subprocess.run(
                [BIN / "node", copy, *arguments],
                input=stdin,
                capture_output=True,
                text=True,
                timeout=PATIENCE_SECONDS,
                check=False,
            )


@dataclass(frozen=True)
class LockedTools:
    """Command-line tools that a `package.json` names, in the versions and with the hashes of its lock."""

    project: Path = REPOSITORY

    def folder(self) -> Path:
        """The folder that holds `node_modules` as the lock says, installed on first use. Raises NotInstalled."""
        return _installed_once("tools", b"".join(file.read_bytes() for file in self._files), self._install)

    def run(self, tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a tool in the project; `stdout` holds all it says. Raises NotInstalled or subprocess.TimeoutExpired."""
        return _run_tool(self.folder(), tool, *arguments, cwd=self.project)

    @property
    def _files(self) -> list[Path]:
        return [self.project / name for name in ("package.json", "package-lock.json")]

    def _install(self, scratch: Path) -> None:
        for file in self._files:
            shutil.copy(file, scratch)
        _npm(scratch, "what package-lock.json names", "ci")
        for tool in sorted(path.name for path in (scratch / BINARIES).iterdir()):
            done = _run_tool(scratch, tool, "--version", cwd=scratch)
            if done.returncode:  # the part for this platform is optional to npm: it may be missing without a word
                raise NotInstalled(f"{tool} does not run here: {done.stdout.strip()[-300:]}")


def _run_tool(folder: Path, tool: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Both tools are scripts that start a program: when time is up, or Control-C came, all of them end."""
    command = [str(BIN / "node"), str(folder / BINARIES / tool), *arguments]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=pipe, stderr=subprocess.STDOUT, text=True, process_group=0
    ) as process:
        try:
            output, _ = process.communicate(timeout=PATIENCE_SECONDS)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    return subprocess.CompletedProcess(command, process.returncode, output)


def _installed_once(tool: str, versions: bytes, install: Callable[[Path], None]) -> Path:
    """The folder of these versions: made by `install` in a scratch folder, and put in its place when it is complete."""
    ready = REPOSITORY / ".local" / "node" / f"{tool}-{sha256(versions).hexdigest()[:12]}"
    if not ready.is_dir():
        ready.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=ready.parent) as scratch:
            install(Path(scratch))
            if not ready.is_dir():  # another one may have been faster
                shutil.move(scratch, ready)
                Path(scratch).mkdir()
    return ready


def _npm(folder: Path, what: str, *command: str) -> None:
    """Run npm in a folder to fetch `what`. Scripts of packages do not run. Raises NotInstalled."""
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        done = subprocess.run(
            [BIN / "npm", *command, *quiet],
            cwd=folder,
            env={**os.environ, **tool_environment(), "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"},
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotInstalled(f"npm did not run: {error}") from error
    if done.returncode:
        raise NotInstalled(f"npm could not fetch {what}: {done.stderr.strip()[-300:]}")
