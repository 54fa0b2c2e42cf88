"""What a deployment may spend on models in a day: usual in AWS, a setting everywhere, and counted by what can be."""

from __future__ import annotations

import re
from typing import Any

import pytest

from infra.constructs.deployment import Deployment
from infra.errors import UserError
from infra.game_master import USUAL_DAY_BUDGET, USUAL_DAY_TOKENS, DayBudget
from infra.local.settings import dungeon_master_from
from ninelives.deployment.plan import plan
from tests.infra.templates import ALARM, Cloud, synthesised

SONNET = {"dm_provider": "bedrock", "dm_model": "us.anthropic.claude-sonnet-4-6"}
TINY = {"dm_provider": "openai", "dm_model": "tiny", "openai_base_url": "https://models.example.org/v1"}
NONE = DayBudget()


def budget(context: dict[str, str], target: str = "aws") -> DayBudget:
    return Deployment.from_context({"target": target, **context}, {}).day_budget


@pytest.mark.parametrize(
    ("context", "target", "usual"),
    [
        (SONNET, "aws", DayBudget(USUAL_DAY_BUDGET)),
        (TINY, "aws", DayBudget(tokens=USUAL_DAY_TOKENS)),
        ({**SONNET, "dm_judge": "gate", "dm_judge_model": "tiny"}, "aws", DayBudget(tokens=USUAL_DAY_TOKENS)),
        (SONNET, "local", NONE),
        ({}, "aws", NONE),
        ({"dm_day_budget": "5"}, "aws", NONE),
        ({**SONNET, "dm_day_budget": "0"}, "aws", NONE),
        ({**SONNET, "dm_day_budget": "5000000"}, "local", DayBudget(5_000_000)),
        ({**SONNET, "dm_day_budget": "5", "dm_day_tokens": "7"}, "aws", DayBudget(5, 7)),
        ({**TINY, "dm_day_tokens": "7"}, "aws", DayBudget(tokens=7)),
    ],
)
def test_what_a_day_may_cost(context: dict[str, str], target: str, usual: DayBudget) -> None:
    assert budget(context, target) == usual


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({**TINY, "dm_day_budget": "5"}, "tiny has no list price.*NINELIVES_DM_DAY_TOKENS"),
        ({**SONNET, "dm_day_tokens": "many"}, "dm_day_tokens.*whole tokens"),
    ],
)
def test_a_limit_that_nothing_counts_against_is_refused(wrong: dict[str, str], said: str) -> None:
    with pytest.raises(UserError, match=said):
        budget(wrong)


def test_the_environment_says_it_in_the_same_words() -> None:
    said = {"NINELIVES_DM": "bedrock", "NINELIVES_DM_MODEL": "us.anthropic.claude-sonnet-4-6"}
    context = dungeon_master_from({**said, "NINELIVES_DM_DAY_BUDGET": "0", "NINELIVES_DM_DAY_TOKENS": "9"}).context()

    assert (context["dm_day_budget"], context["dm_day_tokens"]) == ("0", "9")
    with pytest.raises(UserError, match=r"NINELIVES_DM_DAY_TOKENS.*whole tokens"):
        dungeon_master_from({"NINELIVES_DM_DAY_TOKENS": "many"})
    with pytest.raises(UserError, match="tiny has no list price"):
        dungeon_master_from({**said, "NINELIVES_DM_MODEL": "tiny", "NINELIVES_DM_DAY_BUDGET": "9"})


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Cloud:
    return synthesised(tmp_path_factory.mktemp("day"), target="aws", only="metrics,gateway", **SONNET)


def test_whoever_counts_knows_the_ceiling_and_may_say_that_it_is_reached(cloud: Cloud, aws: Cloud) -> None:
    variables = cloud.function("metrics/count").properties["Environment"]["Variables"]
    [mapping] = [each for each in cloud.all("AWS::Lambda::EventSourceMapping") if each.stack == "metrics"]

    assert (variables["DAY_BUDGET_MICRO_DOLLARS"], variables["DAY_BUDGET_TOKENS"]) == (str(USUAL_DAY_BUDGET), "0")
    assert "EVENT_BUS_NAME" in variables
    assert mapping.properties["ScalingConfig"] == {"MaximumConcurrency": 2}  # the bound rests on it
    assert cloud.function("gateway/api").properties["Environment"]["Variables"]["DAY_CEILING"] == "1"
    for function, variable in (("metrics/count", "DAY_BUDGET_TOKENS"), ("gateway/api", "DAY_CEILING")):
        assert variable not in aws.function(function).properties["Environment"]["Variables"]


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
