"""World packs on disk: a directory of JSON files, read in the order of their names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from services.lore.domain.assembly import SourceFile
from services.lore.domain.inspection import inspect
from services.lore.domain.pack import Pack
from services.lore.domain.pack_fault import PackFault, PackInvalid


def load_pack(directory: Path) -> Pack:
    """The pack in `directory`. Raises PackInvalid with all faults, or FileNotFoundError when there is no pack."""
    files, faults = read_files(directory)
    pack, more = inspect(files)
    faults.extend(more)
    if pack is None or faults:
        raise PackInvalid(faults)
    return pack


def read_files(directory: Path) -> tuple[list[SourceFile], list[PackFault]]:
    """The pack's files, and a fault for each that is not JSON. Raises FileNotFoundError when there are none."""
    paths = sorted(directory.rglob("*.json"))
    if not paths:
        raise FileNotFoundError(f"no world pack in {directory}: it has no .json file")
    files: list[SourceFile] = []
    faults: list[PackFault] = []
    for path in paths:
        name = path.relative_to(directory).as_posix()
        try:
            files.append(SourceFile(name, json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_once)))
        except (ValueError, RecursionError) as error:
            faults.append(PackFault(name, "(file)", f"is not JSON in UTF-8: {error}", "correct the syntax"))
    return files, faults


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object's fields. Raises ValueError where JSON would let the second of two equal names win in silence."""
    read: dict[str, Any] = {}
    for name, value in pairs:
        if name in read:
            raise ValueError(f"{name} is there twice in one object")
        read[name] = value
    return read
