"""The key of an endpoint comes from Parameter Store, once for a container, and is told to the endpoint alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from moto import mock_aws

from contracts.errors import ModelRefused, ModelUnavailable
from services.dm import wiring
from services.dm.tests.builders import make_request
from services.dm.tests.openai_server import chat_server, completion
from stagekit import clients

PARAMETER, KEY = "/ninelives/prod/model-key", "sk-nine-lives"


class Store:
    """Parameter Store, counting how often it is asked; `broken` is raised instead, once."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.asked: list[dict[str, Any]] = []
        self.broken: Exception | None = None

    def get_parameter(self, **request: Any) -> Any:
        self.asked.append(request)
        broken, self.broken = self.broken, None
        if broken:
            raise broken
        return self._client.get_parameter(**request)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with mock_aws():
        client = boto3.client("ssm", region_name="us-east-1")
        client.put_parameter(Name=PARAMETER, Value=KEY, Type="SecureString")
        kept = Store(client)
        monkeypatch.setattr(clients, "client", lambda service, **_: {"ssm": kept}[service])
        yield kept


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    with chat_server() as server:
        monkeypatch.setenv("DM_PROVIDER", "openai")
        monkeypatch.setenv("DM_MODEL", "tiny")
        monkeypatch.setenv("OPENAI_BASE_URL", f"{server.url}/v1/")
        monkeypatch.setenv("OPENAI_API_KEY_PARAMETER", PARAMETER)
        monkeypatch.delenv("OPENAI_API_KEY", raising=False)
        yield server


@pytest.fixture
def ask(endpoint: Any) -> Callable[[], str]:
    """Asks for a story, again and again of one container; its text."""
    container = wiring.build_game_master(wiring.read_settings(os.environ))

    def story() -> str:
        endpoint.then(completion("Rain."))
        return container.answer(make_request(provider="model")).narrative or ""

    return story


def test_a_container_reads_it_once_and_sends_it_with_every_request(
    store: Store, endpoint: Any, ask: Callable[[], str]
) -> None:
    assert [ask() for _ in range(3)] == ["Rain."] * 3

    assert [each.authorization for each in endpoint.requests] == [f"Bearer {KEY}"] * 3
    assert store.asked == [{"Name": PARAMETER, "WithDecryption": True}]


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        (ClientError({"Error": {"Code": "ParameterNotFound"}}, "GetParameter"), ModelRefused),
        (ClientError({"Error": {"Code": "AccessDeniedException"}}, "GetParameter"), ModelRefused),
        (ClientError({"Error": {"Code": "ThrottlingException"}}, "GetParameter"), ModelUnavailable),
        (EndpointConnectionError(endpoint_url="https://ssm"), ModelUnavailable),
    ],
)
def test_what_cannot_be_read_is_read_again_for_the_next_request_and_nobody_is_asked_without_it(
    store: Store, endpoint: Any, ask: Callable[[], str], trouble: Exception, error: type[Exception]
) -> None:
    store.broken = trouble

    with pytest.raises(error):
        ask()
    assert endpoint.requests == []
    assert ask() == "Rain."


def test_without_a_parameter_nothing_is_read_and_no_key_is_sent(
    store: Store, endpoint: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY_PARAMETER")
    endpoint.then(completion("Rain."))

    wiring.build_game_master(wiring.read_settings(os.environ)).answer(make_request(provider="model"))

    assert store.asked == []
    assert [each.authorization for each in endpoint.requests] == [None]
