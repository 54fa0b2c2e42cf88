"""A model behind Bedrock's API, as the adapters reach it: over real HTTP, on loopback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.dm.adapters import bedrock
from tests.doubles.converse_server import ConverseServer

SONNET = "us.anthropic.claude-sonnet-4-6"


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[ConverseServer]:
    with ConverseServer() as server:
        for name, value in {
            "DM_PROVIDER": "bedrock",
            "DM_MODEL": SONNET,
            "DM_TIMEOUT_SECONDS": "5",
            "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": server.url,
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
        }.items():
            monkeypatch.setenv(name, value)
        bedrock._client.cache_clear()
        yield server
    bedrock._client.cache_clear()
