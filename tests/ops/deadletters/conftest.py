"""A post office of its own for every test."""

from __future__ import annotations

import pytest

from tests.ops.deadletters.post import Post


@pytest.fixture
def post() -> Post:
    return Post()
