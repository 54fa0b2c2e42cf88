"""Fingerprints are stored with idempotency keys: a retry after an update must still be the same request."""

from __future__ import annotations

from services.gateway.http.exchange import HttpRequest
from services.gateway.http.idempotency import fingerprint

BODY = {"b": [1.5, 1e22, -0.0, {"z": None, "ä": "Katze 🐈"}], "a": "\u2028 x", "Z": True, "\ud800": 1}
STORED = "992f022ff6c902aee6c5cad190b8ddb9d05185346dc2eaa16d66090f4af2708a"


def test_a_fingerprint_is_the_one_that_was_stored():
    assert fingerprint(HttpRequest("POST", "/v1/campaigns"), BODY) == STORED


def test_the_order_of_fields_is_no_difference_and_their_values_are():
    assert fingerprint(HttpRequest("POST", "/v1/campaigns"), dict(reversed(BODY.items()))) == STORED
    assert fingerprint(HttpRequest("POST", "/v1/campaigns"), {**BODY, "Z": 1}) != STORED
