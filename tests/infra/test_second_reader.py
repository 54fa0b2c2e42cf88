"""The second reader's function: what it is told, and that it may call its own model and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.infra.templates import Cloud, synthesise_stacks
from tests.infra.test_model_access import arn

MASTER, CHEAP, READER = "us.anthropic.claude-sonnet-4-6", "amazon.nova-lite-v1:0", "us.amazon.nova-micro-v1:0"
JUDGE, INVOKE, CHECK = "dm/judge_narrative", "dm/invoke_dungeon_master", "dm/validate_and_route"


def deploy(directory: Path, **context: str) -> Cloud:
    asked = {"target": "aws", "only": "dm", "nag": "true", "dm_provider": "bedrock", "dm_model": MASTER}
    return synthesise_stacks(directory, **{**asked, "dm_cheap_model": CHEAP, **context})


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Cloud:
    return deploy(tmp_path_factory.mktemp("gate"), dm_judge="gate", dm_judge_model=READER, dm_turn_budget="20000")


def variables(cloud: Cloud, name: str) -> dict[str, Any]:
    found: dict[str, Any] = cloud.function(name).properties["Environment"]["Variables"]
    return {key: value for key, value in found.items() if key.startswith(("DM_", "NARRATION"))}


def models(cloud: Cloud, name: str) -> dict[str, set[str]]:
    """The models a function may call, by action."""
    found: dict[str, set[str]] = {}
    for statement in cloud.statements_of(name):
        for action in statement.actions:
            if action.startswith("bedrock:"):
                found.setdefault(action, set()).update(arn(each).rpartition("/")[2] for each in statement.resources)
    return found


def test_it_may_call_its_own_model_in_one_piece_and_no_other(gate: Cloud) -> None:
    assert models(gate, JUDGE) == {"bedrock:InvokeModel": {READER, READER.removeprefix("us.")}}
    assert READER not in models(gate, INVOKE)["bedrock:InvokeModel"]


def test_it_keeps_its_answers_and_touches_nothing_else(gate: Cloud) -> None:
    services = {action.partition(":")[0] for each in gate.statements_of(JUDGE) for action in each.actions}

    assert services == {"logs", "dynamodb", "bedrock"}


def test_it_knows_its_model_the_limits_and_less_time_than_the_master(gate: Cloud) -> None:
    assert variables(gate, JUDGE) == {
        "DM_PROVIDER": "bedrock",
        "DM_JUDGE": "gate",
        "DM_JUDGE_MODEL": READER,
        "DM_TIMEOUT_SECONDS": "8",
        "DM_TURN_BUDGET_MICRO_DOLLARS": "20000",
    }


def test_the_master_knows_that_its_stories_are_judged_and_the_check_need_not(gate: Cloud) -> None:
    assert variables(gate, INVOKE)["DM_JUDGE"] == "gate"
    assert "DM_JUDGE_MODEL" not in variables(gate, INVOKE)
    assert variables(gate, CHECK) == {}


@pytest.mark.parametrize("judge", [{}, {"dm_judge": "off", "dm_judge_model": READER}])
def test_where_it_is_off_it_may_call_nobody(tmp_path: Path, judge: dict[str, str]) -> None:
    cloud = deploy(tmp_path, **judge)

    assert models(cloud, JUDGE) == {}
    assert not {"DM_JUDGE", "DM_JUDGE_MODEL"} & variables(cloud, JUDGE).keys()
    assert "DM_JUDGE" not in variables(cloud, INVOKE)
