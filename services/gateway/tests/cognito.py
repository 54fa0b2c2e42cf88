"""A user pool in memory: the calls the reception makes, answered and refused as Cognito does, and its mail."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any

from botocore.exceptions import ClientError

LIFE = 900


class Cognito:
    """Messages of its errors repeat what was sent, so that a test sees who tells them on.

    `mails` holds what went out, as (e-mail, code); `given` whose an access token is; `ended` when a session ended with
    all of its player's, by its refresh token.
    """

    def __init__(self) -> None:
        self.users: dict[str, dict[str, Any]] = {}
        self.sessions: dict[str, str] = {}
        self.ended: dict[str, datetime] = {}
        self.given: dict[str, str] = {}
        self.mails: list[tuple[str, str]] = []
        self.numbers = count(1)
        self.now: Callable[[], datetime] = lambda: datetime(2026, 11, 1, tzinfo=UTC)
        self.breaks: str | None = None
        self.mail_fails = False

    def add_known(self, name: str, sub: str, *access: str) -> None:
        """A player, with these access tokens."""
        self.users[name] = {"sub": sub, "password": None, "email": None, "verified": False, "codes": {}}
        self.given |= dict.fromkeys(access, name)

    def admin_create_user(self, UserPoolId: str, Username: str, MessageAction: str) -> Any:
        self._well(Username)
        assert MessageAction == "SUPPRESS"
        if Username in self.users:
            raise refusal("UsernameExistsException", f"{Username} exists")
        self.add_known(Username, f"sub-{next(self.numbers)}")
        return {}

    def admin_get_user(self, UserPoolId: str, Username: str) -> Any:
        self._well(Username)
        user = self._user(Username)
        known = {"sub": user["sub"], "email": user["email"], "email_verified": str(user["verified"]).lower()}
        attributes = [{"Name": name, "Value": value} for name, value in known.items() if value]
        return {"Username": Username, "UserAttributes": attributes, "UserCreateDate": datetime(2026, 11, 1, tzinfo=UTC)}

    def admin_set_user_password(self, UserPoolId: str, Username: str, Password: str, Permanent: bool) -> Any:
        self._well(Password)
        assert Permanent
        _check(Password)
        self._user(Username)["password"] = Password
        return {}

    def admin_update_user_attributes(self, UserPoolId: str, Username: str, UserAttributes: list[Any]) -> Any:
        assert [each["Name"] for each in UserAttributes] == ["email"], "nothing may call an e-mail verified"
        self._well(UserAttributes[0]["Value"])
        self._user(Username).update(email=UserAttributes[0]["Value"], verified=False)
        self._send(self._user(Username), "verify")
        return {}

    def admin_delete_user(self, UserPoolId: str, Username: str) -> Any:
        self._well(Username)
        self._user(Username)
        del self.users[Username]
        self._end_sessions(Username)
        return {}

    def list_users(self, UserPoolId: str, Filter: str = "", Limit: int = 60, PaginationToken: str = "0") -> Any:
        """Pages of all, or by `sub = "…"`."""
        found = [name for name, user in self.users.items() if Filter in ("", f'sub = "{user["sub"]}"')]
        end = int(PaginationToken) + Limit
        users = [self._entry(name) for name in found[int(PaginationToken) : end]]
        return {"Users": users, **({"PaginationToken": str(end)} if end < len(found) else {})}

    def _entry(self, name: str) -> Any:
        shown = self.admin_get_user("pool", name)
        return {key: shown[key] for key in ("Username", "UserCreateDate")} | {"Attributes": shown["UserAttributes"]}

    def admin_user_global_sign_out(self, UserPoolId: str, Username: str) -> Any:
        self._well(Username)
        self._user(Username)
        self._end_sessions(Username)
        return {}

    def admin_initiate_auth(
        self, UserPoolId: str, ClientId: str, AuthFlow: str, AuthParameters: Mapping[str, str]
    ) -> Any:
        self._well(str(dict(AuthParameters)))
        if AuthFlow == "REFRESH_TOKEN_AUTH":
            token = AuthParameters["REFRESH_TOKEN"]
            if token not in self.sessions:
                raise refusal("NotAuthorizedException", f"Refresh Token has expired: {token}")
            return self._signed_in(self.sessions[token], token)
        name, password = AuthParameters["USERNAME"], AuthParameters["PASSWORD"]
        if not password or not name:
            raise refusal("InvalidParameterException", "Missing required parameter")
        if name not in self.users or self.users[name]["password"] != password:
            raise refusal("NotAuthorizedException", f"Incorrect username or password: {name} {password}")
        refresh = f"refresh-{next(self.numbers)}"
        self.sessions[refresh] = name
        return self._signed_in(name, refresh, RefreshToken=refresh)

    def revoke_token(self, Token: str, ClientId: str) -> Any:
        self._well(Token)
        if Token in self.given:
            raise refusal("UnsupportedTokenTypeException", f"not a refresh token: {Token}")
        self.sessions.pop(Token, None)
        return {}

    def get_user(self, AccessToken: str) -> Any:
        user = self._bearer(AccessToken)
        known = {"sub": user["sub"], "email": user["email"], "email_verified": str(user["verified"]).lower()}
        return {"UserAttributes": [{"Name": name, "Value": value} for name, value in known.items() if value]}

    def get_user_attribute_verification_code(self, AccessToken: str, AttributeName: str) -> Any:
        user = self._bearer(AccessToken)
        if user["verified"]:
            raise refusal("InvalidParameterException", f"{user['email']} is verified")
        self._send(user, "verify")
        return {}

    def verify_user_attribute(self, AccessToken: str, AttributeName: str, Code: str) -> Any:
        user = self._bearer(AccessToken)
        self._right(user, "verify", Code)
        if any(other["verified"] and other["email"] == user["email"] for other in self.users.values()):
            raise refusal("AliasExistsException", f"{user['email']} exists")
        user["verified"] = True
        return {}

    def forgot_password(self, ClientId: str, Username: str) -> Any:
        """Of a name that is not there it tells nothing: the client says so (PreventUserExistenceErrors)."""
        self._well(Username)
        if Username in self.users:
            if not self.users[Username]["verified"]:
                raise refusal("InvalidParameterException", f"no registered/verified email: {Username}")
            self._send(self.users[Username], "recover")
        return {}

    def confirm_forgot_password(self, ClientId: str, Username: str, ConfirmationCode: str, Password: str) -> Any:
        self._well(Password)
        if Username not in self.users:
            raise refusal("CodeMismatchException", f"{ConfirmationCode} of {Username}")
        _check(Password)
        self._right(self.users[Username], "recover", ConfirmationCode)
        self.users[Username]["password"] = Password
        return {}

    def _signed_in(self, name: str, refresh: str, **more: str) -> Any:
        issued = int(self.now().timestamp())
        access = token(self.users[name]["sub"], name, next(self.numbers), session_of(refresh), issued)
        self.given[access] = name
        return {"AuthenticationResult": {"AccessToken": access, "ExpiresIn": LIFE, **more}}

    def _end_sessions(self, name: str) -> None:
        over = [token for token, holder in self.sessions.items() if holder == name]
        self.ended |= {token: self.now() for token in over}
        self.sessions = {token: holder for token, holder in self.sessions.items() if token not in over}

    def _send(self, user: dict[str, Any], purpose: str) -> None:
        if self.mail_fails:
            raise refusal("CodeDeliveryFailureException", user["email"])
        user["codes"][purpose] = f"{next(self.numbers):06}"
        self.mails.append((user["email"], user["codes"][purpose]))

    def _right(self, user: dict[str, Any], purpose: str, code: str) -> None:
        if purpose not in user["codes"]:
            raise refusal("ExpiredCodeException", f"request a code again, not {code}")
        if user["codes"][purpose] != code:
            raise refusal("CodeMismatchException", f"not {code}")
        del user["codes"][purpose]

    def _bearer(self, access: str) -> dict[str, Any]:
        self._well(access)
        if access not in self.given:
            raise refusal("NotAuthorizedException", f"Invalid Access Token {access}")
        return self._user(self.given[access])

    def _user(self, name: str) -> dict[str, Any]:
        if name not in self.users:
            raise refusal("UserNotFoundException", f"{name} does not exist")
        return self.users[name]

    def _well(self, what: str) -> None:
        if self.breaks:
            raise refusal(self.breaks, f"trouble with {what}")


def _check(password: str) -> None:
    if password.strip() != password:
        raise refusal("InvalidParameterException", f"'{password}' failed to satisfy constraint")
    kinds = {"uppercase": str.isupper, "lowercase": str.islower, "numeric": str.isdigit}
    for kind, is_one in kinds.items():
        if not any(is_one(sign) for sign in password):
            raise refusal("InvalidPasswordException", f"Password did not conform with policy: {kind} ({password})")


def session_of(refresh: str) -> str:
    """The id that all tokens of a session have in common."""
    return f"session-of-{refresh}"


def token(sub: str, username: str, number: int = 0, session: str = "", issued: int = 0) -> str:
    """An access token as far as anybody behind the authorizer looks into it."""
    known = {"sub": sub, "username": username, "jti": number, "origin_jti": session, "iat": issued}
    claims = json.dumps(known).encode()
    return f"head.{base64.urlsafe_b64encode(claims).decode().rstrip('=')}.signature"


def refusal(code: str, message: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": message}}, "Admin")
