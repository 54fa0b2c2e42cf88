"""Game masters that can be deployed: those that could not answer, or not be counted, are refused in one line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.constructs.deployment import Deployment
from infra.errors import UserError
from infra.game_master import is_priced
from infra.local.settings import dungeon_master_from
from services.dm.adapters.prices import find_price
from tests.infra.templates import synthesise_stacks

SONNET = "us.anthropic.claude-sonnet-4-6"
NOVA = "amazon.nova-micro-v1:0"
KEY = "/ninelives/prod/model-key"
URL = "http://127.0.0.1:11434/v1"
CONTEXT = {
    "NINELIVES_DM": "dm_provider",
    "NINELIVES_DM_MODEL": "dm_model",
    "NINELIVES_DM_CHEAP_MODEL": "dm_cheap_model",
    "NINELIVES_DM_TURN_BUDGET": "dm_turn_budget",
    "NINELIVES_DM_CAMPAIGN_BUDGET": "dm_campaign_budget",
    "OPENAI_BASE_URL": "openai_base_url",
    "NINELIVES_DM_JUDGE": "dm_judge",
    "NINELIVES_DM_JUDGE_MODEL": "dm_judge_model",
    "OPENAI_API_KEY_PARAMETER": "openai_api_key_parameter",
}


def ask(
    provider: str,
    model: str = "",
    cheap: str = "",
    turn: str = "",
    campaign: str = "",
    url: str = "",
    judge: str = "",
    reader: str = "",
    key: str = "",
) -> Any:
    return dict(zip(CONTEXT, (provider, model, cheap, turn, campaign, url, judge, reader, key), strict=True))


UNUSABLE = {
    "bedrock without a model": (ask("bedrock"), "no model is named.*NINELIVES_DM_MODEL.*dm_model"),
    "openai without a model": (ask("openai", url=URL), "no model is named.*NINELIVES_DM_MODEL"),
    "openai without an address": (ask("openai", "tiny"), "OPENAI_BASE_URL.*openai_base_url"),
    "a turn's limit and no price": (ask("bedrock", "meta.llama4", turn="20000"), "meta.llama4 has no list price"),
    "a campaign's limit and no price": (ask("openai", "tiny", campaign="5", url=URL), "tiny has no list price"),
    "a cheap model without a price": (
        ask("bedrock", SONNET, "meta.llama4", "20000"),
        "meta.llama4 has no list price",
    ),
    "an opaque profile": (
        ask("bedrock", "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/a1", turn="1"),
        "application-inference-profile/a1 has no list price",
    ),
    "a second reader nobody names": (
        ask("bedrock", SONNET, judge="gate"),
        "no second reader is named.*NINELIVES_DM_JUDGE_MODEL.*dm_judge_model",
    ),
    "a second reader of the understudy": (
        ask("understudy", judge="shadow", reader=NOVA),
        "NINELIVES_DM_JUDGE.*understudy.*NINELIVES_DM .*judge off",
    ),
    "a second reader of the understudy without a model": (ask("understudy", judge="gate"), "understudy"),
    "a way of judging there is not": (
        ask("bedrock", SONNET, judge="on", reader=NOVA),
        "NINELIVES_DM_JUDGE.*'on'.*off, shadow, gate",
    ),
    "a second reader without a price": (
        ask("bedrock", SONNET, turn="20000", judge="gate", reader="meta.llama4"),
        "meta.llama4 has no list price",
    ),
    "a key and nobody who takes one": (
        ask("bedrock", SONNET, key=KEY),
        "OPENAI_API_KEY_PARAMETER.*openai_api_key_parameter.*bedrock, which takes no key",
    ),
    "a key that everybody on the way could read": (
        ask("openai", "tiny", url="http://models.example.org/v1", key=KEY),
        "in the clear: use https",
    ),
    "a key itself, where its name belongs": (
        ask("openai", "tiny", url="https://models.example.org/v1", key="sk-123"),
        "name a parameter of Parameter Store",
    ),
}
USABLE = {
    "the understudy": ask("understudy"),
    "the understudy, to whom limits mean nothing": ask("understudy", cheap="kitten", turn="20000"),
    "a model of any price without a limit": ask("bedrock", "meta.llama4", turn="0"),
    "a listed model with a limit": ask("bedrock", SONNET, "amazon.nova-micro-v1:0", "20000", "5000000"),
    "a model at an address": ask("openai", "tiny", url=URL),
    "a second reader": ask("bedrock", SONNET, turn="20000", judge="gate", reader=NOVA),
    "a second reader at an address": ask("openai", "tiny", url=URL, judge="shadow", reader="tinier"),
    "a model at an address that wants a key": ask("openai", "tiny", url="https://models.example.org/v1", key=KEY),
    "a key for this machine": ask("openai", "tiny", url=URL, key=KEY),
    "no second reader, whatever its name": ask("understudy", judge="off", reader=NOVA),
}


@pytest.mark.parametrize(("environment", "says"), UNUSABLE.values(), ids=UNUSABLE)
def test_one_of_which_nothing_would_come_is_refused_by_the_commands_and_by_synthesis(
    environment: dict[str, str], says: str
) -> None:
    for target in ("local", "aws"):
        with pytest.raises(UserError, match=says) as refused:
            Deployment.from_context(_context(environment, target), {})
        assert "\n" not in str(refused.value)
    with pytest.raises(UserError, match=says):
        dungeon_master_from(environment)


@pytest.mark.parametrize("environment", USABLE.values(), ids=USABLE)
def test_one_that_can_answer_and_be_counted_is_taken(environment: dict[str, str]) -> None:
    assert dungeon_master_from(environment).provider == environment["NINELIVES_DM"]
    assert Deployment.from_context(_context(environment, "aws"), {}).dm_provider == environment["NINELIVES_DM"]


def test_nothing_is_synthesised_for_a_limit_that_could_not_be_counted(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no list price"):
        synthesise_stacks(tmp_path, **_context(ask("bedrock", "meta.llama4", turn="1"), "aws"))
    assert not (tmp_path / "out" / "manifest.json").exists()


@given(st.text(max_size=30), st.sampled_from(("", "claude-sonnet-4", "nova-pro", "claude-haiku-4-5", "claude-haiku-4")))
def test_a_deployment_knows_a_price_exactly_when_the_service_does(text: str, name: str) -> None:
    for model in (text, f"us.anthropic.{name}{text}", f"{text}{name}"):
        assert is_priced(model) is (find_price(model) is not None)


def _context(environment: dict[str, str], target: str) -> dict[str, str]:
    return {"target": target, **{CONTEXT[name]: value for name, value in environment.items() if value}}
