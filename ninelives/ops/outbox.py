"""Events of a stream, read from the outbox of its owner: what was committed, whether or not it was published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from stagekit.outbox import StoredEvent, key, read

LAST = 9_999_999_999
"""The largest sequence that a sort key holds."""


def read_events(dynamodb: Any, table: str, stream: str, first: int = 1, last: int = LAST) -> Iterator[StoredEvent]:
    """The events from sequence `first` to `last`, in order, as of now."""
    start, end = key(stream, first), key(stream, last)
    pages = dynamodb.get_paginator("query").paginate(
        TableName=table,
        KeyConditionExpression="pk = :stream AND sk BETWEEN :first AND :last",
        ExpressionAttributeValues={":stream": start["pk"], ":first": start["sk"], ":last": end["sk"]},
        ConsistentRead=True,
    )
    return (read(item) for page in pages for item in page["Items"])
