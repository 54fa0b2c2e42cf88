"""The pool's entry of a player, read with this function's own permission: it signs nobody in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from services.gateway.domain.sessions import PlayerEntry

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient


class CognitoDirectory:
    """Implements the port PlayerDirectory."""

    def __init__(self, client: CognitoIdentityProviderClient, pool: str) -> None:
        self._client = client
        self._pool = pool

    def find(self, username: str) -> PlayerEntry | None:
        try:
            found = self._client.admin_get_user(UserPoolId=self._pool, Username=username)
        except ClientError as error:
            if error.response["Error"]["Code"] != "UserNotFoundException":
                raise
            return None
        known = {each["Name"]: each.get("Value") for each in found.get("UserAttributes", [])}
        return PlayerEntry(known.get("email"), known.get("email_verified") == "true", found["UserCreateDate"])
