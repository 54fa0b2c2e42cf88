"""Bedrock: a model through the Converse API: exactly one call, and errors under the names the workflow knows.

A reply that can be told while it comes is asked for as a stream, and is the same reply in the end.

The SDK does not retry, the state machine does. Whatever speaks Bedrock will do: boto3 honours
AWS_ENDPOINT_URL_BEDROCK_RUNTIME by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

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

from contracts.dm import Usage
from contracts.errors import ModelRefused, ModelThrottled, ModelUnavailable, StageError
from services.dm.adapters.converse import arguments_for
from services.dm.adapters.converse_stream import ConverseAssembler
from services.dm.adapters.deadline import DeadlinePassed, read_within
from services.dm.adapters.guardrail import Guardrail, declined_input, guardrail_cost
from services.dm.adapters.prices import price_usage
from services.dm.domain.narration.speech import Piece
from services.dm.domain.prompt import Prompt
from services.dm.domain.replies import Completion, ToolUse, read_count
from services.dm.domain.safety.declining import ActionDeclined

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


class Bedrock:
    """Bedrock's runtime, whatever its region. `seconds`: one deadline for a whole stream. `guardrail`: judges what is
    typed and answered, where there is one."""

    def __init__(
        self, client: BedrockRuntimeClient, *, seconds: float, strict: bool, guardrail: Guardrail | None = None
    ) -> None:
        self._client = client
        self._seconds = seconds
        self._strict = strict
        self._guardrail = guardrail

    def complete(self, prompt: Prompt, model: str, hear: Callable[[Piece], None] | None = None) -> Completion:
        """One call to this model. Raises ModelThrottled, ModelUnavailable, ModelRefused or ActionDeclined."""
        asked = arguments_for(prompt, model, strict=self._strict, guarded=self._guardrail is not None)
        if self._guardrail:
            asked["guardrailConfig"] = self._guardrail.config(streams=hear is not None)
        try:
            response = self._stream(asked, hear) if hear else self._client.converse(**asked)
        except ClientError as error:
            raise _map_error(error) from None
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
        return _read(response, model)

    def _stream(self, asked: dict[str, Any], hear: Callable[[Piece], None]) -> dict[str, Any]:
        assembler = ConverseAssembler()
        for event in read_within(self._seconds, lambda: self._client.converse_stream(**asked)["stream"]):
            if piece := assembler.add(dict(event)):
                hear(piece)
        response = assembler.response()
        if response is None:
            raise ModelUnavailable("the stream ended before the message")
        return response


def _read(response: Any, model: str) -> Completion:
    """Read a response as it came: its shape is the service's promise, and no more than that."""
    stop = response.get("stopReason")
    if stop is None and not response.get("output"):
        raise ModelUnavailable("no reply at all")
    if category := declined_input(response):
        raise ActionDeclined(category, _usage(response, model))
    if stop in _FILTERED:
        raise ModelRefused(str(stop))
    message = (response.get("output") or {}).get("message") or {}
    blocks = [block for block in message.get("content") or () if isinstance(block, dict)]
    uses = [block["toolUse"] for block in blocks if "toolUse" in block]
    return Completion(
        texts=tuple(block["text"] for block in blocks if isinstance(block.get("text"), str)),
        uses=tuple(ToolUse(use.get("name"), use.get("input")) for use in uses),
        cut=stop in _CUT,
        usage=_usage(response, model),
    )


def _usage(response: dict[str, Any], model: str) -> Usage:
    reported = response.get("usage") or {}
    usage = price_usage(
        Usage(
            model=model[:200],
            calls=1,
            input_tokens=read_count(reported.get("inputTokens")),
            output_tokens=read_count(reported.get("outputTokens")),
            cache_read_tokens=read_count(reported.get("cacheReadInputTokens")),
            cache_write_tokens=read_count(reported.get("cacheWriteInputTokens")),
        )
    )
    return usage.model_copy(update={"micro_dollars": usage.micro_dollars + guardrail_cost(response)})


def _map_error(error: ClientError) -> StageError:
    """The error by its code, which begins with a small letter inside a stream; unknown codes go by the status. A stream
    that had begun and breaks for a reason the SDK cannot read has no code: the request was not at fault."""
    code = error.response.get("Error", {}).get("Code", "")
    code = code[:1].upper() + code[1:]
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code in _UNAVAILABLE or (isinstance(error, EventStreamError) and not code):
        return ModelUnavailable(code)
    if code in _THROTTLED or status == 429:
        return ModelThrottled(code)
    return ModelUnavailable(f"{status} {code}") if status >= 500 or status == 408 else ModelRefused(code)
