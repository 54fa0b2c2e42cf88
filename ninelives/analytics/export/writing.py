"""From the spool to Parquet: de-duplicated, sorted, and the same bytes for the same events."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ninelives.analytics.export import tables

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "1GB"
PARQUET = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880"


@dataclass(frozen=True)
class Facts:
    """Facts about the events that were written. `gaps` are runs of numbers missing between two that are there."""

    events: int
    duplicates: int
    types: dict[str, dict[str, int]]
    gaps: dict[str, list[tuple[int, int]]]
    conflicts: list[tuple[str, int]]


def write(spool: Path, result: Path, scratch: Path, memory: str = MEMORY) -> Facts:
    """Write `events/` and the tables into `result`. Beyond `memory` DuckDB spills into `scratch`."""
    with _connect(scratch, memory) as database:
        database.execute(tables.COPIES, [str(spool / "*.jsonl")])
        database.execute(tables.EVENTS)
        facts = _facts(database)
        database.execute("DROP TABLE copies")
        for kind, day in database.execute(tables.PARTITIONS).fetchall():
            folder = result / "events" / f"type={kind}" / f"date={day}"
            folder.mkdir(parents=True)
            _copy(database, tables.PARTITION.format(kind=_quote(kind), day=day), folder / "part-0.parquet")
        for name, query in tables.TABLES.items():
            _copy(database, query, result / f"{name}.parquet")
    return facts


def _connect(scratch: Path, memory: str) -> DuckDBPyConnection:
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory,
        "temp_directory": str(scratch / "spill"),
        "threads": "1",  # several may cut row groups elsewhere from one time to the next
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    return duckdb.connect(str(scratch / "work.duckdb"), config=settings)


def _facts(database: DuckDBPyConnection) -> Facts:
    [copies] = database.execute("SELECT count(*) FROM copies").fetchone() or (0,)
    types: dict[str, dict[str, int]] = {}
    for kind, version, count in database.execute(tables.COUNTS).fetchall():
        types.setdefault(kind, {})[version] = count
    events = sum(count for versions in types.values() for count in versions.values())
    gaps: dict[str, list[tuple[int, int]]] = {}
    for stream, first, last in database.execute(tables.GAPS).fetchall():
        gaps.setdefault(stream, []).append((first, last))
    conflicts = [(stream, number) for stream, number in database.execute(tables.CONFLICTS).fetchall()]
    return Facts(events=events, duplicates=copies - events, types=types, gaps=gaps, conflicts=conflicts)


def _copy(database: DuckDBPyConnection, query: str, path: Path) -> None:
    database.execute(f"COPY ({query}) TO '{_quote(str(path))}' ({PARQUET})")


def _quote(text: str) -> str:
    return text.replace("'", "''")
