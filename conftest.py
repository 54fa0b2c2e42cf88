"""For every test: moto's DynamoDB, one request at a time."""

from __future__ import annotations

from threading import RLock

import pytest
from moto.dynamodb.responses import DynamoHandler


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
