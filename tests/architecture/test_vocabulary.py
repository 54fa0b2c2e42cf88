"""One word, one meaning: no two packages have a public class of the same name."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
ROOMS = ("contracts", "stagekit", "infra", "services/*", "ninelives/*")
SHARED: dict[str, str] = {}
"""Names that may stand in several packages, each with the reason."""


def _public_classes(room: Path) -> set[str]:
    modules = [path for path in room.rglob("*.py") if "tests" not in path.parts]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in modules]
    found = (node.name for tree in trees for node in tree.body if isinstance(node, ast.ClassDef))
    return {name for name in found if not name.startswith("_")}


def test_a_public_class_shares_its_name_with_none_of_another_package() -> None:
    packages: dict[str, list[str]] = defaultdict(list)
    for pattern in ROOMS:
        for room in sorted(path for path in REPOSITORY.glob(pattern) if path.is_dir() and path.name[0] not in "_."):
            for name in _public_classes(room):
                packages[name].append(room.relative_to(REPOSITORY).as_posix())

    assert {name: rooms for name, rooms in packages.items() if len(rooms) > 1 and name not in SHARED} == {}
    assert {name for name in SHARED if len(packages[name]) < 2} == set(), "exceptions that are not needed"
