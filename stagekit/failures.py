"""From what went wrong below us to the names a workflow retries on."""

from __future__ import annotations

from traceback import extract_tb
from typing import Any

from botocore.exceptions import ClientError, ConnectionError, HTTPClientError
from pydantic import ValidationError

from contracts.errors import InvalidRequest, Retryable, StageError, Transient

_PASSING = {
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


def named(error: Exception) -> Exception:
    """The error the workflow should see: ours as it is, a passing one of AWS as Transient, the rest unchanged."""
    if isinstance(error, StageError):
        return error
    if isinstance(error, ValidationError):
        return InvalidRequest(summary(error))
    if isinstance(error, ClientError) and _passes(error):
        return Transient(error.response["Error"]["Code"])
    if isinstance(error, (ConnectionError, HTTPClientError)):
        return Transient(type(error).__name__)
    return error


def passing(error: Exception) -> bool:
    """Whether asking again later may help."""
    return isinstance(named(error), Retryable)


def whereabouts(error: BaseException) -> dict[str, Any]:
    """What went wrong and where, innermost last, for a log: never what an error says, which may be a player's words."""
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


def _passes(error: ClientError) -> bool:
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return status >= 500 or error.response["Error"]["Code"] in _PASSING


def summary(error: ValidationError) -> str:
    """Where a message breaks its contract and how, without the offending values: they may be a player's words."""
    problems = error.errors(include_input=False, include_url=False, include_context=False)
    told = [f"{'.'.join(str(part) for part in p['loc'])}: {p['type']}" for p in problems[:10]]
    return f"{error.title} does not fit: " + "; ".join(told)
