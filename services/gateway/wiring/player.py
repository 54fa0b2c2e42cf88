"""Dependencies of the function `api`. Cached per container; reads the environment on the first call."""

from __future__ import annotations

import os
import time
from functools import cache
from typing import TYPE_CHECKING

from contracts.state import CONTENT_LEVELS, USUAL_CONTENT, ContentLevel
from services.gateway.adapters.begun_erasures import DynamoBegunErasures
from services.gateway.adapters.exports import DynamoExports, ExportWorker
from services.gateway.adapters.feed import DynamoFeed
from services.gateway.adapters.purses import DynamoPurses
from services.gateway.adapters.reports import DynamoReports
from services.gateway.adapters.story_key import KmsStoryKey
from services.gateway.adapters.tickets import DynamoTickets
from services.gateway.adapters.workflow import CONNECT_SECONDS, StepFunctions
from services.gateway.application.ports import ExportDependencies, PlayerDependencies, StoryKey
from services.gateway.domain.blocklist import Blocklist, own_blocklist, parse_blocklist
from services.gateway.domain.purses import Share
from services.gateway.wiring.archives import archives
from services.gateway.wiring.clients import dynamodb, now, table, warn
from services.gateway.wiring.functions import service_functions
from services.gateway.wiring.limits import rate_limiter
from services.gateway.wiring.sending import telling
from services.gateway.wiring.turns import turn_repository
from services.gateway.wiring.websocket import socket_url
from stagekit.clients import client

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_stepfunctions import SFNClient


@cache
def player_dependencies() -> PlayerDependencies:
    share = _player_share()
    return PlayerDependencies(
        turns=turn_repository(DynamoPurses(table()) if share else None),
        workflow=StepFunctions(_workflow_client, os.environ.get("STATE_MACHINE_ARN", "")),
        services=service_functions(),
        now=now,
        pause=time.sleep,
        notice=warn,
        max_wait=int(os.environ.get("MAX_WAIT_SECONDS", "20")),
        feed=DynamoFeed(dynamodb(), table(), time.sleep),
        tell=telling(),
        tickets=DynamoTickets(dynamodb(), table(), socket_url()),
        erasures=DynamoBegunErasures(dynamodb(), table()),
        reports=DynamoReports(dynamodb(), table()),
        exports=ExportDependencies(
            register=DynamoExports(dynamodb(), table()),
            begin=ExportWorker(_lambda, os.environ.get("EXPORT_FUNCTION", "")).begin,
            link=archives().link,
        ),
        limiter=rate_limiter(),
        chaos=os.environ.get("CHAOS") == "1",
        share=share,
        content_levels=_content_levels(os.environ.get("CONTENT_LEVEL") or USUAL_CONTENT),
        blocked_names=_blocked_names(os.environ.get("BLOCKED_NAMES", "")),
        story_key=_story_key(os.environ.get("STORY_KEY_ARN", "")),
    )


def _player_share() -> Share | None:
    """The share of a day's money that one player may have; None: all of it."""
    share = Share(*(int(os.environ.get(name) or 0) for name in ("DAY_SHARE_MICRO_DOLLARS", "DAY_SHARE_TOKENS")))
    return share if share.micro_dollars or share.tokens else None


def _content_levels(loosest: str) -> tuple[ContentLevel, ...]:
    """The levels up to this one, strictest first."""
    return CONTENT_LEVELS[: CONTENT_LEVELS.index(loosest) + 1]


def _blocked_names(words: str) -> Blocklist:
    """These words, separated by commas, in the place of the game's own."""
    return parse_blocklist(words.split(",")) if words else own_blocklist()


def _story_key(arn: str) -> StoryKey | None:
    return KmsStoryKey(client("kms"), arn) if arn else None


@cache
def _lambda() -> LambdaClient:
    return client("lambda")


@cache
def _workflow_client(seconds: int) -> SFNClient:
    """A client that reads for this long and sends once: a second StartSyncExecution would be a second run."""
    return client("stepfunctions", connect=CONNECT_SECONDS, read=seconds, tries=1)
