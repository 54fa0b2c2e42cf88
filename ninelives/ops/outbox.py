"""The facts of a stream as its owner's table has them: what was committed, whether or not the bus has heard of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

LAST = 9_999_999_999
"""The largest sequence that a sort key holds."""


def facts(dynamodb: Any, table: str, stream: str, first: int = 1, last: int = LAST) -> Iterator[dict[str, Any]]:
    """From sequence `first` to `last`, in order, as of now: `detail_type`, `source` and `detail` of each."""
    pages = dynamodb.get_paginator("query").paginate(
        TableName=table,
        KeyConditionExpression="pk = :stream AND sk BETWEEN :first AND :last",
        ExpressionAttributeValues={
            ":stream": {"S": f"STREAM#{stream}"},
            ":first": {"S": f"{first:010d}"},
            ":last": {"S": f"{last:010d}"},
        },
        ConsistentRead=True,
    )
    return (json.loads(item["event"]["S"]) for page in pages for item in page["Items"])
