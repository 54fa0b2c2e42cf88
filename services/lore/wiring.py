"""Composition root of lore: the world this deployment plays."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from services.lore.adapters.pack_files import load_pack
from services.lore.domain.pack import Pack

WORLDS = Path(__file__).resolve().parent / "world"


@cache
def world() -> Pack:
    """The pack named by WORLD (default nekopolis), loaded once per container. Raises PackInvalid, a build error."""
    return load_pack(WORLDS / os.environ.get("WORLD", "nekopolis"))
