"""A model behind Bedrock's API, as the adapters reach it: over real HTTP, on loopback."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster
from contracts.errors import ModelRefused, ModelThrottled, ModelUnavailable, StageError
from services.dm import wiring
from tests.support.converse_server import (
    Behaviour,
    ConverseServer,
    breaks_off,
    fails,
    filter_content,
    hangs_up,
    sends,
    text,
    throttle,
)


@pytest.fixture(autouse=True)
def _a_container_of_its_own() -> Iterator[None]:
    """Nothing that is kept for a container outlives a test."""
    wiring.game_master.cache_clear()
    yield
    wiring.game_master.cache_clear()


def answer(request: InvokeDungeonMaster) -> DungeonMasterReplied:
    """The answer of a game master whose container starts in the environment as it is now."""
    return wiring.build_game_master(wiring.read_settings(os.environ)).answer(request)


SONNET = "us.anthropic.claude-sonnet-4-6"
TROUBLE: tuple[tuple[Behaviour, type[StageError]], ...] = (
    (throttle(), ModelThrottled),
    (fails(400, "ServiceQuotaExceededException"), ModelThrottled),
    (fails(429, "TooManyRequestsException"), ModelThrottled),
    (fails(429, "ModelNotReadyException"), ModelUnavailable),
    (fails(500, "InternalServerException"), ModelUnavailable),
    (fails(503, "ServiceUnavailableException"), ModelUnavailable),
    (fails(408, "ModelTimeoutException"), ModelUnavailable),
    (fails(424, "ModelErrorException"), ModelUnavailable),
    (sends(b"<html>bad gateway</html>", status=502), ModelUnavailable),
    (hangs_up(), ModelUnavailable),
    (breaks_off(), ModelUnavailable),
    (fails(400, "ValidationException"), ModelRefused),
    (fails(403, "AccessDeniedException"), ModelRefused),
    (fails(403, "ExpiredTokenException"), ModelRefused),
    (fails(404, "ResourceNotFoundException"), ModelRefused),
    (filter_content(), ModelRefused),
    (text("…", stop="guardrail_intervened"), ModelRefused),
)
"""Faults of a call, streamed or not, and the name under which the workflow sees each."""


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
        yield server
