"""Transactions that overlap on an item conflict: the later request is refused and nothing of it is written.

The emulator finishes one request before it looks at the next, so no transaction ever meets another. Here one holds its
items for a while before it writes, and meanwhile, for each of them,

* another TransactWriteItems or a TransactGetItems is cancelled, with TransactionConflict as that item's reason
* PutItem, UpdateItem and DeleteItem are refused with TransactionConflictException

GetItem and Query read on, and other items are nobody's concern. The same request once more is told that it is in
progress. Batches are left as they are: no table of this repository takes both them and transactions.
AWS: docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling,
docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html

Off until `lasting` is called: on AWS a transaction takes some fifteen milliseconds, and play need not wait for them.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from ministack.services import dynamodb

from infra.local.hooks.surface import need, wrap

WRITES = {"PutItem", "UpdateItem", "DeleteItem"}
CONFLICT, ONGOING = "TransactionConflict", "Transaction is ongoing for the item"

Reply = tuple[int, dict[str, str], bytes | str]
Handle = Callable[..., Awaitable[Reply]]
Place = tuple[Any, ...]
_held: dict[Place, str | None] = {}
"""By item, the token of the transaction that is under way on it."""


class Conflicts:
    """The duration of a transaction, and the number of requests refused because of one."""

    seconds = 0.0
    refused = 0


def lasting(milliseconds: float) -> int:
    """From now on a transaction holds its items for so long; 0: no time. Returns how many were refused so far."""
    Conflicts.seconds = max(0.0, milliseconds / 1000)
    return Conflicts.refused


def _handle(original: Handle) -> Handle:
    async def handle(method: str, path: str, headers: Mapping[str, str], body: bytes, query: Any) -> Reply:
        _, _, action = headers.get("x-amz-target", "").rpartition(".")
        is_writing = action == "TransactWriteItems" and Conflicts.seconds > 0
        if not is_writing and not (_held and (action in WRITES or action.startswith("Transact"))):
            return await original(method, path, headers, body, query)
        places, token = _read_request(action, body)
        if refusal := _refusal(action, places, token):
            Conflicts.refused += 1
            return refusal
        if not is_writing:
            return await original(method, path, headers, body, query)
        with _holding(places, token):
            await asyncio.sleep(Conflicts.seconds)
            return await original(method, path, headers, body, query)

    return handle


@contextmanager
def _holding(places: Sequence[Place], token: str | None) -> Iterator[None]:
    _held.update(dict.fromkeys(places, token))
    try:
        yield
    finally:
        for place in places:
            _held.pop(place, None)


def _refusal(action: str, places: Sequence[Place], token: str | None) -> Reply | None:
    taken = [place in _held for place in places]
    if not any(taken):
        return None
    if action in WRITES:
        return _error("TransactionConflictException", ONGOING)
    if token is not None and token in {_held.get(place) for place in places}:
        return _error("TransactionInProgressException", "The transaction with the given request token is in progress")
    reasons = [{"Code": CONFLICT, "Message": ONGOING} if each else {"Code": "None"} for each in taken]
    codes = ", ".join(reason["Code"] for reason in reasons)
    message = f"Transaction cancelled, please refer cancellation reasons for specific reasons [{codes}]"
    return _error("TransactionCanceledException", message, CancellationReasons=reasons)


def _error(kind: str, message: str, **more: Any) -> Reply:
    body = json.dumps({"__type": kind, "message": message, "Message": message, **more}).encode()
    return 400, {"Content-Type": "application/x-amz-json-1.0", "x-amzn-errortype": kind}, body


def _read_request(action: str, body: bytes) -> tuple[list[Place], str | None]:
    """The items of a request, in its order, and its token; nothing of one that the emulator will call faulty."""
    try:
        request = json.loads(body)
        whole = [{"Write": request}] if action in WRITES else request["TransactItems"]
        return [_place(part) for each in whole for part in each.values()], request.get("ClientRequestToken")
    except (ValueError, TypeError, KeyError, AttributeError):
        return [], None


def _place(part: Mapping[str, Any]) -> Place:
    table = dynamodb._tables[dynamodb._normalize_table_name(part["TableName"])]
    key = part["Item"] if "Item" in part else part["Key"]
    names = [name for name in (table["pk_name"], table["sk_name"]) if name]
    return id(table), *(dynamodb._extract_key_val(key[name]) for name in names)


def install() -> None:
    need(dynamodb, "_tables", "_normalize_table_name", "_extract_key_val")
    wrap(dynamodb, "handle_request", _handle)
