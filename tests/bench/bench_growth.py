"""Cost, latency and item size per turn must not grow with the length of a campaign."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from contracts.canonical import canonical_json
from infra.local.home import REPOSITORY
from services.lore.wiring import world
from tests.bench.conftest import Report
from tests.bench.long_campaign import Walk

YOUNG = 10
"""The turn that later ones are compared with."""
MILESTONES = (1, 10, 100, 300, 1000, 2000, 3000, 5000, 8000)


def bench_state_growth(report: Report) -> None:
    walk, rows = Walk(world()), []
    before = (0, 0)
    for turn in MILESTONES:
        size = len(canonical_json(walk.on(turn)).encode())
        growth = (size - before[1]) / (turn - before[0]) if before[0] else 0.0
        rows.append({"turn": turn, "campaign state, bytes": size, "bytes per turn since": f"{growth:+.2f}"})
        before = (turn, size)
    report.table("state", "One campaign, wandering through the whole world: its state", rows)


@pytest.mark.timeout(600)
def bench_turn_growth(report: Report, tmp_path: Path) -> None:
    out = tmp_path / "rows.json"
    played = [sys.executable, "-m", "tests.bench.late_turns", str(out)]
    subprocess.run(played, cwd=REPOSITORY, check=True, timeout=500)
    rows = json.loads(out.read_text())
    (young,) = (row for row in rows if row["turn"] == YOUNG)
    for row in rows:
        row["ms, ratio"] = f"{row['ms_per_state'] / young['ms_per_state']:.2f}"
    report.table("turns", "The same campaign through every service: bytes, and computing per state", rows)
