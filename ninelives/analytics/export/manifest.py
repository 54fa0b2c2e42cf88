"""The manifest: what was asked, what came, and every file with its rows, bytes and digest."""

from __future__ import annotations

import json
from hashlib import file_digest
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from ninelives.analytics.export.asked import Asked
from ninelives.analytics.export.workplace import MANIFEST, State
from ninelives.analytics.export.writing import Facts

FORMAT = 1
"""Goes up when a reader of exports has to change."""


def write_manifest(result: Path, asked: Asked, state: State, facts: Facts) -> dict[str, Any]:
    """Write `manifest.json` beside the tables and return it."""
    content = {
        "format": FORMAT,
        "tool": f"ninelives {_version()}",
        "environment": asked.environment,
        "replay": state.replay,
        "asked": asked.as_json(),
        "window": {"from": state.start, "to": state.end},
        "events": facts.events,
        "duplicates_dropped": facts.duplicates,
        "types": {
            kind: {"events": sum(versions.values()), "schema_versions": versions}
            for kind, versions in facts.types.items()
        },
        "gaps": None
        if asked.narrowed
        else {stream: [list(run) for run in runs] for stream, runs in facts.gaps.items()},
        "conflicts": [list(place) for place in facts.conflicts],
        "files": _files(result),
    }
    (result / MANIFEST).write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return content


def _files(result: Path) -> list[dict[str, Any]]:
    import duckdb

    paths = sorted(result.rglob("*.parquet"))
    with duckdb.connect() as database:
        asked = "SELECT file_name, num_rows FROM parquet_file_metadata(?)"
        rows = dict(database.execute(asked, [[str(path) for path in paths]]).fetchall())
    return [
        {
            "path": path.relative_to(result).as_posix(),
            "rows": rows[str(path)],
            "bytes": path.stat().st_size,
            "sha256": _digest(path),
        }
        for path in paths
    ]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _version() -> str:
    try:
        return version("ninelives")
    except PackageNotFoundError:
        return "(unknown version)"
