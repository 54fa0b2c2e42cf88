"""AWS clients with time limits: none waits or retries for longer than its caller says.

They are botocore's own: what boto3 adds (resources, transfers) no service uses, and every cold start would pay for it.
In a function a call costs the SDK a third less than by its defaults:

* What is sent is held against AWS's description of it in tests, and not again for a player.
* Who calls is named by a fixed text; the SDK puts together eight parts of one for every call, twice.
* The garbage collector looks at what calls leave behind once in a few calls, and never at what was imported.
* A request leaves in one write and not in two (`whole_requests`).
* Addresses by account id, compressed requests and checksums that AWS does not ask for are not weighed up.
"""

from __future__ import annotations

import gc
import os
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypedDict, overload

from botocore.config import Config
from botocore.session import Session, get_session

from stagekit.whole_requests import send_whole_requests

if TYPE_CHECKING:
    from typing import Unpack

    from mypy_boto3_bedrock_runtime import BedrockRuntimeClient
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_stepfunctions import SFNClient


AGENT = "ninelives"
DEPLOYED = "AWS_LAMBDA_FUNCTION_NAME"
"""A variable that Lambda sets, and nobody else."""
COLLECTED_AFTER = 20_000
"""New objects between two rounds of the garbage collector in a function. By default 700, which a call makes."""


class TimeLimits(TypedDict, total=False):
    """Seconds to connect (2) and to wait for a reply (3), and how many times to send (2): 1 never sends again."""

    connect: float
    read: float
    tries: int
    endpoint_url: str | None
    signature: str | None


@overload
def client(service: Literal["bedrock-runtime"], **limits: Unpack[TimeLimits]) -> BedrockRuntimeClient: ...
@overload
def client(service: Literal["cognito-idp"], **limits: Unpack[TimeLimits]) -> CognitoIdentityProviderClient: ...
@overload
def client(service: Literal["dynamodb"], **limits: Unpack[TimeLimits]) -> DynamoDBClient: ...
@overload
def client(service: Literal["events"], **limits: Unpack[TimeLimits]) -> EventBridgeClient: ...
@overload
def client(service: Literal["lambda"], **limits: Unpack[TimeLimits]) -> LambdaClient: ...
@overload
def client(service: Literal["sqs"], **limits: Unpack[TimeLimits]) -> SQSClient: ...
@overload
def client(service: Literal["stepfunctions"], **limits: Unpack[TimeLimits]) -> SFNClient: ...
@overload
def client(service: str, **limits: Unpack[TimeLimits]) -> Any: ...
def client(
    service: str,
    *,
    connect: float = 2,
    read: float = 3,
    tries: int = 2,
    endpoint_url: str | None = None,
    signature: str | None = None,
) -> Any:
    """A new client of an AWS service. Its maker keeps it: one per container, so that connections stay open.

    `signature` is how it signs where that is not the service's own choice: links to S3 need `s3v4`.
    """
    limits = Config(
        connect_timeout=connect,
        read_timeout=read,
        retries={"total_max_attempts": tries, "mode": "standard"},
        signature_version=signature,
        parameter_validation=DEPLOYED not in os.environ,
        user_agent=AGENT,
        account_id_endpoint_mode="disabled",
        disable_request_compression=True,
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    return session().create_client(service, endpoint_url=endpoint_url, config=limits)


@cache
def session() -> Session:
    """One for all clients: credentials are looked up and descriptions of services read once."""
    if DEPLOYED in os.environ:
        gc.freeze()
        gc.set_threshold(COLLECTED_AFTER)
        send_whole_requests()
    return get_session()
