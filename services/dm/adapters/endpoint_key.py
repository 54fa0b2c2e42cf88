"""The key of an OpenAI-compatible endpoint: a SecureString of Parameter Store, which no template and no log has.

A standard parameter and AWS's own key for it cost nothing at rest, and the latter lets whoever may read the parameter.
docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html
"""

from __future__ import annotations

from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from contracts.errors import ModelRefused, ModelUnavailable

NOT_THERE = {"AccessDeniedException", "InvalidKeyId", "ParameterNotFound", "ValidationException"}


def read_key(ssm: Any, parameter: str) -> str:
    """The key under this name. Raises ModelRefused when there is none that may be read, else ModelUnavailable."""
    try:
        found = ssm.get_parameter(Name=parameter, WithDecryption=True)
    except ClientError as error:
        code = error.response["Error"]["Code"]
        raise (ModelRefused if code in NOT_THERE else ModelUnavailable)(f"the endpoint's key: {code}") from None
    except BotoCoreError as error:
        raise ModelUnavailable(f"the endpoint's key: {type(error).__name__}") from None
    return str(found["Parameter"]["Value"])
