"""contracts/names.py: the names that the parts of each contract define, read from their sources."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "contracts"
FILE = FOLDER / "names.py"
HEAD = '"""The names that the parts of each contract define. Written by `make schemas`."""\n'


def render(folder: Path = FOLDER) -> str:
    """The text of the file, as ruff formats it. Nothing of the contracts is imported for it."""
    lines = [HEAD, "NAMES: dict[str, dict[str, tuple[str, ...]]] = {"]
    for package in sorted(path.parent for path in folder.glob("*/__init__.py")):
        lines.append(f'    "contracts.{package.name}": {{')
        for part in sorted(path for path in package.glob("*.py") if path.stem != "__init__"):
            lines += _entry(part.stem, sorted(set(list_names(part))))
        lines.append("    },")
    return "\n".join([*lines, "}", ""])


def _entry(part: str, names: list[str]) -> list[str]:
    if len(names) == 1:
        return [f'        "{part}": ("{names[0]}",),']
    return [f'        "{part}": (', *(f'            "{name}",' for name in names), "        ),"]


def list_names(part: Path) -> Iterator[str]:
    """The names that a module defines for others."""
    for node in ast.parse(part.read_text(encoding="utf-8")).body:
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
                names = [name]
            case ast.Assign(targets=targets):
                names = [each.id for each in targets if isinstance(each, ast.Name)]
            case _:
                names = []
        yield from (name for name in names if not name.startswith("_"))
