"""Settings of a local cloud, read from the environment: its dungeon master, and whether players may break things."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from infra.errors import UserError
from infra.game_master import CONTENT_LEVELS, JUDGES, PROVIDERS, MasterChoice, choose_day_budget, require_usable
from infra.turn_limits import LONGEST, TurnLimits

FORMATS = ("tools", "json", "auto")
PROFILES = ("full", "small")


@dataclass(frozen=True)
class DungeonMaster:
    """The provider behind `InvokeDungeonMaster` and, where it needs them, its models, endpoint and spending limits
    (micro-dollars); the knowledge base that finds it lore; with `chaos`, players may have it broken on purpose; with
    `story_key`, manifests of stories are signed."""

    provider: str = "understudy"
    model: str = ""
    cheap_model: str = ""
    turn_budget: str = ""
    campaign_budget: str = ""
    day_budget: str = ""
    day_tokens: str = ""
    player_share: str = ""
    strict_tools: str = ""
    stream: str = ""
    guardrail: str = ""
    content_level: str = ""
    content_help: str = ""
    judge: str = ""
    judge_model: str = ""
    format: str = ""
    profile: str = ""
    timeout: str = ""
    bedrock_endpoint: str = ""
    openai_base_url: str = ""
    openai_api_key_parameter: str = ""
    knowledge_base: str = ""
    chaos: str = ""
    story_key: str = ""

    def context(self) -> dict[str, str]:
        """The CDK context keys that carry the choice into the stacks; unset ones are left out."""
        keys = {
            "dm_provider": self.provider,
            "dm_model": self.model,
            "dm_cheap_model": self.cheap_model,
            "dm_turn_budget": self.turn_budget,
            "dm_campaign_budget": self.campaign_budget,
            "dm_day_budget": self.day_budget,
            "dm_day_tokens": self.day_tokens,
            "dm_player_share": self.player_share,
            "dm_strict_tools": self.strict_tools,
            "dm_stream": self.stream,
            "dm_guardrail": self.guardrail,
            "content_level": self.content_level,
            "content_help": self.content_help,
            "dm_judge": self.judge,
            "dm_judge_model": self.judge_model,
            "dm_format": self.format,
            "dm_profile": self.profile,
            "dm_timeout": self.timeout,
            "bedrock_endpoint": self.bedrock_endpoint,
            "openai_base_url": self.openai_base_url,
            "openai_api_key_parameter": self.openai_api_key_parameter,
            "knowledge_base": self.knowledge_base,
            "chaos": self.chaos,
            "story_key": self.story_key,
        }
        return {key: value for key, value in keys.items() if value}


def dungeon_master_from(environment: Mapping[str, str] = os.environ) -> DungeonMaster:
    """The dungeon master NINELIVES_DM asks for. Raises UserError for a provider there is not, one without the model or
    address it needs, a second reader who could not judge, a limit that is no number, or one that could not be
    counted."""
    provider = environment.get("NINELIVES_DM") or "understudy"
    if provider not in PROVIDERS:
        raise UserError(f"NINELIVES_DM is {provider!r}: use one of {', '.join(PROVIDERS)}.")
    asked = DungeonMaster(
        provider=provider,
        model=environment.get("NINELIVES_DM_MODEL", ""),
        cheap_model=environment.get("NINELIVES_DM_CHEAP_MODEL", ""),
        turn_budget=_limit("NINELIVES_DM_TURN_BUDGET", environment),
        campaign_budget=_limit("NINELIVES_DM_CAMPAIGN_BUDGET", environment),
        day_budget=_limit("NINELIVES_DM_DAY_BUDGET", environment),
        day_tokens=_limit("NINELIVES_DM_DAY_TOKENS", environment, "tokens"),
        player_share=_limit("NINELIVES_DM_PLAYER_SHARE", environment, "percent"),
        strict_tools="1" if environment.get("NINELIVES_DM_STRICT_TOOLS") == "1" else "",
        stream="0" if environment.get("NINELIVES_DM_STREAM") == "0" else "",
        guardrail=environment.get("NINELIVES_DM_GUARDRAIL", ""),
        content_level=_choice("NINELIVES_CONTENT_LEVEL", CONTENT_LEVELS, environment),
        content_help=environment.get("NINELIVES_CONTENT_HELP", ""),
        judge=environment.get("NINELIVES_DM_JUDGE", ""),
        judge_model=environment.get("NINELIVES_DM_JUDGE_MODEL", ""),
        format=_choice("NINELIVES_DM_FORMAT", FORMATS, environment),
        profile=_choice("NINELIVES_DM_PROFILE", PROFILES, environment),
        timeout=_timeout(environment),
        bedrock_endpoint=environment.get("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", ""),
        openai_base_url=environment.get("OPENAI_BASE_URL", ""),
        openai_api_key_parameter=environment.get("OPENAI_API_KEY_PARAMETER", ""),
        knowledge_base=environment.get("NINELIVES_KNOWLEDGE_BASE", ""),
        chaos="1" if environment.get("NINELIVES_CHAOS") == "1" else "",
        story_key=_choice("NINELIVES_STORY_KEY", ("0", "1"), environment),
    )
    limited = bool(int(asked.turn_budget or 0) or int(asked.campaign_budget or 0))
    choice = MasterChoice(
        provider,
        asked.model,
        asked.cheap_model,
        limited,
        asked.openai_base_url,
        asked.judge or JUDGES[0],
        asked.judge_model,
        asked.openai_api_key_parameter,
        asked.guardrail,
    )
    require_usable(choice)
    share = int(asked.player_share) if asked.player_share else None
    choose_day_budget(choice, int(asked.day_budget or 0), int(asked.day_tokens or 0), share, usual=False)
    return asked


def _choice(name: str, choices: tuple[str, ...], environment: Mapping[str, str]) -> str:
    value = environment.get(name, "")
    if value and value not in choices:
        raise UserError(f"{name} is {value!r}: use one of {', '.join(choices)}.")
    return value


def _timeout(environment: Mapping[str, str]) -> str:
    value = environment.get("NINELIVES_DM_TIMEOUT", "")
    if value and not (value.isascii() and value.isdigit()):
        raise UserError(f"NINELIVES_DM_TIMEOUT is {value!r}: use whole seconds, 1 to {LONGEST}.")
    if value:
        TurnLimits(int(value))
    return value


def _limit(name: str, environment: Mapping[str, str], of_what: str = "micro-dollars (1000000 is one dollar)") -> str:
    value = environment.get(name, "")
    if value and not (value.isascii() and value.isdigit()):
        raise UserError(f"{name} is {value!r}: use whole {of_what}, 0 for no limit.")
    return value
