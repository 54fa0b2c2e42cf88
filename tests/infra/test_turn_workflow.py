"""The state machine around the definition: its kind, its names, its log."""

from __future__ import annotations

import re

import pytest

from infra.constructs.turn_workflow import DEFINITION
from tests.infra.templates import ALARM, Cloud, Resource


@pytest.fixture
def machine(aws: Cloud) -> Resource:
    [found] = aws.all("AWS::StepFunctions::StateMachine")
    return found


def test_a_turn_is_an_express_workflow(machine: Resource) -> None:
    assert machine.properties["StateMachineType"] == "EXPRESS"


def test_every_name_in_the_definition_is_filled_in_and_none_is_left_over(machine: Resource) -> None:
    named = set(re.findall(r"\$\{(\w+)\}", DEFINITION.read_text()))

    assert set(machine.properties["DefinitionSubstitutions"]) == named


def test_its_log_has_every_state_and_nothing_a_player_wrote(machine: Resource) -> None:
    logging = machine.properties["LoggingConfiguration"]

    assert logging["Level"] == "ALL"
    assert not logging.get("IncludeExecutionData")


def test_failed_timed_out_and_throttled_turns_raise_alarms(closely: Cloud) -> None:
    watched = {
        alarm.properties["MetricName"]
        for alarm in closely.all(ALARM)
        if alarm.properties.get("Namespace") == "AWS/States"
    }

    assert watched == {"ExecutionsFailed", "ExecutionsTimedOut", "ExecutionThrottled"}
