"""A contract in parts: a name is where its package says, and asking for it makes no more classes than it rests on."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import contracts
from contracts.names import NAMES

FOLDER = Path(contracts.__path__[0])
PACKAGES = sorted(path.parent.name for path in FOLDER.glob("*/__init__.py"))


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_names_all_that_its_parts_define_and_finds_it(package: str) -> None:
    module = import_module(f"contracts.{package}")
    parts = [import_module(f"contracts.{package}.{part}") for part in NAMES[f"contracts.{package}"]]
    own = [(name, it) for part in parts for name, it in vars(part).items() if isinstance(it, type)]

    assert {name for name, it in own if it.__module__.startswith(f"{module.__name__}.")} <= set(module.__all__)
    for name in module.__all__:
        assert any(vars(part).get(name) is getattr(module, name) for part in parts), name


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
