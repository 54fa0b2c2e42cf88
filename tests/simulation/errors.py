"""Errors of AWS as botocore raises them."""

from __future__ import annotations

from functools import cache
from typing import Any

from botocore.exceptions import ClientError

SERVER_ERRORS = {
    "InternalServerError",
    "InternalFailure",
    "ServiceException",
    "InternalServerException",
    "InternalServerErrorException",
    "InternalErrorException",
    "InternalError",
}
THROTTLES = {
    "ThrottlingException",
    "ProvisionedThroughputExceededException",
    "TooManyRequestsException",
    "RequestThrottled",
    "SlowDown",
    "LimitExceededException",
}
RETRIED = SERVER_ERRORS | THROTTLES
"""The error codes that botocore's mode `standard` tries again.
docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html"""


@cache
def kind_of(code: str) -> type[ClientError]:
    """The class of this error: `client.exceptions.<code>`."""
    return type(code, (ClientError,), {})


def client_error(code: str, operation: str, **more: Any) -> ClientError:
    status = 500 if code in SERVER_ERRORS else 400
    response: Any = {
        "Error": {"Code": code, "Message": "simulated"},
        "ResponseMetadata": {"HTTPStatusCode": status},
        **more,
    }
    return kind_of(code)(response, operation)


class Exceptions:
    """`client.exceptions`: a class for every code."""

    def __getattr__(self, code: str) -> type[ClientError]:
        return kind_of(code)
