"""The records of a DynamoDB stream survive a restart, so nothing that was written is left unpublished.

The emulator saves how far each consumer has read but not the records; after a restart it would skip as many new
records as had been read before. Records that every consumer has read are forgotten beyond the latest KEPT.
AWS: docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html (records are kept for 24 hours)
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Iterator
from typing import Any

from ministack import app
from ministack.services import dynamodb, lambda_svc

from infra.local.hooks.surface import need, wrap

KEPT = 1000
_trimming = threading.Lock()  # records and the count of those dropped before them must be seen together


def _table(mapping: dict[str, Any]) -> str | None:
    arn = str(mapping.get("EventSourceArn", ""))
    return arn.split(":table/", 1)[1].split("/", 1)[0] if ":dynamodb:" in arn and "/stream/" in arn else None


def readers() -> Iterator[tuple[str, str]]:
    """Every consumer of a stream that has a position, with its table."""
    for identifier, mapping in lambda_svc._esms.items():
        table = _table(mapping)
        if table and identifier in lambda_svc._dynamodb_stream_positions:
            yield identifier, table


def _save(original: Callable[[], dict[str, Any]]) -> Callable[[], dict[str, Any]]:
    def save() -> dict[str, Any]:
        with _trimming:
            records = copy.deepcopy(dynamodb._stream_records)
            trimmed = copy.deepcopy(dynamodb._stream_trimmed)
        return {**original(), "stream_records": records, "stream_trimmed": trimmed}

    return save


def _restore(original: Callable[[Any], None]) -> Callable[[Any], None]:
    def restore(data: Any) -> None:
        original(data)
        dynamodb._stream_records.update((data or {}).get("stream_records", {}))
        dynamodb._stream_trimmed.update((data or {}).get("stream_trimmed", {}))

    return restore


def _load(original: Callable[[], None]) -> Callable[[], None]:
    def load() -> None:
        original()
        for identifier, table in readers():  # a kill between two files of a snapshot can leave a position ahead
            end = dynamodb.stream_end_position(table)
            position = lambda_svc._dynamodb_stream_positions[identifier]
            lambda_svc._dynamodb_stream_positions[identifier] = min(position, end)

    return load


def trim() -> None:
    """Forget what every consumer has read, but for the latest KEPT records. Only for the thread that reads."""
    read: dict[str, int] = {}
    for identifier, table in readers():
        position = lambda_svc._dynamodb_stream_positions[identifier]
        read[table] = min(position, read.get(table, position))
    for table, position in read.items():
        spare = position - dynamodb._stream_trimmed.get(table, 0) - KEPT
        if spare > KEPT:
            with _trimming:
                del dynamodb._stream_records[table][:spare]
                dynamodb._stream_trimmed[table] = dynamodb._stream_trimmed.get(table, 0) + spare


def _poll(original: Callable[[], bool]) -> Callable[[], bool]:
    def poll() -> bool:
        trim()
        return original()

    return poll


def install() -> None:
    need(dynamodb, "_stream_records", "_stream_trimmed", "stream_end_position")
    need(lambda_svc, "_esms", "_dynamodb_stream_positions")
    wrap(dynamodb, "get_state", _save)
    wrap(dynamodb, "load_persisted_state", _restore)
    wrap(app, "_load_persisted_state", _load)
    wrap(lambda_svc, "_poll_dynamodb_streams", _poll)
