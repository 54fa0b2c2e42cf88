"""Each service's package, unpacked in an empty directory, imports every handler: no neighbour, no environment.

The interpreter sees the standard library and the package, nothing else: neither this repository nor its virtual
environment. An undeclared dependency, an import of another service and a setting read at import all fail here.
"""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from infra.assets.build import Package, build
from infra.assets.contents import SERVICES

REPOSITORY = Path(__file__).resolve().parents[2]

IMPORT_EACH = """
import importlib, json, os, sys
package, handlers = sys.argv[1], sys.argv[2:]
sys.path[:] = [package, *(entry for entry in sys.path if "site-packages" not in entry)]
os.environ.clear()
strangers = {}
for name in handlers:
    assert callable(importlib.import_module(name).handler), name
for name, module in sys.modules.items():
    source = getattr(module, "__file__", None) or ""
    if "site-packages" in source or (name.split(".")[0] == "services" and not source.startswith(package)):
        strangers[name] = source
print(json.dumps(strangers))
"""


@pytest.fixture(scope="session")
def packages() -> dict[str, Package]:
    return build(SERVICES, "local")


@pytest.mark.parametrize("service", SERVICES)
def test_a_package_imports_its_handlers_alone(service: str, packages: dict[str, Package], tmp_path: Path) -> None:
    package, elsewhere = tmp_path / "task", tmp_path / "empty"
    elsewhere.mkdir()
    with zipfile.ZipFile(packages[service].path) as opened:
        opened.extractall(package)
    handlers = [
        f"services.{service}.handlers.{path.stem}"
        for path in sorted((REPOSITORY / "services" / service / "handlers").glob("*.py"))
        if path.stem != "__init__"
    ]

    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", IMPORT_EACH, str(package), *handlers],
        cwd=elsewhere,
        env={},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert handlers
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {}
