"""Queues of its own for every test."""

from __future__ import annotations

import pytest

from tests.ops.deadletters.fake_queues import FakeQueues


@pytest.fixture
def fakes() -> FakeQueues:
    return FakeQueues()
