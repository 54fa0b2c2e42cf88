"""A directory that `ninelives replay export` wrote, as tables to ask."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb

from infra.errors import UserError

COLUMNS = {
    "turns": (
        "campaign_id VARCHAR, turn_id VARCHAR, number INTEGER, owner VARCHAR, accepted_at TIMESTAMP, outcome VARCHAR, "
        "milliseconds BIGINT, told_by VARCHAR, model VARCHAR, input_tokens BIGINT, output_tokens BIGINT, "
        "cached_tokens BIGINT, micro_dollars BIGINT, repairs INTEGER, tool_calls INTEGER, refusals INTEGER, "
        "place VARCHAR, place_name VARCHAR, level INTEGER, status VARCHAR, ending VARCHAR, error VARCHAR, stage VARCHAR"
    ),
    "stages": "turn_id VARCHAR, position INTEGER, stage VARCHAR, attempts INTEGER, milliseconds BIGINT, error VARCHAR",
    "rolls": (
        "turn_id VARCHAR, sides INTEGER, faces INTEGER[], kept INTEGER[], modifier INTEGER, target INTEGER, "
        "outcome VARCHAR"
    ),
    "effects": "campaign_id VARCHAR, turn_id VARCHAR, position INTEGER, kind VARCHAR, target VARCHAR, source VARCHAR",
    "refusals": "turn_id VARCHAR, code VARCHAR",
    "tool_calls": "turn_id VARCHAR, tool VARCHAR, verdict VARCHAR, refusal VARCHAR",
    "campaigns": "campaign_id VARCHAR",
}
"""Columns that are read of each table, and their types. More columns may be there."""

BEGINNINGS = """
SELECT campaign_id, data->>'$.summary.place.id' AS place, data->>'$.summary.place.name' AS place_name
FROM read_parquet({files})
"""
Row = Mapping[str, Any]


class Export:
    """The tables of an export under their names, `beginnings` (where campaigns began), and its manifest."""

    def __init__(self, directory: Path) -> None:
        self.manifest = _manifest(directory)
        self._duckdb = duckdb.connect(config={"threads": 2})
        for table, columns in COLUMNS.items():
            self._view(table, columns, directory / f"{table}.parquet")
        self._beginnings(directory / "events" / "type=CampaignStarted.v1")

    def __enter__(self) -> Export:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._duckdb.close()

    def rows(self, sql: str, **given: object) -> list[Row]:
        """The rows a query answers. `$name` in it is given by name."""
        cursor = self._duckdb.execute(sql, given or None)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def row(self, sql: str, **given: object) -> Row:
        """The one row of a query that aggregates."""
        return self.rows(sql, **given)[0]

    def _view(self, table: str, columns: str, file: Path) -> None:
        if not file.exists():
            self._duckdb.execute(f"CREATE TABLE {table} ({columns})")
            return
        wanted = ", ".join(f"{name}::{kind} AS {name}" for name, kind in (one.split() for one in columns.split(", ")))
        try:
            self._duckdb.execute(f"CREATE VIEW {table} AS SELECT {wanted} FROM read_parquet({_quote(file)})")
        except duckdb.Error as error:
            raise UserError(f"{file} is not a table of this version's exports: {error}") from error

    def _beginnings(self, directory: Path) -> None:
        if any(directory.glob("*/*.parquet")):
            query = BEGINNINGS.format(files=_quote(directory / "*" / "*.parquet"))
        else:
            query = "SELECT '' AS campaign_id, '' AS place, '' AS place_name WHERE false"
        self._duckdb.execute(f"CREATE VIEW beginnings AS {query}")


def _manifest(directory: Path) -> dict[str, Any]:
    file = directory / "manifest.json"
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UserError(f"There is no {file}: `ninelives replay export` writes one when it is done.") from None
    except ValueError as error:
        raise UserError(f"{file} is not JSON: {error}") from error
    if not isinstance(read, dict):
        raise UserError(f"{file} is not the manifest of an export.")
    return read


def _quote(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
