"""Exceptions mapped to the error names that workflows retry on, and described without what they say.

Errors of AWS are known by the SDK where it is loaded. A function that does without it can meet none, and is spared it.
"""

from __future__ import annotations

import sys
from traceback import extract_tb
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from contracts.errors import InvalidRequest, Retryable, StageError, Transient

if TYPE_CHECKING:
    from botocore.exceptions import ClientError

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
    if (refused := _refused_by_aws(error)) and _is_passing_aws(refused):
        return Transient(refused.response["Error"]["Code"])
    return Transient(type(error).__name__) if _is_unreachable_aws(error) else error


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
    refused = _refused_by_aws(error)
    code = refused.response["Error"].get("Code", "") if refused else ""
    return f"{type(error).__name__}({code})" if code and code != type(error).__name__ else type(error).__name__


def _refused_by_aws(error: BaseException) -> ClientError | None:
    known = sys.modules.get("botocore.exceptions")
    return error if known and isinstance(error, known.ClientError) else None


def _is_unreachable_aws(error: BaseException) -> bool:
    known = sys.modules.get("botocore.exceptions")
    return bool(known and isinstance(error, (known.ConnectionError, known.HTTPClientError)))


def _is_passing_aws(error: ClientError) -> bool:
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return status >= 500 or error.response["Error"]["Code"] in _PASSING_CODES


def summary(error: ValidationError) -> str:
    """The fields in which a message breaks its contract and how, without their values: they may be a player's words."""
    problems = error.errors(include_input=False, include_url=False, include_context=False)
    fields = [f"{'.'.join(str(part) for part in p['loc'])}: {p['type']}" for p in problems[:10]]
    return f"{error.title} does not fit: " + "; ".join(fields)
