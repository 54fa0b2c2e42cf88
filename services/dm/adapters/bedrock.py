"""A model on Bedrock, through the Converse API: exactly one call, and errors under the names the workflow knows.

A reply that can be told while it comes is asked for as a stream, and is the same reply in the end.

The SDK does not retry, the state machine does. Whatever speaks Bedrock will do: boto3 honours
AWS_ENDPOINT_URL_BEDROCK_RUNTIME by itself.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.eventstream import ParserError
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionError,
    EventStreamError,
    HTTPClientError,
    IncompleteReadError,
    ResponseStreamingError,
)
from botocore.parsers import ResponseParserError
from urllib3.exceptions import HTTPError

from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster, Usage
from contracts.errors import ModelRefused, ModelThrottled, ModelUnavailable, StageError
from services.dm.adapters.catalogue import catalogue
from services.dm.adapters.converse import arguments_for
from services.dm.adapters.converse_stream import Unfolding
from services.dm.adapters.deadline import DeadlinePassed, seconds_allowed, within
from services.dm.adapters.prices import priced
from services.dm.application.reply_stream import Telling
from services.dm.domain.prompt import compose
from services.dm.domain.replies import Used, assembled, tokens

if TYPE_CHECKING:
    from mypy_boto3_bedrock_runtime import BedrockRuntimeClient

_THROTTLED = {"ThrottlingException", "ServiceQuotaExceededException", "TooManyRequestsException"}
_UNAVAILABLE = {
    "InternalServerException",
    "ModelErrorException",
    "ModelNotReadyException",
    "ModelStreamErrorException",
    "ModelTimeoutException",
    "ServiceUnavailableException",
}
_FILTERED = {"content_filtered", "guardrail_intervened"}
_CUT = {"max_tokens", "model_context_window_exceeded"}


def answer(request: InvokeDungeonMaster, model: str, telling: Telling | None = None) -> DungeonMasterReplied:
    """One call to this model. Raises ModelThrottled, ModelUnavailable or ModelRefused."""
    prompt = compose(request, catalogue(), telling.opening if telling else None)
    asked = arguments_for(prompt, model, strict=os.environ.get("DM_STRICT_TOOLS") == "1")
    try:
        response = _streamed(asked, telling) if telling and telling.streams else _client().converse(**asked)
    except ClientError as error:
        raise _named(error) from None
    except (
        ConnectionError,
        DeadlinePassed,
        HTTPClientError,
        HTTPError,
        IncompleteReadError,
        ParserError,
        ResponseParserError,
        ResponseStreamingError,
    ) as error:
        raise ModelUnavailable(type(error).__name__) from None
    except BotoCoreError as error:
        raise ModelRefused(type(error).__name__) from None
    return _reply(request, response, model)


def _streamed(asked: dict[str, Any], telling: Telling) -> dict[str, Any]:
    unfolding = Unfolding()
    for event in within(seconds_allowed(), lambda: _client().converse_stream(**asked)["stream"]):
        if piece := unfolding.takes(dict(event)):
            telling.hears(piece)
    response = unfolding.response()
    if response is None:
        raise ModelUnavailable("the stream ended before the message")
    return response


@cache
def _client() -> BedrockRuntimeClient:
    once = Config(
        connect_timeout=min(3.0, seconds_allowed()), read_timeout=seconds_allowed(), retries={"total_max_attempts": 1}
    )
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
    """By its code, which begins small inside a stream; codes nobody has heard of go by the status. A stream that had
    begun and breaks for a reason the SDK cannot read has no code: what was asked for was not what was wrong."""
    code = error.response.get("Error", {}).get("Code", "")
    code = code[:1].upper() + code[1:]
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code in _UNAVAILABLE or (isinstance(error, EventStreamError) and not code):
        return ModelUnavailable(code)
    if code in _THROTTLED or status == 429:
        return ModelThrottled(code)
    return ModelUnavailable(f"{status} {code}") if status >= 500 or status == 408 else ModelRefused(code)
