"""The specification of the turn, checked by Quint. Run as a module it writes the table that histories are judged by."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from infra.local.home import REPOSITORY
from ninelives.contracttools.npm import Packages

SPECIFICATION = REPOSITORY / "docs" / "spec" / "turn.qnt"
TABLE = REPOSITORY / "ninelives" / "ops" / "audit" / "turn_facts.json"
# Quint asks for antlr4ts from 0.5.0-alpha.4 on and breaks with the next one.
QUINT = Packages("quint", ("@informalsystems/quint@0.33.1", "antlr4ts@0.5.0-alpha.4"))
IN_NODE = "--backend=typescript"
"""Quint's other evaluator is a program that it would fetch from elsewhere."""


def model_check(specification: Path = SPECIFICATION, properties: str = "Test$") -> subprocess.CompletedProcess[str]:
    """Try every state that can be reached. Status 0: all of them are as they must be. Raises NotInstalled."""
    return QUINT.run("quint", "test", str(specification), IN_NODE, "--max-samples=1", f"--match={properties}")


def table_of(specification: Path = SPECIFICATION) -> str:
    """The table of what each fact may follow and lead to, as JSON. Raises NotInstalled."""
    with tempfile.TemporaryDirectory() as scratch:
        trace = Path(scratch, "trace.itf.json")
        once = ["--init=tabulate", "--step=tabulate", "--max-steps=0", "--max-samples=1"]
        done = QUINT.run("quint", "run", str(specification), IN_NODE, *once, f"--out-itf={trace}")
        if done.returncode:
            raise ValueError(done.stdout)
        rows = json.loads(trace.read_text(encoding="utf-8"))["states"][-1]["facts"]["#set"]
    lines = sorted(
        json.dumps(
            {"fact": row["fact"], "from": _flatten_view(row["from"]), "to": _flatten_view(row["to"])}, sort_keys=True
        )
        for row in rows
    )
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _flatten_view(state: dict[str, Any]) -> dict[str, Any]:
    return {**state, "view": state["view"]["tag"]}


if __name__ == "__main__":
    TABLE.write_text(table_of(), encoding="utf-8")
