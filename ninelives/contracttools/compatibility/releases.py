"""The minors we promised: `released/<owner>/<major.minor>/<Message>.json`, never edited, only added to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ninelives.contracttools.compatibility.catalogue import Contract
from ninelives.contracttools.compatibility.compatibility import DIRECTIONS, breaks
from ninelives.contracttools.compatibility.document import parse, read
from ninelives.contracttools.compatibility.findings import Break


@dataclass(frozen=True)
class BrokenPromise:
    """A break of a message against one minor that was released."""

    owner: str
    minor: str
    message: str
    found: Break

    def __str__(self) -> str:
        return f"{self.owner} {self.minor} {self.message} {self.found}"


def broken_promises(released: Path, current: Contract) -> Iterator[BrokenPromise]:
    """The promises of its own major's minors that a contract breaks. A message that vanished fails both directions.

    Raises Unusable when a released file is no schema.
    """
    for minor in _minors(released, current):
        for path in sorted((released / current.owner / minor).glob("*.json")):
            for found in _compare(path, current.schemas):
                yield BrokenPromise(current.owner, minor, path.stem, found)


def release(released: Path, current: Contract) -> str | None:
    """Promise the current schemas as the next minor; returns it, or None when the last minor holds just these.

    Call it only when there are no broken promises.
    """
    minors = _minors(released, current)
    if minors and _read_schemas(released / current.owner / minors[-1]) == current.schemas:
        return None
    following = int(minors[-1].split(".")[1]) + 1 if minors else 0
    folder = released / current.owner / f"{current.major}.{following}"
    folder.mkdir(parents=True)
    for name, text in current.schemas.items():
        (folder / f"{name}.json").write_bytes(text.encode())
    return folder.name


def _minors(released: Path, current: Contract) -> list[str]:
    names = [path.name for path in (released / current.owner).glob(f"{current.major}.*") if path.is_dir()]
    numbered = [name for name in names if re.fullmatch(r"\d+\.\d+", name)]
    return sorted(numbered, key=lambda name: int(name.split(".")[1]))


def _compare(path: Path, schemas: Mapping[str, str]) -> list[Break]:
    if path.stem not in schemas:
        return [Break(direction, "$", "vanished", "the message is no longer there") for direction in DIRECTIONS]
    released, current = read(path), parse(schemas[path.stem])
    return [] if released == current else breaks(released, current)


def _read_schemas(folder: Path) -> dict[str, str]:
    return {path.stem: path.read_bytes().decode() for path in folder.glob("*.json")}
