"""Cold starts: what a function imports before its first call, beside boto3 alone, and how large its package is.

Processor time of fresh interpreters that see a package and nothing else, in turns, so that whatever else the machine
does hits all of them. *Ready* is with the first client of AWS, where a function has one; then so is the floor's.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import boto3
import pytest

from infra.assets.build import build
from infra.assets.contents import REPOSITORY, SERVICES
from tests.bench.conftest import Report
from tests.support.packages import zipped_bytes

ROUNDS = 5
FLOOR = "boto3 alone"
LIBRARIES = "botocore, pydantic and Powertools"
"""Libraries that nearly every function has before a line of its own."""
MOST = 2.0
"""Times boto3's own import. The aim is 1.3; docs/performance.md has what stands in the way."""
START = """
import sys, time
sys.path.insert(0, sys.argv[1])
began = time.process_time()
exec(sys.argv[2])
imported = time.process_time()
exec(sys.argv[3])
ready = time.process_time()
print(imported - began, ready - began)
"""
CLIENT = """
if "stagekit.clients" in sys.modules:
    sys.modules["stagekit.clients"].client(sys.argv[4])
"""
IMPORT_LIBRARIES = "import botocore.session, aws_lambda_powertools; from pydantic import BaseModel, Field"
ENVIRONMENT = {
    "AWS_DEFAULT_REGION": "eu-central-1",
    "AWS_ACCESS_KEY_ID": "any",
    "AWS_SECRET_ACCESS_KEY": "any",
}


@pytest.mark.timeout(1_800)
def bench_starts(report: Report, tmp_path: Path) -> None:
    packages = build(SERVICES, "local")
    for service, package in packages.items():
        with zipfile.ZipFile(package.path) as opened:
            opened.extractall(tmp_path / service)
    starts = {name: (tmp_path / name.partition("/")[0], *_snippets(name)) for name in _functions()}
    everything = Path(boto3.__file__).parents[1]  # whole, as it is installed: what packages leave out is no floor
    starts[FLOOR] = (everything, "import boto3", "boto3.client('dynamodb')", "")
    starts[LIBRARIES] = (
        tmp_path / "dm",
        IMPORT_LIBRARIES,
        "botocore.session.get_session().create_client('dynamodb')",
        "",
    )
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in starts}
    for turn in range(ROUNDS + 1):
        for name, start in starts.items():
            measured = _start(start)
            if turn:  # the first reads files from the disk
                seen[name].append(measured)

    rows = _rows(seen, {name: zipped_bytes(package.path) for name, package in packages.items()})
    report.table("starts", "Starts, processor time in ms", rows)
    beyond = {row["function"]: row["× boto3"] for row in rows if row["× boto3"] > MOST}
    assert beyond == {}


def _functions() -> list[str]:
    found = sorted((REPOSITORY / "services").glob("*/handlers/*.py"))
    return [f"{path.parents[1].name}/{path.stem}" for path in found if path.stem != "__init__"]


def _snippets(name: str) -> tuple[str, str, str]:
    service, _, function = name.partition("/")
    api = "events" if service == "lore" else "dynamodb"
    return f"import services.{service}.handlers.{function}", CLIENT, api


def _start(start: tuple[Path, str, str, str]) -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", START, *map(str, start)],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    )
    imported, ready = map(float, done.stdout.split())
    return imported, ready


def _rows(seen: Mapping[str, list[tuple[float, float]]], sizes: Mapping[str, int]) -> list[dict[str, Any]]:
    medians = {name: [statistics.median(column) for column in zip(*each, strict=True)] for name, each in seen.items()}
    imported, ready = medians[FLOOR]
    return [
        {
            "function": name,
            "import": round(mine[0] * 1000),
            "× boto3": round(mine[0] / imported, 2),
            "ready": round(mine[1] * 1000),
            "× ready": round(mine[1] / ready, 2),
            "MB zipped": round(sizes[name.partition("/")[0]] / 1e6, 1) if name not in (FLOOR, LIBRARIES) else "",
        }
        for name, mine in sorted(medians.items(), key=lambda each: each[1][0])
    ]
