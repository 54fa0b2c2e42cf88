"""A contract in parts: a name is where its package says, and asking for it makes no more classes than it rests on."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import contracts

FOLDER = Path(contracts.__path__[0])
PACKAGES = sorted(path.parent.name for path in FOLDER.glob("*/__init__.py"))


def _defined(part: Path) -> set[str]:
    """The names that a module defines for others."""
    names: set[str] = set()
    for node in ast.parse(part.read_text(encoding="utf-8")).body:
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
            case ast.Assign(targets=targets):
                names |= {each.id for each in targets if isinstance(each, ast.Name)}
    return {name for name in names if not name.startswith("_")}


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_names_all_that_its_parts_define_and_finds_it(package: str) -> None:
    module = import_module(f"contracts.{package}")
    parts = [path for path in (FOLDER / package).glob("*.py") if path.stem != "__init__"]
    named = [name for part in parts for name in _defined(part)]

    assert sorted(named) == sorted(module.__all__)
    for part in parts:
        defined = vars(import_module(f"contracts.{package}.{part.stem}"))
        assert {name for name in _defined(part) if getattr(module, name) is not defined[name]} == set()


def test_a_name_that_no_part_has_is_missed() -> None:
    with pytest.raises(ImportError, match="Nonsense"):
        exec("from contracts.dm import Nonsense")


def test_whoever_asks_for_an_event_loads_no_scene() -> None:
    asked = "from contracts.gateway import TurnFailedV1; import sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=FOLDER.parent, capture_output=True, text=True, check=True, timeout=60
    )
    loaded = {name for name in done.stdout.split() if name.startswith("contracts.")}

    assert "contracts.gateway.events" in loaded
    assert loaded & {"contracts.state", "contracts.effects", "contracts.gateway.workflow"} == set()
