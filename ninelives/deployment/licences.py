"""Licences of what is locked, held against those that may be used here."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ninelives.deployment.sbom import licence_of, pins

ALLOWED = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BlueOak-1.0.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "PSF-2.0",
    "Python-2.0",
    "Zlib",
}
"""SPDX ids. None of them asks that what uses the package be published; MPL-2.0 asks it of changes to the package. What
is of npm checks and documents, and is no part of what is deployed."""


NPM_SAYS_OTHERWISE = {
    "@informalsystems/quint": "Apache-2.0",
    "decko": "MIT",
    "stickyfill": "MIT",
    "url-template": "BSD-3-Clause",
}
"""Packages of npm whose metadata name no licence, or none by its SPDX id, as their own licence files do."""
UNNAMED = "no licence named"


def list_licences(locks: Iterable[Path], npm_locks: Iterable[Path] = ()) -> dict[str, tuple[str, ...]]:
    """The packages of these locks by licence. Raises UserError for one of Python whose licence nobody knows."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for lock in locks:
        for pin in pins(lock.read_text(encoding="utf-8")):
            found[licence_of(pin.name)].add(pin.name)
    for npm_lock in npm_locks:
        for name, licence in npm_licences(npm_lock):
            found[licence].add(f"npm:{name}")
    return {licence: tuple(sorted(found[licence])) for licence in sorted(found)}


def npm_licences(lock: Path) -> Iterator[tuple[str, str]]:
    """Each package that a lock of npm names, and its licence. What npm has installed has such a lock, too
    (`node_modules/.package-lock.json`)."""
    for place, about in json.loads(lock.read_text(encoding="utf-8"))["packages"].items():
        name = place.rpartition("node_modules/")[2]
        if name:
            yield name, NPM_SAYS_OTHERWISE.get(name) or about.get("license") or UNNAMED


def find_refused(licences: Mapping[str, tuple[str, ...]]) -> list[str]:
    """A line for each licence under which a package may not be used."""
    return [f"{licence}: {', '.join(some)}" for licence, some in licences.items() if not is_allowed(licence)]


def is_allowed(licence: str) -> bool:
    """Whether an SPDX expression can be met: each side of an AND, one of an OR. What is none cannot."""
    from license_expression import ExpressionError

    try:
        return _is_met(_spdx().parse(licence))
    except ExpressionError:
        return False


def _is_met(expression: Any) -> bool:
    if isinstance(expression, _spdx().AND):
        return all(map(_is_met, expression.args))
    if isinstance(expression, _spdx().OR):
        return any(map(_is_met, expression.args))
    return getattr(expression, "key", None) in ALLOWED


@cache
def _spdx() -> Any:
    from license_expression import get_spdx_licensing

    return get_spdx_licensing()
