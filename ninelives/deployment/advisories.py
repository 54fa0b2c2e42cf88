"""Known vulnerabilities of what is locked, by pip-audit and the advisories of the package index.

An index without advisories (a mirror, mostly) finds nothing wrong with anything. So it is asked first about a package
that is known to be bad: who finds nothing wrong with that one has audited nothing.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE_SECONDS = 120
KNOWN_TO_BE_BAD = "django==3.2"
ACCEPTED: dict[str, str] = {}
"""By its id an advisory that does not concern us, and why."""

Ask = Callable[[Sequence[Path]], str]
"""Output of pip-audit for these requirement files. Raises OSError or subprocess.TimeoutExpired."""


@dataclass(frozen=True)
class Audit:
    """The findings of an audit, a line each; `missed` says why nothing, or something, was not audited."""

    found: tuple[str, ...] = ()
    missed: str = ""


def audit(locks: Sequence[Path], ask: Ask) -> Audit:
    """Every locked package against the advisories, if there are any."""
    with tempfile.TemporaryDirectory() as folder:
        bad = Path(folder, "requirements.txt")
        bad.write_text(f"{KNOWN_TO_BE_BAD}\n", encoding="utf-8")
        known = _query(ask, [bad])
    if known is None:
        return Audit(missed="no source of advisories answers.")
    if not any(each.get("vulns") for each in known):
        return Audit(missed=f"the source that answers knows of no advisory, not even of {KNOWN_TO_BE_BAD}.")
    told = _query(ask, locks)
    if told is None:
        return Audit(missed="the source of advisories stopped answering.")
    skipped = sorted({each["name"] for each in told if "vulns" not in each})
    return Audit(tuple(sorted(_list_flaws(told))), f"unknown to the source: {', '.join(skipped)}." if skipped else "")


def _list_flaws(told: list[dict[str, Any]]) -> set[str]:
    return {
        f"{each['name']} {each['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'no version'}"
        for each in told
        for flaw in each.get("vulns", ())
        if flaw["id"] not in ACCEPTED
    }


def _query(ask: Ask, files: Sequence[Path]) -> list[dict[str, Any]] | None:
    """The packages that pip-audit speaks of; None when it broke off."""
    try:
        packages: list[dict[str, Any]] = json.loads(ask(files))["dependencies"]
    except (OSError, subprocess.TimeoutExpired, ValueError, LookupError):
        return None
    return packages


def ask_pip_audit(program: Path) -> Ask:
    """Ask the installed pip-audit. It installs nothing and resolves nothing: a lock says all."""
    options = ["--disable-pip", "--no-deps", "--format", "json", "--progress-spinner", "off", "--timeout", "5"]

    def ask(files: Sequence[Path]) -> str:
        named = [part for file in files for part in ("--requirement", str(file))]
        done = subprocess.run(
            [program, *options, *named], capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
        )
        return done.stdout

    return ask
