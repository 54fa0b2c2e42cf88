"""Cloud assemblies that many tests read and none changes: each is synthesised once for all workers of a run.

Their packages hold nothing: what is in one has tests of its own.
"""

from __future__ import annotations

import fcntl
import os
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from infra.assets.build import Package

os.environ.setdefault("JSII_NODE", str(Path(sys.executable).parent / "node"))  # before the CDK is imported


def of_this_run(factory: pytest.TempPathFactory) -> Path:
    """The folder that all workers of this run share."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def shared_assembly(factory: pytest.TempPathFactory, name: str, **context: str) -> Path:
    """The assembly of this name and context. The first that asks synthesises it; others wait for it."""
    place = of_this_run(factory) / "assemblies" / name
    place.mkdir(parents=True, exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "made").exists():
            synthesise(place, context)
            (place / "made").touch()
    return place / "out"


def synthesise(place: Path, context: Mapping[str, str]) -> None:
    """Write the assembly of this context to `place / "out"`."""
    from infra.app import app  # only here: who finds the assembly made does not wait for the CDK

    app(context, str(place / "out"), _empty_packages(place)).synth()


def _empty_packages(place: Path) -> dict[str, Package]:
    from infra.assets.build import Package
    from infra.assets.contents import SERVICES

    path = place / "empty.zip"
    place.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo("empty"), "")
    return {service: Package(path, f"{number:064x}") for number, service in enumerate(SERVICES)}
