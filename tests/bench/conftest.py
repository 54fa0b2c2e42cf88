"""Benchmarks report; they judge only ratios, which hold on any machine. `make test` does not collect `bench_*.py`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from rich import box
from rich.console import Console
from rich.table import Table

from infra.local.home import REPOSITORY

FILE = REPOSITORY / ".local" / "bench.json"


@dataclass
class Report:
    """Tables on the screen, and the same rows in `.local/bench.json`."""

    written: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def table(self, topic: str, title: str, rows: list[dict[str, Any]]) -> None:
        """Show one topic. All rows have the same columns."""
        self.written[topic] = rows
        table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
        for number, column in enumerate(rows[0]):
            table.add_column(column, justify="right" if number else "left", no_wrap=True)
        for row in rows:
            table.add_row(*(f"{value:,}" if isinstance(value, int) else str(value) for value in row.values()))
        console = Console(highlight=False, width=130)
        console.print(f"\n[bold]{title}[/]", table)


@pytest.fixture(scope="session")
def report() -> Iterator[Report]:
    report = Report()
    yield report
    if report.written:
        FILE.parent.mkdir(exist_ok=True)
        known = json.loads(FILE.read_text()) if FILE.exists() else {}
        FILE.write_text(json.dumps(known | report.written, indent=1))
        Console().print(f"Written to {FILE.relative_to(REPOSITORY)}")
