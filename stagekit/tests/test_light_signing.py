"""A request is signed as the SDK signs it."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.auth import AUTH_TYPE_MAPS, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from stagekit.clients import DEPLOYED, session
from stagekit.light_signing import LightSigV4

AT_NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
JSON = {"Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "DynamoDB_20120810.PutItem"}
REQUESTS: dict[str, dict[str, Any]] = {
    "JSON": {"method": "POST", "url": "https://dynamodb.us-east-1.amazonaws.com/", "headers": JSON, "data": b'{"a":1}'},
    "a port": {"method": "POST", "url": "http://127.0.0.1:4566/", "headers": JSON, "data": b'{"a":1}'},
    "no body": {"method": "GET", "url": "https://events.us-east-1.amazonaws.com/a%20b?z=1&a=2&a=1", "data": b""},
    "parameters": {"method": "GET", "url": "https://a.example/", "params": {"b": "1 2", "a": "ü"}},
    "a form": {"method": "POST", "url": "https://a.example/", "data": {"Action": "List", "Version": "1"}},
    "a text": {"method": "POST", "url": "https://a.example/", "data": "nine lives ü"},
    "a file": {"method": "PUT", "url": "https://a.example/", "data": io.BytesIO(b"nine lives")},
    "blanks and a host": {
        "method": "POST",
        "url": "https://a.example/",
        "headers": {"Host": "b.example", "X-Two": " a   b ", "User-Agent": "ninelives", "Expect": "100-continue"},
        "data": b"x",
    },
    "a date": {"method": "POST", "url": "https://a.example/", "headers": {"Date": "yesterday"}, "data": b"x"},
}
CONTEXTS: dict[str, dict[str, Any]] = {
    "signed": {},
    "unsigned": {"payload_signing_enabled": False},
    "trailing": {"checksum": {"request_algorithm": {"in": "trailer"}}},
}


@pytest.mark.parametrize("token", [None, "of-a-role"])
@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize("asked", REQUESTS)
def test_the_signature_of_a_request_is_the_sdks(monkeypatch, asked, context, token):
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda: AT_NOON)

    def sign(signer: type[SigV4Auth]) -> list[tuple[str, str]]:
        request = AWSRequest(**REQUESTS[asked])
        request.context.update(CONTEXTS[context])
        for _ in ("once", "again"):  # as a repeated request is
            signer(Credentials("nobody", "nothing", token), "dynamodb", "us-east-1").add_auth(request)
        return list(request.headers.items())

    assert sign(LightSigV4) == sign(SigV4Auth)


def test_a_header_that_is_there_twice_is_signed_twice(monkeypatch):
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda: AT_NOON)

    def sign(signer: type[SigV4Auth]) -> str:
        request = AWSRequest("POST", "https://a.example/", data=b"x")
        request.headers["X-Cat"] = "one"
        request.headers["x-cat"] = "two"
        signer(Credentials("nobody", "nothing"), "dynamodb", "us-east-1").add_auth(request)
        return str(request.headers["Authorization"])

    assert sign(LightSigV4) == sign(SigV4Auth)


@pytest.mark.parametrize("deployed", [True, False])
def test_a_function_signs_so_and_nobody_else(monkeypatch, deployed):
    monkeypatch.setitem(AUTH_TYPE_MAPS, "v4", SigV4Auth)
    if deployed:
        monkeypatch.setenv(DEPLOYED, "a-function")

    session.__wrapped__()

    assert (AUTH_TYPE_MAPS["v4"] is LightSigV4) == deployed
