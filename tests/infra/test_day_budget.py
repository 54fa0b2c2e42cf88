"""The spending of a deployment on models in a day: usual in AWS, a setting everywhere, and counted by what can be."""

from __future__ import annotations

import re
from typing import Any

import pytest

from infra.constructs.deployment import Deployment
from infra.errors import UserError
from infra.game_master import USUAL_DAY_BUDGET, USUAL_DAY_TOKENS, USUAL_PLAYER_SHARE, DayBudget
from infra.local.settings import dungeon_master_from
from ninelives.deployment.plan import plan
from tests.infra.templates import ALARM, Cloud, synthesise_stacks

SONNET = {"dm_provider": "bedrock", "dm_model": "us.anthropic.claude-sonnet-4-6"}
TINY = {"dm_provider": "openai", "dm_model": "tiny", "openai_base_url": "https://models.example.org/v1"}
NONE, SHARE = DayBudget(), USUAL_PLAYER_SHARE


def budget(context: dict[str, str], target: str = "aws") -> DayBudget:
    return Deployment.from_context({"target": target, **context}, {}).day_budget


@pytest.mark.parametrize(
    ("context", "target", "usual"),
    [
        (SONNET, "aws", DayBudget(USUAL_DAY_BUDGET, 0, SHARE)),
        (TINY, "aws", DayBudget(0, USUAL_DAY_TOKENS, SHARE)),
        ({**SONNET, "dm_judge": "gate", "dm_judge_model": "tiny"}, "aws", DayBudget(0, USUAL_DAY_TOKENS, SHARE)),
        (SONNET, "local", NONE),
        ({}, "aws", NONE),
        ({"dm_day_budget": "5"}, "aws", NONE),
        ({**SONNET, "dm_day_budget": "0"}, "aws", NONE),
        ({**SONNET, "dm_day_budget": "5000000"}, "local", DayBudget(5_000_000)),
        ({**SONNET, "dm_day_budget": "5", "dm_day_tokens": "7"}, "aws", DayBudget(5, 7, SHARE)),
        ({**TINY, "dm_day_tokens": "7"}, "aws", DayBudget(0, 7, SHARE)),
        ({**SONNET, "dm_player_share": "25"}, "aws", DayBudget(USUAL_DAY_BUDGET, 0, 25)),
        ({**SONNET, "dm_player_share": "0"}, "aws", DayBudget(USUAL_DAY_BUDGET)),
        ({**SONNET, "dm_day_budget": "500", "dm_player_share": "25"}, "local", DayBudget(500, 0, 25)),
    ],
)
def test_what_a_day_may_cost(context: dict[str, str], target: str, usual: DayBudget) -> None:
    assert budget(context, target) == usual


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({**TINY, "dm_day_budget": "5"}, "tiny has no list price.*NINELIVES_DM_DAY_TOKENS"),
        ({**SONNET, "dm_day_tokens": "many"}, "dm_day_tokens.*whole tokens"),
        ({**SONNET, "dm_player_share": "101"}, "dm_player_share.*101.*percent"),
    ],
)
def test_a_limit_that_nothing_counts_against_is_refused(wrong: dict[str, str], said: str) -> None:
    with pytest.raises(UserError, match=said):
        budget(wrong)


def test_the_environment_says_it_in_the_same_words() -> None:
    said = {"NINELIVES_DM": "bedrock", "NINELIVES_DM_MODEL": "us.anthropic.claude-sonnet-4-6"}
    limits = {"DAY_BUDGET": "0", "DAY_TOKENS": "9", "PLAYER_SHARE": "20"}
    context = dungeon_master_from(
        {**said, **{f"NINELIVES_DM_{name}": value for name, value in limits.items()}}
    ).context()

    assert [context[f"dm_{name.lower()}"] for name in limits] == ["0", "9", "20"]
    with pytest.raises(UserError, match=r"NINELIVES_DM_DAY_TOKENS.*whole tokens"):
        dungeon_master_from({"NINELIVES_DM_DAY_TOKENS": "many"})
    with pytest.raises(UserError, match="tiny has no list price"):
        dungeon_master_from({**said, "NINELIVES_DM_MODEL": "tiny", "NINELIVES_DM_DAY_BUDGET": "9"})


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Cloud:
    return synthesise_stacks(tmp_path_factory.mktemp("day"), target="aws", only="metrics,gateway", **SONNET)


def test_whoever_counts_knows_the_ceiling_and_may_say_that_it_is_reached(cloud: Cloud, aws: Cloud) -> None:
    variables = cloud.function("metrics/count").properties["Environment"]["Variables"]
    [mapping] = [each for each in cloud.all("AWS::Lambda::EventSourceMapping") if each.stack == "metrics"]

    assert (variables["DAY_BUDGET_MICRO_DOLLARS"], variables["DAY_BUDGET_TOKENS"]) == (str(USUAL_DAY_BUDGET), "0")
    assert "EVENT_BUS_NAME" in variables
    assert mapping.properties["ScalingConfig"] == {"MaximumConcurrency": 2}  # the bound rests on it
    assert cloud.function("gateway/api").properties["Environment"]["Variables"]["DAY_CEILING"] == "1"
    for function, variable in (("metrics/count", "DAY_BUDGET_TOKENS"), ("gateway/api", "DAY_CEILING")):
        assert variable not in aws.function(function).properties["Environment"]["Variables"]


def test_the_door_knows_what_one_player_may_have_and_whose_households_guests_are(cloud: Cloud, aws: Cloud) -> None:
    variables = cloud.function("gateway/api").properties["Environment"]["Variables"]

    assert int(variables["DAY_SHARE_MICRO_DOLLARS"]) == USUAL_DAY_BUDGET * USUAL_PLAYER_SHARE // 100
    assert (
        variables["EDGE_KEY"] == cloud.function("gateway/accounts").properties["Environment"]["Variables"]["EDGE_KEY"]
    )
    assert "DAY_SHARE_TOKENS" not in variables  # nothing would count against it
    assert not {"DAY_SHARE_MICRO_DOLLARS", "EDGE_KEY"} & set(
        aws.function("gateway/api").properties["Environment"]["Variables"]
    )


def test_an_alarm_is_raised_when_it_is_reached(cloud: Cloud) -> None:
    [found] = [each for each in cloud.all(ALARM) if each.properties["AlarmName"].endswith("day-ceiling")]

    assert found.properties["MetricName"] == "DayCeilingReached"
    assert {each["Name"]: each["Value"] for each in found.properties["Dimensions"]} == {
        "service": "metrics",
        "environment": "prod",
        "operation": "count",
    }
    assert re.search("understudy tells", found.properties["AlarmDescription"])


def test_whoever_deploys_is_told_what_a_day_may_cost(cloud: Cloud, aws: Cloud) -> None:
    account: Any = None
    with_model, without = (plan("prod", account, ["metrics"], {}, each.directory) for each in (cloud, aws))

    [line] = with_model._ceiling()
    assert "may spend $20.00 on models" in line
    assert [*without._ceiling()] == []
