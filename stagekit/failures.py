"""Exceptions mapped to the error names that workflows retry on, and described without what they say."""

from __future__ import annotations

from traceback import extract_tb
from typing import Any

from botocore.exceptions import ClientError, ConnectionError, HTTPClientError
from pydantic import ValidationError

from contracts.errors import InvalidRequest, Retryable, StageError, Transient

_PASSING_CODES = {
    "InternalServerError",
    "LimitExceededException",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "ServiceUnavailable",
    "ThrottlingException",
    "TooManyRequestsException",
    "TransactionConflictException",
    "TransactionInProgressException",
}


def map_error(error: Exception) -> Exception:
    """The error a workflow should see: ours as it is, a passing one of AWS as Transient, the rest unchanged."""
    if isinstance(error, StageError):
        return error
    if isinstance(error, ValidationError):
        return InvalidRequest(summary(error))
    if isinstance(error, ClientError) and _is_passing_aws(error):
        return Transient(error.response["Error"]["Code"])
    if isinstance(error, (ConnectionError, HTTPClientError)):
        return Transient(type(error).__name__)
    return error


def is_passing(error: Exception) -> bool:
    """Whether the same request may succeed later."""
    return isinstance(map_error(error), Retryable)


def error_location(error: BaseException) -> dict[str, Any]:
    """The types of an error and its causes and the innermost stack frames, for a log. Never what an error says:
    that may be a player's words."""
    chain = [error]
    while (cause := chain[-1].__cause__ or chain[-1].__context__) is not None and cause not in chain:
        chain.append(cause)
    frames = extract_tb(error.__traceback__)[-8:]
    return {
        "error": " < ".join(_kind(each) for each in chain),
        "at": [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames],
    }


def _kind(error: BaseException) -> str:
    code = error.response["Error"].get("Code", "") if isinstance(error, ClientError) else ""
    return f"{type(error).__name__}({code})" if code and code != type(error).__name__ else type(error).__name__


def _is_passing_aws(error: ClientError) -> bool:
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return status >= 500 or error.response["Error"]["Code"] in _PASSING_CODES


def summary(error: ValidationError) -> str:
    """The fields in which a message breaks its contract and how, without their values: they may be a player's words."""
    problems = error.errors(include_input=False, include_url=False, include_context=False)
    fields = [f"{'.'.join(str(part) for part in p['loc'])}: {p['type']}" for p in problems[:10]]
    return f"{error.title} does not fit: " + "; ".join(fields)
