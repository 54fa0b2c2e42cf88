"""The document as it was last promised, and the comparison with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ninelives.contracttools.compatibility.findings import Unusable, printable
from ninelives.contracttools.openapi import document
from ninelives.contracttools.openapi.compatibility import ApiBreak, breaks

Json = Mapping[str, Any]
CURRENT = document.FILE
FILE = CURRENT.parent / "released" / "openapi.json"
"""Every promise is in the newest copy: none can be released that breaks the one before."""


def broken_promises(released: Path = FILE, current: Path = CURRENT) -> list[ApiBreak]:
    """Breaks that a client of the released document would stumble over. Raises Unusable when one of them is no
    document."""
    return breaks(read(released), read(current))


def read(path: Path) -> Json:
    """Raises Unusable."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Unusable(f"{printable(str(path))}: cannot be read as JSON: {type(error).__name__}") from error
    if not isinstance(told, dict) or not str(told.get("openapi", "")).startswith("3.1"):
        raise Unusable(f"{printable(str(path))}: not an OpenAPI 3.1 document")
    return told


def release(released: Path = FILE, current: Path = CURRENT) -> bool:
    """Promise the current document; False when it says what the last one says. Call it only when nothing is broken."""
    text = current.read_text(encoding="utf-8")
    if released.is_file() and released.read_text(encoding="utf-8") == text:
        return False
    released.parent.mkdir(parents=True, exist_ok=True)
    released.write_text(text, encoding="utf-8")
    return True
