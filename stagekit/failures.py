"""From what went wrong below us to the names a workflow retries on."""

from __future__ import annotations

from botocore.exceptions import ClientError, ConnectionError, HTTPClientError
from pydantic import ValidationError

from contracts.errors import InvalidRequest, StageError, Transient

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


def _passes(error: ClientError) -> bool:
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return status >= 500 or error.response["Error"]["Code"] in _PASSING


def summary(error: ValidationError) -> str:
    """Where a message breaks its contract and how, without the offending values: they may be a player's words."""
    problems = error.errors(include_input=False, include_url=False, include_context=False)
    told = [f"{'.'.join(str(part) for part in p['loc'])}: {p['type']}" for p in problems[:10]]
    return f"{error.title} does not fit: " + "; ".join(told)
