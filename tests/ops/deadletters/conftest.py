"""A post office of its own for every test."""

from __future__ import annotations

import pytest

from tests.ops.deadletters.fake_queues import Post


@pytest.fixture
def post() -> Post:
    return Post()
