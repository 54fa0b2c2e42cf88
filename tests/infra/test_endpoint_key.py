"""The key of an OpenAI-compatible endpoint: in no template, and to be read by those functions that ask it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.infra.templates import Cloud, Statement, synthesise_stacks
from tests.infra.test_model_access import arn

ENDPOINT = {"dm_provider": "openai", "dm_model": "tiny", "openai_base_url": "https://models.example.org/v1"}
PARAMETER = "/ninelives/prod/model-key"
VARIABLE = "OPENAI_API_KEY_PARAMETER"


def deploy(directory: Path, **context: str) -> Cloud:
    """The synthesised templates; cdk-nag has looked at them."""
    return synthesise_stacks(directory, target="aws", only="dm", nag="true", **ENDPOINT, **context)


def of_parameters(cloud: Cloud, function: str) -> list[Statement]:
    return [
        each
        for each in cloud.statements_of(function)
        if any(action.startswith(("ssm:", "kms:")) for action in each.actions)
    ]


@pytest.mark.parametrize(
    ("reader", "readers"),
    [
        ({}, {"dm/invoke_dungeon_master"}),
        ({"dm_judge": "gate", "dm_judge_model": "tinier"}, {"dm/invoke_dungeon_master", "dm/judge_narrative"}),
    ],
    ids=["the game master", "with a second reader"],
)
def test_whoever_asks_the_endpoint_may_read_its_key_and_nothing_else(
    tmp_path: Path, reader: dict[str, str], readers: set[str]
) -> None:
    cloud = deploy(tmp_path, openai_api_key_parameter=PARAMETER, **reader)

    for function in ("dm/invoke_dungeon_master", "dm/judge_narrative", "dm/validate_and_route"):
        allowed = of_parameters(cloud, function)
        if function not in readers:
            assert allowed == []
            continue
        assert [(each.actions, [arn(resource) for resource in each.resources]) for each in allowed] == [
            (("ssm:GetParameter",), [f"arn:<Partition>:ssm:<Region>:<AccountId>:parameter{PARAMETER}"])
        ]
        assert cloud.function(function).properties["Environment"]["Variables"][VARIABLE] == PARAMETER


def test_an_endpoint_that_wants_no_key_has_nothing_to_read(tmp_path: Path) -> None:
    cloud = deploy(tmp_path)

    for function in ("dm/invoke_dungeon_master", "dm/judge_narrative"):
        assert of_parameters(cloud, function) == []
        assert VARIABLE not in cloud.function(function).properties["Environment"]["Variables"]
