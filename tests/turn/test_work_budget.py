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


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_what_a_deployment_carries_is_computed_from_the_turn_that_is_counted(counted: dict[str, WorkPerTurn]) -> None:
    """One that a player is connected to. Most write units are the gateway's: its table is the first to be full."""
    page = (REPOSITORY / "docs" / "capacity.md").read_text(encoding="utf-8")
    turn = counted["connected"]
    gateway = sum(row["write_units"] for row in turn.rows if row["function"].startswith("gateway/")) / turn.turns
    turns = round(40_000 / gateway, -1)

    assert f"| invocations of functions | {turn.invocations:.0f} |" in page
    assert f"| write units · read units | {turn.write_units:.0f} · " in page
    assert f"the gateway's takes {gateway:.0f}," in page
    assert f"| DynamoDB, a table: 40,000 write units/s | {turns:,.0f} | {turns / 560:.1f} M |" in page


def test_the_table_says_who_asked_what() -> None:
    row = {"function": "audit/record", "invocations": 4, "calls": {"PutItem": 6, "Query": 2}, "write_units": 9}
    work = WorkPerTurn(turns=2, rows=(row,))

    assert (work.invocations, work.calls, work.write_units) == (2, 4, 4.5)
    assert work.table().splitlines()[2:] == [
        "| audit/record | 2 | 4 | PutItem 3, Query 1 | 4.5 |",
        "| **together** | 2 | 4 |  | 4.5 |",
    ]
