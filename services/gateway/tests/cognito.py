"""A user pool in memory: the four calls the reception makes, answered and refused as Cognito does."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from itertools import count
from typing import Any

from botocore.exceptions import ClientError

LIFE = 900


class Cognito:
    """Messages of its errors repeat what was sent, so that a test sees who tells them on."""

    def __init__(self) -> None:
        self.users: dict[str, dict[str, Any]] = {}
        self.sessions: dict[str, str] = {}
        self.numbers = count(1)
        self.breaks: str | None = None
        self.mail_fails = False

    def admin_create_user(self, UserPoolId: str, Username: str, MessageAction: str) -> Any:
        self._well(Username)
        assert MessageAction == "SUPPRESS"
        self.users[Username] = {"sub": f"sub-{next(self.numbers)}", "password": None, "email": None}
        return {}

    def admin_set_user_password(self, UserPoolId: str, Username: str, Password: str, Permanent: bool) -> Any:
        self._well(Password)
        assert Permanent
        if Password.strip() != Password:
            raise refused("InvalidParameterException", f"'{Password}' failed to satisfy constraint")
        kinds = {"uppercase": str.isupper, "lowercase": str.islower, "numeric": str.isdigit}
        for kind, is_one in kinds.items():
            if not any(is_one(sign) for sign in Password):
                raise refused("InvalidPasswordException", f"Password did not conform with policy: {kind} ({Password})")
        self._user(Username)["password"] = Password
        return {}

    def admin_update_user_attributes(self, UserPoolId: str, Username: str, UserAttributes: list[Any]) -> Any:
        assert [each["Name"] for each in UserAttributes] == ["email"], "nothing may call an e-mail verified"
        self._well(UserAttributes[0]["Value"])
        self._user(Username)["email"] = UserAttributes[0]["Value"]
        if self.mail_fails:
            raise refused("CodeDeliveryFailureException", UserAttributes[0]["Value"])
        return {}

    def admin_initiate_auth(
        self, UserPoolId: str, ClientId: str, AuthFlow: str, AuthParameters: Mapping[str, str]
    ) -> Any:
        self._well(str(dict(AuthParameters)))
        if AuthFlow == "REFRESH_TOKEN_AUTH":
            token = AuthParameters["REFRESH_TOKEN"]
            if token not in self.sessions:
                raise refused("NotAuthorizedException", f"Refresh Token has expired: {token}")
            return self._signed_in(self.sessions[token])
        name, password = AuthParameters["USERNAME"], AuthParameters["PASSWORD"]
        if not password or not name:
            raise refused("InvalidParameterException", "Missing required parameter")
        if name not in self.users or self.users[name]["password"] != password:
            raise refused("NotAuthorizedException", f"Incorrect username or password: {name} {password}")
        refresh = f"refresh-{next(self.numbers)}"
        self.sessions[refresh] = name
        return self._signed_in(name, RefreshToken=refresh)

    def _signed_in(self, name: str, **more: str) -> Any:
        given = {"AccessToken": token(self.users[name]["sub"], name, next(self.numbers)), "ExpiresIn": LIFE, **more}
        return {"AuthenticationResult": given}

    def _user(self, name: str) -> dict[str, Any]:
        if name not in self.users:
            raise refused("UserNotFoundException", f"{name} does not exist")
        return self.users[name]

    def _well(self, what: str) -> None:
        if self.breaks:
            raise refused(self.breaks, f"trouble with {what}")


def token(sub: str, username: str, number: int = 0) -> str:
    """An access token as far as anybody behind the authorizer looks into it."""
    claims = json.dumps({"sub": sub, "username": username, "jti": number}).encode()
    return f"head.{base64.urlsafe_b64encode(claims).decode().rstrip('=')}.signature"


def refused(code: str, message: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": message}}, "Admin")
