"""Events as an export of them, written by the code that writes exports."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ninelives.analytics.export.asked import Asked
from ninelives.analytics.export.manifest import write_manifest
from ninelives.analytics.export.reading import read
from ninelives.analytics.export.workplace import State
from ninelives.analytics.export.writing import write

WINDOW = ("2031-05-04T09:00:00+00:00", "2031-05-07T09:00:00+00:00")


def write_export(folder: Path, events: Iterable[dict[str, Any]], asked: Asked | None = None) -> Path:
    """The folder of an export of these EventBridge events."""
    spool, result, scratch = (folder / name for name in ("spool", "export", "scratch"))
    for one in (spool, result, scratch):
        one.mkdir(parents=True)
    (spool / "events.jsonl").write_text("".join(f"{read(json.dumps(event)).line()}\n" for event in events))
    asked = asked or Asked("local")
    write_manifest(result, asked, State(asked.as_json(), *WINDOW), write(spool, result, scratch))
    return result
