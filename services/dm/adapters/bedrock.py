"""A model on Bedrock, through the Converse API: exactly one call, and errors under the names the workflow knows.

The SDK does not retry, the state machine does. Whatever speaks Bedrock will do: boto3 honours
AWS_ENDPOINT_URL_BEDROCK_RUNTIME by itself.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionError,
    HTTPClientError,
    IncompleteReadError,
    ResponseStreamingError,
)
from botocore.parsers import ResponseParserError

from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster, Usage
from contracts.errors import ModelRefused, ModelThrottled, ModelUnavailable, StageError
from services.dm.adapters.catalogue import catalogue
from services.dm.adapters.converse import arguments_for
from services.dm.adapters.prices import priced
from services.dm.domain.prompt import compose
from services.dm.domain.replies import Used, assembled, tokens

if TYPE_CHECKING:
    from mypy_boto3_bedrock_runtime import BedrockRuntimeClient

_THROTTLED = {"ThrottlingException", "ServiceQuotaExceededException", "TooManyRequestsException"}
_UNAVAILABLE = {
    "InternalServerException",
    "ModelErrorException",
    "ModelNotReadyException",
    "ModelTimeoutException",
    "ServiceUnavailableException",
}
_FILTERED = {"content_filtered", "guardrail_intervened"}
_CUT = {"max_tokens", "model_context_window_exceeded"}


def answer(request: InvokeDungeonMaster, model: str) -> DungeonMasterReplied:
    """One Converse call to this model. Raises ModelThrottled, ModelUnavailable or ModelRefused."""
    asked = arguments_for(compose(request, catalogue()), model, strict=os.environ.get("DM_STRICT_TOOLS") == "1")
    try:
        return _reply(request, _client().converse(**asked), model)
    except ClientError as error:
        raise _named(error) from None
    except (
        ConnectionError,
        HTTPClientError,
        IncompleteReadError,
        ResponseParserError,
        ResponseStreamingError,
    ) as error:
        raise ModelUnavailable(type(error).__name__) from None
    except BotoCoreError as error:
        raise ModelRefused(type(error).__name__) from None


@cache
def _client() -> BedrockRuntimeClient:
    seconds = float(os.environ.get("DM_TIMEOUT_SECONDS", "20"))
    once = Config(connect_timeout=min(3.0, seconds), read_timeout=seconds, retries={"total_max_attempts": 1})
    return boto3.client("bedrock-runtime", config=once)


def _reply(request: InvokeDungeonMaster, response: Any, model: str) -> DungeonMasterReplied:
    """Read a response as it came: its shape is the service's promise, and no more than that."""
    stop = response.get("stopReason")
    if stop in _FILTERED:
        raise ModelRefused(str(stop))
    message = (response.get("output") or {}).get("message") or {}
    blocks = [block for block in message.get("content") or () if isinstance(block, dict)]
    uses = (Used(block["toolUse"].get("name"), block["toolUse"].get("input")) for block in blocks if "toolUse" in block)
    texts = (block["text"] for block in blocks if isinstance(block.get("text"), str))
    return assembled(request, texts, uses, cut=stop in _CUT, usage=_usage(response.get("usage") or {}, model))


def _usage(reported: dict[str, Any], model: str) -> Usage:
    return priced(
        Usage(
            model=model[:200],
            calls=1,
            input_tokens=tokens(reported.get("inputTokens")),
            output_tokens=tokens(reported.get("outputTokens")),
            cache_read_tokens=tokens(reported.get("cacheReadInputTokens")),
            cache_write_tokens=tokens(reported.get("cacheWriteInputTokens")),
        )
    )


def _named(error: ClientError) -> StageError:
    """By its code; codes nobody has heard of go by the status."""
    code = error.response.get("Error", {}).get("Code", "")
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code in _UNAVAILABLE:
        return ModelUnavailable(code)
    if code in _THROTTLED or status == 429:
        return ModelThrottled(code)
    return ModelUnavailable(f"{status} {code}") if status >= 500 or status == 408 else ModelRefused(code)
