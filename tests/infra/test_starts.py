"""Starts of functions that somebody waits for: an option that is paid for, and off."""

from __future__ import annotations

import json
from typing import Any

import pytest

from infra.constructs.deployment import STARTS, Deployment
from infra.errors import UserError
from tests.infra.templates import FUNCTION, Cloud, synthesise_stacks

ASKED_AND_LEFT = ("campaign/erase", "chronicle/erase", "dm/forget", "tools/forget", "gateway/export")
VERSION, ALIAS = "AWS::Lambda::Version", "AWS::Lambda::Alias"


@pytest.fixture(scope="module")
def snapstart(tmp_path_factory: pytest.TempPathFactory) -> Cloud:
    return synthesise_stacks(tmp_path_factory.mktemp("snapstart"), target="aws", starts="snapstart")


@pytest.fixture(scope="module")
def provisioned(tmp_path_factory: pytest.TempPathFactory) -> Cloud:
    return synthesise_stacks(tmp_path_factory.mktemp("provisioned"), target="aws", starts="provisioned")


def _list_fed(cloud: Cloud) -> set[tuple[str, str]]:
    """Functions that a queue or a stream feeds, or that go on when whoever asked has gone: nobody waits for them."""
    mappings = cloud.all("AWS::Lambda::EventSourceMapping")
    asked = (cloud.function(name) for name in ASKED_AND_LEFT)
    fed = {(each.stack, each.properties["FunctionName"]["Ref"]) for each in mappings}
    return fed | {(each.stack, each.id) for each in asked}


def _list_aliased(cloud: Cloud) -> set[tuple[str, str]]:
    return {(each.stack, each.properties["FunctionName"]["Ref"]) for each in cloud.all(ALIAS)}


def test_functions_start_cold_unless_something_else_is_paid_for(aws: Cloud) -> None:
    assert aws.all(VERSION) == aws.all(ALIAS) == []
    assert [each for each in aws.all(FUNCTION) if "SnapStart" in each.properties] == []


def test_what_somebody_waits_for_starts_from_a_snapshot(snapstart: Cloud) -> None:
    awaited = {(each.stack, each.id) for each in snapstart.all(FUNCTION)} - _list_fed(snapstart)
    snapped = {(each.stack, each.id) for each in snapstart.all(FUNCTION) if "SnapStart" in each.properties}

    assert snapped == awaited == _list_aliased(snapstart) != set()
    for function in snapstart.all(FUNCTION):
        assert function.properties.get("SnapStart", {}).get("ApplyOn") in (None, "PublishedVersions")


def test_one_of_each_is_kept_running(provisioned: Cloud) -> None:
    kept = [each.properties["ProvisionedConcurrencyConfig"] for each in provisioned.all(ALIAS)]

    assert kept == [{"ProvisionedConcurrentExecutions": 1}] * len(kept) != []
    assert _list_aliased(provisioned).isdisjoint(_list_fed(provisioned))
    assert [each for each in provisioned.all(FUNCTION) if "SnapStart" in each.properties] == []


def test_whoever_waits_calls_the_version_that_is_kept_ready(snapstart: Cloud) -> None:
    """Anything that names the function itself would start it cold."""
    ready = _list_aliased(snapstart)
    cold = [
        f"{each.stack}/{each.id}"
        for kind in ("AWS::SSM::Parameter", "AWS::ApiGatewayV2::Integration", "AWS::StepFunctions::StateMachine")
        for each in snapstart.all(kind)
        for stack, function in ready
        if stack == each.stack and json.dumps({"Fn::GetAtt": [function, "Arn"]}) in json.dumps(each.properties)
    ]

    assert cold == []


def test_a_version_that_is_no_longer_called_is_no_longer_paid_for(snapstart: Cloud) -> None:
    assert {each.body["DeletionPolicy"] for each in snapstart.all(VERSION)} == {"Delete"}


@pytest.mark.parametrize(
    ("target", "starts", "refused"), [("aws", "warm", "use one of"), ("local", "snapstart", "cold")]
)
def test_a_start_that_there_is_not_is_refused(target: str, starts: str, refused: str) -> None:
    context: dict[str, Any] = {"target": target, "starts": starts}

    with pytest.raises(UserError, match=refused):
        Deployment.from_context(context, {})
    assert starts not in STARTS or target == "local"
