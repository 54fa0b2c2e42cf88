"""For every test: how many examples a property is tried with, and moto's DynamoDB, one request at a time."""

from __future__ import annotations

import os
from threading import RLock

import pytest
from hypothesis import HealthCheck, settings
from moto.dynamodb.responses import DynamoHandler

# A property names a number of its own only where one example costs much more or less than usual.
settings.register_profile("dev", max_examples=25, deadline=None)
settings.register_profile("ci", max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("nightly", max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(autouse=True, scope="session")
def _dynamodb_answers_one_request_at_a_time():
    """DynamoDB's transactions are atomic beside other writers. Moto's are not: a cancelled one restores the whole table
    as it was before, and with it undoes what another thread has written in between."""
    answer, turn = DynamoHandler.call_action, RLock()

    def one_at_a_time(self):
        with turn:
            return answer(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DynamoHandler, "call_action", one_at_a_time)
        yield
