"""Items that expire in a table of a template are reported as deleted by DynamoDB; those somebody deletes are not."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import pytest
from ministack.services import dynamodb, lambda_svc
from ministack.services.cloudformation import provisioners

from infra.constructs.erasure_worker import EXPIRED_GUEST
from infra.local.hooks import expiry
from services.gateway.adapters.guests import expired_guests
from services.gateway.domain.accounts import EnteredGuest

TABLE = "expiring"
Item = dict[str, Any]


@pytest.fixture
def emulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The emulator's tables with the hook, in this process."""
    for name in ("_remove_item", "_build_change_record"):
        monkeypatch.setattr(dynamodb, name, getattr(dynamodb, name))
    handlers = provisioners._RESOURCE_HANDLERS["AWS::DynamoDB::Table"]
    monkeypatch.setitem(provisioners._RESOURCE_HANDLERS, "AWS::DynamoDB::Table", dict(handlers))
    expiry.install()
    handlers = provisioners._RESOURCE_HANDLERS["AWS::DynamoDB::Table"]
    keys = [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}]
    properties = {
        "TableName": TABLE,
        "KeySchema": keys,
        "AttributeDefinitions": [{"AttributeName": each["AttributeName"], "AttributeType": "S"} for each in keys],
        "BillingMode": "PAY_PER_REQUEST",
        "StreamSpecification": {"StreamViewType": "NEW_IMAGE"},
        "TimeToLiveSpecification": {"AttributeName": "expires_at", "Enabled": True},
    }
    handlers["create"]("Table", properties, "stack")
    yield
    dynamodb._delete_table({"TableName": TABLE})


def put(name: str, expires_at: float) -> Item:
    item = {"pk": {"S": f"PLAYER#{name}"}, "sk": {"S": f"GUEST#{name}-in-the-pool"}}
    dynamodb._put_item({"TableName": TABLE, "Item": {**item, "expires_at": {"N": str(int(expires_at))}}})
    return item


def a_minute_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do once and now what the emulator's own thread does once a minute."""
    waits = iter([None])
    with monkeypatch.context() as patch:
        patch.setattr(dynamodb, "time", SimpleNamespace(time=time.time, sleep=lambda seconds: next(waits)))
        thread = threading.Thread(target=_until_it_waits_again, name=expiry.REAPER)
        thread.start()
        thread.join()


def _until_it_waits_again() -> None:
    with suppress(StopIteration):
        dynamodb._ttl_reaper()


def list_removed() -> list[Item]:
    return [each for each in dynamodb._stream_records.get(TABLE, []) if each["eventName"] == "REMOVE"]


def test_what_expires_is_a_guest_to_erase_for_whoever_hears_the_stream(
    emulator: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("tom", time.time() - 10)
    put("kit", time.time() + 1000)

    a_minute_later(monkeypatch)

    heard = lambda_svc._apply_filter_criteria(
        list_removed(), {"FilterCriteria": {"Filters": [{"Pattern": json.dumps(EXPIRED_GUEST)}]}}
    )
    assert list(expired_guests({"Records": heard})) == [EnteredGuest("tom", "tom-in-the-pool")]


def test_what_somebody_deletes_has_not_expired(emulator: None) -> None:
    dynamodb._delete_item({"TableName": TABLE, "Key": put("tom", time.time() + 1000)})

    [record] = list_removed()
    assert "userIdentity" not in record
