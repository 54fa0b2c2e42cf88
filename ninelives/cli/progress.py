"""Progress lines: what is being done now, and what was done and how long it took."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from infra.local.up import StepNote

console = Console(stderr=True, highlight=False, soft_wrap=True)


@contextmanager
def step(name: str) -> Iterator[StepNote]:
    """Show `name` while the block runs, and one line with the seconds it took when it is done."""
    with console.status(f"{name} …"), time_step(name) as note:
        yield note


@contextmanager
def time_step(name: str) -> Iterator[StepNote]:
    """Show one line with the seconds the block took when it is done. Several blocks may run side by side."""
    note, started = StepNote(), time.monotonic()
    yield note
    mark = "[red]✗[/]" if note.failed else "[yellow]?[/]" if note.unknown else "[green]✓[/]"
    console.print(f"{mark} {note.text or name} [dim]{time.monotonic() - started:.1f} s[/]")
