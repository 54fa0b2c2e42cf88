from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.ops.proof.make_sample import SAMPLE
from tests.ops.proof.stored_campaign import StoredCampaign, begin, empty_table


@pytest.fixture
def sample() -> dict[str, Any]:
    """The dice of a finished campaign, as parsed JSON to tamper with."""
    content: dict[str, Any] = json.loads(SAMPLE.read_text(encoding="utf-8"))
    return content


@pytest.fixture
def dynamodb() -> Iterator[Any]:
    with empty_table() as client:
        yield client


@pytest.fixture
def campaign(dynamodb: Any) -> StoredCampaign:
    """A campaign that was just started on the pier."""
    return StoredCampaign(begin(dynamodb, bytes(range(32))))
