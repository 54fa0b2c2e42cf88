"""A client gives up after the time and the tries it was made with, and is quick where it is deployed."""

from __future__ import annotations

import gc

import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ConnectTimeoutError, ParamValidationError

from stagekit.clients import AGENT, COLLECTED_AFTER, DEPLOYED, client, session

USUAL = 700


@pytest.fixture(autouse=True)
def collected_as_before():
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def test_limits_are_those_that_were_given():
    config = client("dynamodb", connect=1, read=7, tries=3).meta.config

    assert (config.connect_timeout, config.read_timeout) == (1, 7)
    assert config.retries == {"total_max_attempts": 3, "mode": "standard"}


def test_short_limits_are_the_default():
    config = client("sqs").meta.config

    assert (config.connect_timeout, config.read_timeout) == (2, 3)
    assert config.retries == {"total_max_attempts": 2, "mode": "standard"}


@pytest.mark.parametrize("tries", [1, 2])
def test_a_request_is_sent_as_often_as_was_said(tries):
    events, sent = client("events", tries=tries, endpoint_url="http://localhost:9"), []

    def fail(**request):
        sent.append(request)
        raise ConnectTimeoutError(endpoint_url="events")

    events.meta.events.register("before-send.events", fail)
    with pytest.raises(ConnectTimeoutError):
        events.list_rules()

    assert len(sent) == tries


def test_what_is_sent_is_checked_where_it_is_tested():
    with pytest.raises(ParamValidationError):
        client("events").put_events(Entries="none")


def test_what_was_tested_is_not_checked_again_in_a_function(monkeypatch):
    monkeypatch.setenv(DEPLOYED, "a-function")
    events, sent = client("events", endpoint_url="http://localhost:9"), []

    def answer(request, **more):
        sent.append(request)
        return AWSResponse(request.url, 200, {}, Empty())

    events.meta.events.register("before-send.events", answer)
    events.put_events(Entries=[{"Detail": 9}])

    assert [request.headers["User-Agent"].split()[0] for request in sent] == [AGENT.encode()]  # Powertools adds to it


@pytest.mark.parametrize("deployed", [True, False])
def test_garbage_is_collected_rarely_in_a_function_and_as_usual_elsewhere(monkeypatch, deployed):
    gc.set_threshold(USUAL)
    gc.unfreeze()
    if deployed:
        monkeypatch.setenv(DEPLOYED, "a-function")

    session.__wrapped__()

    assert gc.get_threshold()[0] == (COLLECTED_AFTER if deployed else USUAL)
    assert bool(gc.get_freeze_count()) == deployed


class Empty:
    """A body of nothing that matters."""

    def stream(self):
        yield b"{}"
