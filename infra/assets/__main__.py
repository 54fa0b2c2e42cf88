"""`python -m infra.assets [SERVICE …] [--target local|aws]`: build packages and print their hashes and sizes.

With `--to FOLDER`, each is copied there as `<service>.zip`.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from infra.assets.build import build
from infra.assets.contents import SERVICES
from infra.errors import UserError


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m infra.assets", description="Build deployment packages.")
    parser.add_argument("services", nargs="*", default=SERVICES, metavar="SERVICE")
    parser.add_argument("--target", choices=("local", "aws"), default="local")
    parser.add_argument("--to", type=Path, metavar="FOLDER")
    asked = parser.parse_args()
    try:
        packages = build(asked.services, asked.target)
    except UserError as error:
        sys.exit(str(error))
    for service, package in packages.items():
        if asked.to:
            asked.to.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(package.path, asked.to / f"{service}.zip")
        print(f"{service:10} {package.digest[:16]} {package.path.stat().st_size / 1e6:5.1f} MB  {package.path}")


if __name__ == "__main__":
    main()
