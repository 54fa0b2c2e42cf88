"""The queue of exports gets what is replayed for an export, and nothing that happens now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.infra.templates import Cloud, Resource

FOUR_DAYS = 4 * 24 * 3600


@pytest.fixture
def rule(aws: Cloud) -> Resource:
    [found] = [each for each in aws.all("AWS::Events::Rule") if each.stack == "operations"]
    return found


@pytest.fixture
def queue(aws: Cloud) -> dict[str, Any]:
    [found] = [each for each in aws.all("AWS::SQS::Queue") if each.stack == "operations" and _redriven(each.properties)]
    return found.properties


def _redriven(properties: dict[str, Any]) -> bool:
    return "RedrivePolicy" in properties


def test_only_replays_for_an_export_reach_it(rule: Resource):
    assert rule.properties["EventPattern"] == {
        "source": [{"prefix": "ninelives."}],
        "replay-name": [{"prefix": "export-"}],
    }


def test_an_event_that_cannot_be_delivered_lands_in_its_dead_letters(rule: Resource):
    [target] = rule.properties["Targets"]

    assert "DeadLetterConfig" in target


def test_an_export_that_stopped_finds_its_messages_for_four_days(queue: dict[str, Any]):
    assert queue["MessageRetentionPeriod"] == FOUR_DAYS


def test_messages_are_encrypted(queue: dict[str, Any]):
    assert queue["SqsManagedSseEnabled"] is True
