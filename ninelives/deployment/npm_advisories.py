"""Known vulnerabilities of what npm has locked, by `npm audit` and the registry's advisories.

As with Python's (`advisories.py`): a source is first asked about a package that is known to be bad.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ninelives.deployment.advisories import PATIENCE_SECONDS, Audit

KNOWN_TO_BE_BAD = ("lodash", "4.17.15")

Ask = Callable[[Path], str]
"""Output of `npm audit` for the lock in this folder. Raises OSError or subprocess.TimeoutExpired."""


def audit_npm(lock: Path, ask: Ask) -> Audit:
    """Every package of the lock against the advisories, if there are any."""
    with tempfile.TemporaryDirectory() as folder:
        known = _query(ask, _write_bad(Path(folder)))
    if known is None:
        return Audit(missed="no source of advisories answers.")
    if not known:
        return Audit(missed=f"the source that answers knows of no advisory, not even of {'@'.join(KNOWN_TO_BE_BAD)}.")
    told = _query(ask, lock.parent)
    if told is None:
        return Audit(missed="the source of advisories stopped answering.")
    return Audit(tuple(sorted(f"npm:{name} {flaw['range']}: {flaw['severity']}" for name, flaw in told.items())))


def _write_bad(folder: Path) -> Path:
    name, version = KNOWN_TO_BE_BAD
    root = {"name": "bad", "version": "1.0.0", "dependencies": {name: version}}
    packages = {"": root, f"node_modules/{name}": {"version": version}}
    (folder / "package.json").write_text(json.dumps(root), encoding="utf-8")
    lock = {"name": "bad", "version": "1.0.0", "lockfileVersion": 3, "packages": packages}
    (folder / "package-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    return folder


def _query(ask: Ask, folder: Path) -> dict[str, Any] | None:
    """The packages that npm speaks ill of; None when it broke off."""
    try:
        flawed: dict[str, Any] = json.loads(ask(folder))["vulnerabilities"]
    except (OSError, subprocess.TimeoutExpired, ValueError, LookupError):
        return None
    return flawed


def ask_npm(program: Path) -> Ask:
    """Ask the installed npm. It reads the lock, installs nothing, and what it says of itself goes nowhere."""

    def ask(folder: Path) -> str:
        with tempfile.TemporaryDirectory() as scratch:
            for name in ("package.json", "package-lock.json"):
                shutil.copy(folder / name, scratch)
            done = subprocess.run(
                [program, "audit", "--package-lock-only", "--json", "--fetch-retries=0", "--fetch-timeout=5000"],
                cwd=scratch,
                env={**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ.get('PATH', '')}"},
                capture_output=True,
                text=True,
                timeout=PATIENCE_SECONDS,
                check=False,
            )
        return done.stdout

    return ask
