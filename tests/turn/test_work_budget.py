"""The work of a whole turn on AWS, consumers included, stays within its budget: invocations, SDK calls, write units."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from infra.local.home import REPOSITORY
from ninelives.analytics.cost.work import WorkPerTurn
from tests.support.assemblies import shared_assembly

BUDGETS: dict[str, tuple[float, float, float]] = {
    "connected": (19.5, 39, 70),
    "alone": (17.5, 27, 66),
    "story only": (14, 22, 59),
    "eight at once": (13, 22, 65),
}
"""By kind of turn: invocations, calls, write units. A model tells each; `connected` has a player listening, to whom
it is streamed, the others have nobody and are quiet. All but `story only` use one tool. What is saved is taken off
here."""


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, WorkPerTurn]:
    out = tmp_path_factory.mktemp("work") / "work.json"
    assembly = shared_assembly(tmp_path_factory, "aws", target="aws")
    command = [sys.executable, "-m", "tests.turn.counted_turns", "--assembly", str(assembly), "--out", str(out)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "NINELIVES_"))}
    done = subprocess.run(
        command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return {kind: WorkPerTurn(**work) for kind, work in json.loads(out.read_text()).items()}


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", BUDGETS)
def test_a_turn_stays_within_its_budget(counted: dict[str, WorkPerTurn], kind: str) -> None:
    work = counted[kind]
    print(f"\n{kind}\n{work.table()}")

    taken = (work.invocations, work.calls, work.write_units)
    assert all(used <= budget for used, budget in zip(taken, BUDGETS[kind], strict=True)), f"{taken}\n{work.table()}"


def test_the_table_says_who_asked_what() -> None:
    row = {"function": "audit/record", "invocations": 4, "calls": {"PutItem": 6, "Query": 2}, "write_units": 9}
    work = WorkPerTurn(turns=2, rows=(row,))

    assert (work.invocations, work.calls, work.write_units) == (2, 4, 4.5)
    assert work.table().splitlines()[2:] == [
        "| audit/record | 2 | 4 | PutItem 3, Query 1 | 4.5 |",
        "| **together** | 2 | 4 |  | 4.5 |",
    ]
