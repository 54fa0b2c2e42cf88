"""Packages of npm, pinned, in a cache of the local home: tools of a document, never part of what is deployed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from infra.local.bootstrap import tool_environment
from infra.local.home import REPOSITORY

PATIENCE_SECONDS = 180
BIN = Path(sys.executable).parent


class NotInstalled(Exception):
    """npm could not fetch the packages; `str(error)` says what it said."""


@dataclass(frozen=True)
class Packages:
    """What one tool needs, each as `name@version`."""

    tool: str
    pinned: tuple[str, ...]

    def folder(self) -> Path:
        """The folder that holds `node_modules` with exactly these packages, installed on first use.

        Scripts of packages do not run, and no lock file is written: it would record where they came from. Raises
        NotInstalled.
        """
        name = sha256("\n".join(self.pinned).encode()).hexdigest()[:12]
        ready = REPOSITORY / ".local" / "node" / f"{self.tool}-{name}"
        if not ready.is_dir():
            ready.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=ready.parent) as scratch:
                _install(Path(scratch), self.pinned)
                if not ready.is_dir():  # another one may have been faster
                    shutil.move(scratch, ready)
                    Path(scratch).mkdir()
        return ready

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


def _install(scratch: Path, packages: tuple[str, ...]) -> None:
    (scratch / "package.json").write_text('{"private": true}\n')
    quiet = ["--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        done = subprocess.run(
            [BIN / "npm", "install", *quiet, *packages],
            cwd=scratch,
            env={**os.environ, **tool_environment(), "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"},
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotInstalled(f"npm did not run: {error}") from error
    if done.returncode:
        raise NotInstalled(f"npm could not fetch {', '.join(packages)}: {done.stderr.strip()[-300:]}")
