"""Models that the game master may call: those it is deployed with, and no other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.infra.templates import Statement, synthesise_stacks

CLAUDE = "anthropic.claude-haiku-4-5-20251001-v1:0"
OURS = "arn:aws:bedrock:us-east-1:111122223333:"
ACTIONS = ("bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream")
CONDITION = "bedrock:InferenceProfileArn"


def list_allowed(directory: Path, model: str, **context: str) -> list[Statement]:
    """The statements about Bedrock in the synthesised template; cdk-nag has looked at it."""
    asked = {"target": "aws", "only": "dm", "nag": "true", "dm_provider": "bedrock", "dm_model": model, **context}
    statements = synthesise_stacks(directory, **asked).statements_of("dm/invoke_dungeon_master")
    return [each for each in statements if any(action.startswith("bedrock:") for action in each.actions)]


def arn(resource: Any) -> str:
    """An ARN as it stands in the template, its pseudo parameters by name."""
    if isinstance(resource, str):
        return resource
    [parts] = [joined[1] for joined in resource.values()]
    return "".join(part if isinstance(part, str) else f"<{part['Ref'].removeprefix('AWS::')}>" for part in parts)


def through(statements: list[Statement]) -> list[tuple[tuple[str, ...], str]]:
    """The ARNs of each statement, and the profile a call must come through."""
    found = []
    for each in statements:
        assert each.actions == ACTIONS
        profile = each.conditions.get("StringEquals", {}).get(CONDITION, "")
        assert set(each.conditions) == ({"StringEquals"} if profile else set())
        found.append((tuple(map(arn, each.resources)), arn(profile)))
    return found


def test_a_foundation_model_is_allowed_in_the_own_region_alone(tmp_path: Path) -> None:
    own = f"arn:<Partition>:bedrock:<Region>::foundation-model/{CLAUDE}"

    assert through(list_allowed(tmp_path, CLAUDE)) == [((own,), "")]


def test_the_arn_of_a_foundation_model_is_allowed_as_it_is(tmp_path: Path) -> None:
    model = f"arn:aws:bedrock:us-east-1::foundation-model/{CLAUDE}"

    assert through(list_allowed(tmp_path, model)) == [((model,), "")]


@pytest.mark.parametrize("geography", ["us", "eu", "apac", "us-gov", "global"])
def test_an_inference_profile_is_allowed_and_its_model_through_it_in_every_region(
    tmp_path: Path, geography: str
) -> None:
    profile = f"arn:<Partition>:bedrock:<Region>:<AccountId>:inference-profile/{geography}.{CLAUDE}"
    model = f"arn:<Partition>:bedrock:*::foundation-model/{CLAUDE}"

    assert through(list_allowed(tmp_path, f"{geography}.{CLAUDE}")) == [((profile,), ""), ((model,), profile)]


@pytest.mark.parametrize("geography", ["us", "eu", "apac", "global", "one-of-tomorrow"])
def test_the_arn_of_an_inference_profile_brings_its_model_too(tmp_path: Path, geography: str) -> None:
    profile = f"{OURS}inference-profile/{geography}.{CLAUDE}"
    model = f"arn:aws:bedrock:*::foundation-model/{CLAUDE}"

    assert through(list_allowed(tmp_path, profile)) == [((profile,), ""), ((model,), profile)]


def test_an_application_inference_profile_brings_whichever_model_it_leads_to_and_only_through_it(
    tmp_path: Path,
) -> None:
    profile = f"{OURS}application-inference-profile/a1b2c3d4e5f6"

    assert through(list_allowed(tmp_path, profile)) == [
        ((profile,), ""),
        (("arn:aws:bedrock:*::foundation-model/*",), profile),
    ]


def test_a_cheaper_model_to_fall_back_on_may_be_called_too(tmp_path: Path) -> None:
    found = through(list_allowed(tmp_path, f"us.{CLAUDE}", dm_cheap_model="amazon.nova-micro-v1:0"))

    assert sorted(arn.rpartition("/")[2] for arns, profile in found for arn in arns if not profile) == [
        "amazon.nova-micro-v1:0",
        f"us.{CLAUDE}",
    ]
    assert [arns for arns, profile in found if profile] == [(f"arn:<Partition>:bedrock:*::foundation-model/{CLAUDE}",)]


def test_two_profiles_each_lead_to_their_own_model_alone(tmp_path: Path) -> None:
    found = through(list_allowed(tmp_path, f"us.{CLAUDE}", dm_cheap_model="us.amazon.nova-micro-v1:0"))

    for arns, profile in found:
        if profile:
            assert [arn.rpartition("/")[2] for arn in arns] == [profile.rpartition("/us.")[2]]
    assert sum(bool(profile) for _, profile in found) == 2


def test_another_provider_is_allowed_nothing_of_bedrock(tmp_path: Path) -> None:
    assert list_allowed(tmp_path, "tiny", dm_provider="openai", openai_base_url="http://127.0.0.1:9/v1") == []
