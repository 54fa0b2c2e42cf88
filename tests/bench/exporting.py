"""An export out of an archive in memory, and what each part of it takes."""

from __future__ import annotations

import gc
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from ninelives.analytics.export import exporting
from ninelives.analytics.export.asked import Asked
from ninelives.analytics.export.draining import Drain
from ninelives.analytics.export.workplace import Workplace
from tests.ops.replay.archive import Archive

EVERYTHING = Asked.of("local", None, None, (), ())
PARTS = {"draining": (Drain, "run"), "writing": (exporting, "write"), "manifest": (exporting, "write_manifest")}


@dataclass(frozen=True)
class Export:
    """A whole export. `seconds` are of processor time, by part; of its kinds `said` are the bytes on the bus."""

    seconds: dict[str, float]
    manifest: dict[str, Any]
    said: dict[str, int]

    @property
    def total(self) -> float:
        return sum(self.seconds.values())

    @property
    def events(self) -> int:
        return int(self.manifest["events"])

    @property
    def files(self) -> int:
        return len(self.manifest["files"])

    def sizes(self) -> Iterator[dict[str, Any]]:
        """Rows of a table: bytes per event of each kind, as JSON on the bus and in Parquet."""
        rows, written = defaultdict[str, int](int), defaultdict[str, int](int)
        for file in self.manifest["files"]:
            kind = file["path"].partition("type=")[2].partition("/")[0]
            rows[kind] += file["rows"]
            written[kind] += file["bytes"]
        for kind, said in sorted(self.said.items()):
            yield _sizes(kind, rows[kind], said, written[kind])
        tables = sum(size for kind, size in written.items() if not kind)
        everything = sum(written.values()) - tables
        yield _sizes("all events", self.events, sum(self.said.values()), everything)
        yield _sizes("and the tables made of them", self.events, sum(self.said.values()), tables)


def export(held: list[dict[str, Any]], out: Path) -> Export:
    """Export all that an archive holds; it delivers in any order, and one event in five twice."""
    said, seconds = defaultdict[str, int](int), dict[str, float]()
    for event in held:
        said[event["detail-type"]] += len(json.dumps(event["detail"], ensure_ascii=False, separators=(",", ":")))
    later = datetime.fromisoformat(held[-1]["time"]) + timedelta(days=1)
    gc.collect()
    with ExitStack() as stack:
        for part, (owner, name) in PARTS.items():
            stack.enter_context(patch.object(owner, name, _time(getattr(owner, name), part, seconds)))
        place = Workplace(out)
        with place.hold():
            made = exporting.export(Archive(held).access(), EVERYTHING, place, later, lambda progress, tally: None)
    return Export(seconds, made.manifest, said)


def _time(work: Callable[..., Any], part: str, seconds: dict[str, float]) -> Callable[..., Any]:
    def work_timed(*given: Any, **named: Any) -> Any:
        started = time.process_time()
        answer = work(*given, **named)
        seconds[part] = time.process_time() - started
        return answer

    return work_timed


def _sizes(kind: str, events: int, said: int, written: int) -> dict[str, Any]:
    bus, parquet = said / events, written / events
    return {
        "kind": kind,
        "events": events,
        "bus": round(bus),
        "Parquet": round(parquet),
        "ratio": f"{bus / parquet:.1f}",
    }
