"""Calling functions of other services, and reading their errors as the contracts name them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from contracts import errors
from contracts.campaign import (
    CampaignCreated,
    CampaignListed,
    CampaignViewed,
    CreateCampaign,
    DiceListed,
    ForkCampaign,
    ListCampaigns,
    ListDice,
    ListStandings,
    StandingsListed,
    TurnVoided,
    ViewCampaign,
    VoidTurn,
)
from contracts.lore import DescribeWorld, WorldDescribed

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

Reply = TypeVar("Reply", bound=BaseModel)
_CRASHES = ("Runtime.", "Sandbox.", "Lambda.")


class FunctionFailed(Exception):
    """A function ended in an error that no contract names: a bug there."""


@dataclass(frozen=True)
class Functions:
    """Names or ARNs of the functions that are called."""

    describe_world: str
    create_campaign: str
    fork_campaign: str
    view_campaign: str
    list_campaigns: str
    list_dice: str
    list_standings: str
    void_turn: str


class LambdaStages:
    """Implements the domain's Stages. The world does not change while a deployment lives, so it is asked once."""

    def __init__(self, client: LambdaClient, functions: Functions) -> None:
        self._client = client
        self._functions = functions
        self._world: WorldDescribed | None = None

    def describe_world(self) -> WorldDescribed:
        if self._world is None:
            self._world = self._ask(self._functions.describe_world, DescribeWorld(), WorldDescribed)
        return self._world

    def create_campaign(self, request: CreateCampaign) -> CampaignCreated:
        return self._ask(self._functions.create_campaign, request, CampaignCreated)

    def fork_campaign(self, request: ForkCampaign) -> CampaignCreated:
        return self._ask(self._functions.fork_campaign, request, CampaignCreated)

    def view_campaign(self, request: ViewCampaign) -> CampaignViewed:
        return self._ask(self._functions.view_campaign, request, CampaignViewed)

    def list_campaigns(self, request: ListCampaigns) -> CampaignListed:
        return self._ask(self._functions.list_campaigns, request, CampaignListed)

    def list_dice(self, request: ListDice) -> DiceListed:
        return self._ask(self._functions.list_dice, request, DiceListed)

    def list_standings(self, request: ListStandings) -> StandingsListed:
        return self._ask(self._functions.list_standings, request, StandingsListed)

    def void_turn(self, request: VoidTurn) -> TurnVoided:
        return self._ask(self._functions.void_turn, request, TurnVoided)

    def _ask(self, function: str, request: BaseModel, reply: type[Reply]) -> Reply:
        answer = self._client.invoke(FunctionName=function, Payload=request.model_dump_json().encode())
        payload = answer["Payload"].read()
        if answer.get("FunctionError"):
            raise _named(function, payload)
        return reply.model_validate_json(payload)


def _named(function: str, payload: bytes) -> Exception:
    body = json.loads(payload or b"{}")
    name = str(body.get("errorType", "unknown"))
    kind = getattr(errors, name, None) if name in errors.__all__ else None
    if isinstance(kind, type) and issubclass(kind, errors.StageError):
        return kind(str(body.get("errorMessage", "")))
    if name.startswith(_CRASHES):
        return errors.Transient(f"{function} was lost: {name}")
    return FunctionFailed(f"{function}: {name}")
