"""Chaos: whoever can break something knows whether it may, and nobody else does."""

from __future__ import annotations

from typing import Any

import pytest

from infra.constructs.deployment import Deployment
from infra.permissions.roles import roles
from tests.infra.templates import FUNCTION, Cloud, synthesise_stacks

BREAKS = {"gateway/api", "dm/invoke_dungeon_master", "tools/execute_tool"}


@pytest.fixture(scope="module")
def staging(tmp_path_factory: pytest.TempPathFactory) -> Cloud:
    directory = tmp_path_factory.mktemp("staging")
    return synthesise_stacks(directory, target="aws", environment="staging", only="gateway,dm,tools", chaos="1")


def _chaos_by_function(cloud: Cloud) -> dict[str, str]:
    """The value of CHAOS, by function."""
    found = {}
    for each in cloud.all(FUNCTION):
        _, service, _, function, _ = each.properties["Handler"].split(".")
        if "CHAOS" in (variables := each.properties["Environment"]["Variables"]):
            found[f"{service}/{function}"] = variables["CHAOS"]
    return found


def _list_published(cloud: Cloud) -> list[str]:
    parameters = cloud.all("AWS::SSM::Parameter")
    return [each.properties["Value"] for each in parameters if each.properties["Name"].endswith("/gateway/chaos")]


def test_with_chaos_the_door_the_game_master_and_the_rules_may_break_things(staging: Cloud) -> None:
    assert _chaos_by_function(staging) == dict.fromkeys(BREAKS, "1")
    assert _list_published(staging) == ["on"]


def test_where_tools_can_be_broken_the_rules_may_count_how_often(staging: Cloud, aws: Cloud) -> None:
    counts = ("dynamodb:UpdateItem", "arn:aws:dynamodb:::table/{tools/table/stages}")

    assert roles(staging.templates)["tools/execute_tool"].allows(*counts)
    assert not roles(aws.templates)["tools/execute_tool"].allows(*counts)


def test_without_it_nothing_can_be_broken(aws: Cloud, local: Cloud) -> None:
    assert (_chaos_by_function(aws), _chaos_by_function(local)) == ({}, {})
    assert (_list_published(aws), _list_published(local)) == (["off"], ["off"])


@pytest.mark.parametrize(
    ("context", "chaos"),
    [
        ({}, False),
        ({"chaos": ""}, False),
        ({"chaos": "false"}, False),
        ({"chaos": "1"}, True),
        ({"chaos": "true"}, True),
        ({"chaos": True}, True),
        ({"chaos": "1", "target": "aws", "environment": "staging"}, True),
        ({"chaos": "0", "target": "aws"}, False),
    ],
)
def test_chaos_is_off_unless_it_is_asked_for(context: dict[str, Any], chaos: bool) -> None:
    assert Deployment.from_context(context, {}).chaos is chaos
