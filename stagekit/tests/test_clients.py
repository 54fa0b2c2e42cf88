"""A client gives up after the time and the tries it was made with."""

from __future__ import annotations

import pytest
from botocore.exceptions import ConnectTimeoutError

from stagekit.clients import client


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
