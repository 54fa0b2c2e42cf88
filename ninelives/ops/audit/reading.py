"""Reads the audit record: is every event of a stream there?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class StreamReport:
    """The record of one stream. `gaps` are the sequence numbers that are missing before the last one."""

    stream: str
    events: int
    last: int
    gaps: tuple[int, ...]
    kinds: Counter[str]


def read_stream(dynamodb: Any, table: str, stream: str) -> StreamReport:
    """Read one stream of the audit table with a boto3 client. An empty stream has no gaps and no events."""
    pages = dynamodb.get_paginator("query").paginate(
        TableName=table,
        KeyConditionExpression="pk = :stream",
        ExpressionAttributeValues={":stream": {"S": stream}},
        ConsistentRead=True,
    )
    items = [(item["sk"]["S"], item["detail_type"]["S"]) for page in pages for item in page["Items"]]
    present = {int(place) for place, _ in items if not place.startswith("id/")}
    last = max(present, default=0)
    return StreamReport(
        stream=stream,
        events=len(items),
        last=last,
        gaps=tuple(n for n in range(1, last + 1) if n not in present),
        kinds=Counter(kind for _, kind in items),
    )
