"""`ninelives …` with an assembly that was made before: `python -m tests.support.deploying ASSEMBLY deploy …`.

Building packages and synthesising have tests of their own; all else of the command is as it is.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from infra.local.home import Home
from ninelives.cli import app
from ninelives.deployment import assembly


def main(made: Path) -> None:
    def build_packages(services: Sequence[str]) -> str:
        return "Built no packages"

    def synthesise(home: Home, context: Mapping[str, str]) -> Path:
        home.create()
        return Path(shutil.copytree(made, home.path / "cdk.aws", dirs_exist_ok=True))

    assembly.build_packages, assembly.synthesise = build_packages, synthesise
    app.main()


if __name__ == "__main__":
    main(Path(sys.argv.pop(1)))
