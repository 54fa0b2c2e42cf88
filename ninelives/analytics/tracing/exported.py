"""The turns of a folder that `ninelives replay export` wrote."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infra.errors import UserError
from ninelives.analytics.tracing.told import KINDS, TurnTold, event_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

METADATA = (
    "event_id",
    "schema_version",
    "occurred_at",
    "correlation_id",
    "causation_id",
    "idempotency_key",
    "campaign_id",
    "turn_id",
    "stream",
    "sequence",
    "traceparent",
)
COLUMNS = "DESCRIBE SELECT * FROM read_parquet($files)"
YOUNGER = "traceparent"
"""A column that exports made before there was one do not have."""
EVENTS = f"""
SELECT detail_type, source, data::VARCHAR, {", ".join(METADATA)} FROM read_parquet($files)
WHERE turn_id IS NOT NULL AND coalesce(turn_id = $turn, true) AND list_contains($kinds, detail_type)
ORDER BY turn_id, occurred_at, event_id
"""
ROWS = 1000


def environment_of(directory: Path) -> str:
    """The environment where the export was made. Raises UserError when the directory is none."""
    try:
        return str(json.loads((directory / "manifest.json").read_text(encoding="utf-8"))["environment"])
    except (OSError, ValueError, KeyError, TypeError):
        raise UserError(f"{directory} is no export: `ninelives replay export` writes one.") from None


def turns_of(directory: Path, turn_id: str | None = None) -> Iterator[TurnTold]:
    """Its turns, one in memory at a time, or only one. A turn at the edge of its window may lack events."""
    import duckdb

    files = directory / "events" / "*" / "*" / "*.parquet"
    if not any(directory.glob("events/*/*/*.parquet")):
        return
    with duckdb.connect(config={"threads": 2}) as database:
        try:
            rows = _rows(database, str(files), turn_id)
            for _, told in groupby(rows, key=lambda row: row["turn_id"]):
                yield _turn(told)
        except duckdb.Error as error:
            raise UserError(f"{directory} is no export of this version: {error}") from error


def _rows(database: DuckDBPyConnection, files: str, turn_id: str | None) -> Iterator[dict[str, Any]]:
    columns = {name for name, *_ in database.execute(COLUMNS, {"files": files}).fetchall()}
    query = EVENTS if YOUNGER in columns else EVENTS.replace(YOUNGER, f"NULL AS {YOUNGER}")
    cursor = database.execute(query, {"files": files, "turn": turn_id, "kinds": list(KINDS)})
    while rows := cursor.fetchmany(ROWS):
        for kind, source, data, *values in rows:
            known = dict(zip(METADATA, values, strict=True))
            yield {**known, "detail_type": kind, "producer": source, "data": data}


def _turn(rows: Iterable[dict[str, Any]]) -> TurnTold:
    told = []
    for row in rows:
        metadata = {**row, "occurred_at": row["occurred_at"].replace(tzinfo=UTC)}
        if event := event_of(row["detail_type"], metadata, json.loads(row["data"])):
            told.append(event)
    return TurnTold.of(told)
