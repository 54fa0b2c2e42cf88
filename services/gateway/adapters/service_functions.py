"""Functions of other services: which one takes which request, and how their errors are read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from contracts import errors
from contracts.campaign import (
    CreateCampaign,
    EraseCampaign,
    ForkCampaign,
    ListCampaigns,
    ListDice,
    ListStandings,
    ViewCampaign,
    VoidTurn,
)
from contracts.chronicle import EraseChronicle
from contracts.dm import ForgetReplies
from contracts.lore import DescribeWorld
from contracts.tools import ForgetOutcomes

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

Reply = TypeVar("Reply", bound=BaseModel)

FUNCTIONS: dict[type[BaseModel], tuple[str, str]] = {
    DescribeWorld: ("lore", "describe_world"),
    CreateCampaign: ("campaign", "create"),
    ForkCampaign: ("campaign", "fork"),
    ViewCampaign: ("campaign", "view"),
    ListCampaigns: ("campaign", "list_campaigns"),
    ListDice: ("campaign", "dice"),
    ListStandings: ("campaign", "list_standings"),
    VoidTurn: ("campaign", "void_turn"),
    EraseCampaign: ("campaign", "erase"),
    EraseChronicle: ("chronicle", "erase"),
    ForgetOutcomes: ("tools", "forget"),
    ForgetReplies: ("dm", "forget"),
}
"""By request: the service and its function. infra/constructs/service_calls.py reads this table from the source."""
_CRASHES = ("Runtime.", "Sandbox.", "Lambda.")


class FunctionFailed(Exception):
    """A function ended in an error that no contract names: a bug there."""


def name_variable(request: type[BaseModel]) -> str:
    """The environment variable that holds the name of the function: CREATE_CAMPAIGN_FUNCTION of CreateCampaign."""
    return f"{re.sub('(?<!^)(?=[A-Z])', '_', request.__name__).upper()}_FUNCTION"


class LambdaFunctions:
    """Implements the port ServiceFunctions. `names` holds names or ARNs by request.

    The world does not change while a deployment lives, so its description is asked for once.
    """

    def __init__(self, client: LambdaClient, names: Mapping[type[BaseModel], str]) -> None:
        self._client = client
        self._names = names
        self._world: bytes | None = None

    def call(self, request: BaseModel, reply: type[Reply]) -> Reply:
        if not isinstance(request, DescribeWorld):
            return reply.model_validate_json(self._invoke(request))
        if self._world is None:
            self._world = self._invoke(request)
        return reply.model_validate_json(self._world)

    def _invoke(self, request: BaseModel) -> bytes:
        function = self._names[type(request)]
        answer = self._client.invoke(FunctionName=function, Payload=request.model_dump_json().encode())
        payload = answer["Payload"].read()
        if answer.get("FunctionError"):
            raise _map_error(function, payload)
        return payload


def _map_error(function: str, payload: bytes) -> Exception:
    body = json.loads(payload or b"{}")
    name = str(body.get("errorType", "unknown"))
    kind = getattr(errors, name, None) if name in errors.__all__ else None
    if isinstance(kind, type) and issubclass(kind, errors.StageError):
        return kind(str(body.get("errorMessage", "")))
    if name.startswith(_CRASHES):
        return errors.Transient(f"{function} was lost: {name}")
    return FunctionFailed(f"{function}: {name}")
