"""What has expired is told of: a record of the stream says that DynamoDB itself deleted the item.

The emulator deletes what has expired, once a minute, and its stream is silent.
AWS: docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from ministack.core.responses import request_scope
from ministack.services import dynamodb

from infra.local.hooks.surface import EmulatorChanged, need, wrap

REAPER = "dynamodb-ttl-reaper"
DYNAMODB = {"type": "Service", "principalId": "dynamodb.amazonaws.com"}


def _is_reaping() -> bool:
    return threading.current_thread().name == REAPER


def _told(original: Callable[..., Any]) -> Callable[..., Any]:
    def remove(table: dict[str, Any], pk: str, sk: str) -> Any:
        removed = original(table, pk, sk)
        if removed is not None and _is_reaping():
            _, _, _, region, account, resource = table["TableArn"].split(":", 5)
            with request_scope(account, region):
                dynamodb._emit_stream_event(resource.removeprefix("table/"), "REMOVE", removed, None)
        return removed

    return remove


def _by_dynamodb(original: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    def build(*asked: Any) -> dict[str, Any]:
        return original(*asked) | ({"userIdentity": DYNAMODB} if _is_reaping() else {})

    return build


def install() -> None:
    need(dynamodb, "_ttl_reaper", "_emit_stream_event")
    if not any(thread.name == REAPER for thread in threading.enumerate()):
        raise EmulatorChanged(f"No thread {REAPER} deletes what has expired in this version of the emulator.")
    wrap(dynamodb, "_remove_item", _told)
    wrap(dynamodb, "_build_change_record", _by_dynamodb)
