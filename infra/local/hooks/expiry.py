"""Items that expire in tables of a template are deleted, and a stream's record says that DynamoDB itself did it.

The emulator's CloudFormation leaves a table's TimeToLiveSpecification out, and where items expire, which it looks for
once a minute, the stream is silent.
AWS: docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html
"""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable
from typing import Any

from ministack.core.responses import request_scope
from ministack.services import dynamodb
from ministack.services.cloudformation import provisioners

from infra.local.hooks.surface import EmulatorChanged, need, wrap

REAPER = "dynamodb-ttl-reaper"
DYNAMODB = {"type": "Service", "principalId": "dynamodb.amazonaws.com"}


def _is_reaping() -> bool:
    return threading.current_thread().name == REAPER


def _remove(original: Callable[..., Any]) -> Callable[..., Any]:
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


def _set_expiry(table: str, properties: dict[str, Any]) -> None:
    if asked := properties.get("TimeToLiveSpecification"):
        dynamodb._update_ttl({"TableName": table, "TimeToLiveSpecification": asked})


def _create(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(logical_id: str, properties: dict[str, Any], stack: str) -> Any:
        name, attributes = original(logical_id, properties, stack)
        _set_expiry(name, properties)
        return name, attributes

    return create


def _update(original: Callable[..., Any]) -> Callable[..., Any]:
    def update(table: str, old: dict[str, Any], new: dict[str, Any], *rest: Any, **named: Any) -> Any:
        name, attributes = original(table, old, new, *rest, **named)
        _set_expiry(name, new)
        return name, attributes

    return update


def install() -> None:
    need(dynamodb, "_ttl_reaper", "_emit_stream_event", "_update_ttl")
    need(provisioners, "_RESOURCE_HANDLERS")
    tables = provisioners._RESOURCE_HANDLERS["AWS::DynamoDB::Table"]
    tables |= {"create": _create(tables["create"]), "update": _update(tables["update"])}
    if f'name="{REAPER}"' not in inspect.getsource(dynamodb):
        raise EmulatorChanged(f"No thread {REAPER} deletes what has expired in this version of the emulator.")
    wrap(dynamodb, "_remove_item", _remove)
    wrap(dynamodb, "_build_change_record", _by_dynamodb)
