"""Composition root of dm: reads the environment on first use, makes clients once, hands them to the use case.

Imports are paid for by whoever needs them: the understudy loads no SDK, and validation loads no game master.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import contracts
from contracts.errors import ModelRefused
from contracts.state import CONTENT_LEVELS, USUAL_CONTENT, ContentLevel
from services.dm.domain.catalogue import Catalogue, parse

if TYPE_CHECKING:
    from mypy_boto3_bedrock_runtime import BedrockRuntimeClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_sqs import SQSClient

    from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster
    from services.dm.application.answer import ConfiguredGameMaster
    from services.dm.application.judge import ConfiguredJudge
    from services.dm.application.ports import Model
    from services.dm.application.reply_stream import ReplyStream
    from services.dm.application.settings import GameMasterSettings


@cache
def catalogue() -> Catalogue:
    """The published catalogue of intents, from the contract that ships with every service."""
    return parse((Path(contracts.__file__).parent / "catalogue.json").read_text(encoding="utf-8"))


@cache
def game_master() -> ConfiguredGameMaster:
    """The game master of this deployment."""
    return build_game_master(read_settings(os.environ))


@cache
def judge() -> ConfiguredJudge:
    """The second reader of this deployment."""
    return build_judge(read_settings(os.environ))


def read_settings(environment: Mapping[str, str]) -> GameMasterSettings:
    """Settings from the environment; README lists the variables. Raises KeyError for a way of judging there is not."""
    from contracts.dm import JudgeMode
    from services.dm.application.settings import UNDERSTUDY, Format, GameMasterSettings, Profile
    from services.dm.domain.budget_policy import SpendingLimits

    modes: dict[str, JudgeMode] = {"off": "off", "shadow": "shadow", "gate": "gate"}
    return GameMasterSettings(
        provider=environment.get("DM_PROVIDER", UNDERSTUDY),
        model=environment.get("DM_MODEL", ""),
        cheap_model=environment.get("DM_CHEAP_MODEL", ""),
        limits=SpendingLimits(
            turn=int(environment.get("DM_TURN_BUDGET_MICRO_DOLLARS") or 0),
            campaign=int(environment.get("DM_CAMPAIGN_BUDGET_MICRO_DOLLARS") or 0),
        ),
        timeout_seconds=float(environment.get("DM_TIMEOUT_SECONDS", "20")),
        strict_tools=environment.get("DM_STRICT_TOOLS") == "1",
        streams=environment.get("DM_STREAM") != "0",
        narration_queue_url=environment.get("NARRATION_QUEUE_URL", ""),
        stages_table=environment.get("STAGES_TABLE", ""),
        judge=modes[environment.get("DM_JUDGE") or "off"],
        judge_model=environment.get("DM_JUDGE_MODEL", ""),
        content=content_level(environment),
        help=environment.get("CONTENT_HELP", ""),
        guardrail=environment.get("DM_GUARDRAIL", ""),
        format=_choice("DM_FORMAT", get_args(Format), environment),
        profile=_choice("DM_PROFILE", get_args(Profile), environment),
        openai_base_url=environment.get("OPENAI_BASE_URL", ""),
        openai_api_key=environment.get("OPENAI_API_KEY", ""),
        openai_api_key_parameter=environment.get("OPENAI_API_KEY_PARAMETER", ""),
    )


def content_level(environment: Mapping[str, str]) -> ContentLevel:
    """The loosest level of content here: CONTENT_LEVEL, or the usual one."""
    named = environment.get("CONTENT_LEVEL", "")
    return next((level for level in CONTENT_LEVELS if level == named), USUAL_CONTENT)


def loosest_content() -> ContentLevel:
    """The loosest level of content of this deployment."""
    return content_level(os.environ)


def _choice(name: str, choices: tuple[Any, ...], environment: Mapping[str, str]) -> Any:
    """One of these; the first where nothing is said. Raises ModelRefused for another."""
    chosen = environment.get(name) or choices[0]
    if chosen not in choices:
        raise ModelRefused(f"{name} must be {', '.join(choices)}")
    return chosen


def build_game_master(settings: GameMasterSettings) -> ConfiguredGameMaster:
    """A game master with these settings. Its clients are made when they are first needed, and once."""
    from services.dm.application.answer import ConfiguredGameMaster
    from services.dm.domain.safety.rules import find_concern

    return ConfiguredGameMaster(
        settings=settings,
        catalogue=catalogue(),
        understudy=_understudy,
        open_model=cache(partial(open_model, settings)),
        open_stream=partial(_open_stream, settings, cache(_dynamodb), cache(_sqs)),
        is_priced=_is_priced,
        safety=partial(find_concern, side="typed"),
    )


def build_judge(settings: GameMasterSettings) -> ConfiguredJudge:
    """A second reader with these settings."""
    from services.dm.application.judge import ConfiguredJudge

    unguarded = replace(settings, guardrail="")  # it answers in verdicts, which no player reads
    return ConfiguredJudge(settings, cache(partial(open_model, unguarded)), _is_priced)


def open_model(settings: GameMasterSettings) -> Model:
    """The configured provider. Raises ModelRefused when there is none of that name, and what reading a key raises."""
    if settings.provider == "bedrock":
        from services.dm.adapters.bedrock import Bedrock
        from services.dm.adapters.guardrail import parse_guardrail

        seconds, guardrail = settings.timeout_seconds, parse_guardrail(settings.guardrail)
        return Bedrock(bedrock_client(seconds), seconds=seconds, strict=settings.strict_tools, guardrail=guardrail)
    if settings.provider == "openai":
        from services.dm.adapters.openai import MAX_TOKENS, SMALL_TOKENS, OpenAi

        return OpenAi(
            settings.openai_base_url,
            settings.openai_api_key or _read_key(settings.openai_api_key_parameter),
            seconds=settings.timeout_seconds,
            format=settings.format,
            max_tokens=SMALL_TOKENS if settings.profile == "small" else MAX_TOKENS,
        )
    raise ModelRefused("DM_PROVIDER must be understudy, bedrock or openai")


def _read_key(parameter: str) -> str:
    if not parameter:
        return ""
    from services.dm.adapters.endpoint_key import read_key
    from stagekit.clients import client

    return read_key(client("ssm", connect=1, read=2), parameter)


def _understudy(request: InvokeDungeonMaster, *, told: int = 0) -> DungeonMasterReplied:
    from services.dm.domain.understudy.master import reply

    return reply(request, told=told)


def _is_priced(model: str) -> bool:
    from services.dm.adapters.prices import find_price

    return find_price(model) is not None


def _open_stream(
    settings: GameMasterSettings,
    dynamodb: Callable[[], DynamoDBClient],
    sqs: Callable[[], SQSClient],
    request: InvokeDungeonMaster,
) -> ReplyStream | None:
    """For a turn of a deployment that can tell, and that somebody looks on; None elsewhere. Raises what the table
    raises when what was told cannot be read: nothing may be told then."""
    turn_id = request.envelope.turn_id
    if not turn_id or not settings.narration_queue_url or request.envelope.quiet:
        return None
    from services.dm.adapters.narration_queue import SqsNarrationQueue
    from services.dm.adapters.stream_log import DynamoStreamLog
    from services.dm.application.reply_stream import ReplyStream

    log = DynamoStreamLog(dynamodb(), settings.stages_table, turn_id)
    send = SqsNarrationQueue(sqs(), settings.narration_queue_url).send
    return ReplyStream(request, log, send, lambda: clock(), settings.judge)


def clock() -> float:
    """Seconds that only grow."""
    return time.monotonic()


def bedrock_client(seconds: float) -> BedrockRuntimeClient:
    """A client that waits this long for each byte and never tries again: the workflow does."""
    from stagekit.clients import client

    return client("bedrock-runtime", connect=min(3.0, seconds), read=seconds, tries=1)


def _dynamodb() -> DynamoDBClient:
    from stagekit.clients import client

    return client("dynamodb", connect=1, read=2)


def _sqs() -> SQSClient:
    from stagekit.clients import client

    return client("sqs", connect=1, read=1, tries=1)
