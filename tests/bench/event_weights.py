"""Sizes of events when whole turns are played through every service: `python -m tests.bench.event_weights FILE`."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import boto3

from ninelives.analytics.cost.assembly import synthesise
from ninelives.analytics.cost.assumptions import Assumptions
from ninelives.analytics.cost.item_size import item_size
from ninelives.analytics.cost.rehearsal import Rehearsal, open_counted_cloud, play
from stagekit.events import MAX_EVENT_BYTES
from stagekit.packing import unpack
from stagekit.publishing import entry_of

PLAYERS, TURNS = 3, 20
OUTBOXES = ("CAMPAIGN_TABLE", "GATEWAY_TABLE")


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as scratch,
        open_counted_cloud(synthesise(Path(scratch)), Assumptions()) as cloud,
    ):
        os.environ.pop("LIMITS", None)  # players here need not breathe
        for player in range(PLAYERS):
            list(play(Rehearsal(cloud, f"player {player}"), TURNS, plain=False))
        rows = list(_rows())
    Path(sys.argv[1]).write_text(json.dumps(rows))


def _rows() -> Iterator[dict[str, Any]]:
    outbox = {_place(item): item for table in OUTBOXES for item in _items(table) if "event" in item}
    by_kind: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for item in _items("AUDIT_TABLE"):
        if "detail" in item:
            by_kind[item["detail_type"]["S"]].append(_sizes(item, outbox.get((item["pk"]["S"], item["sk"]["S"]))))
    for kind, sizes in sorted(by_kind.items()):
        written, said, kept = zip(*sizes, strict=True)
        yield {
            "kind": kind,
            "events": len(sizes),
            "outbox item": round(median(written)) or "-",
            "bus": round(median(said)),
            "audit item": round(median(kept)),
            "largest on the bus": max(said),
            "of the limit, %": f"{100 * max(said) / MAX_EVENT_BYTES:.1f}",
        }


def _sizes(recorded: Any, committed: Any) -> tuple[int, int, int]:
    """Bytes in the outbox, which progress never was in, in the detail on the bus, and in the audit table."""
    said = unpack(recorded["detail"]["S"]) if committed is None else entry_of(committed, "bus")["Detail"]
    return item_size(committed or {}), len(said.encode()), item_size(recorded)


def _place(item: Any) -> tuple[str, str]:
    return item["pk"]["S"].removeprefix("STREAM#"), item["sk"]["S"]


def _items(table: str) -> Iterator[Any]:
    pages = boto3.client("dynamodb", region_name="us-east-1").get_paginator("scan")
    return (item for page in pages.paginate(TableName=os.environ[table]) for item in page["Items"])


if __name__ == "__main__":
    main()
