"""Players in a Cognito user pool, reached with this function's own permissions: no password or token is ever logged.

Only what Cognito answers by name is told on. Its messages stay here: they may repeat what was sent.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from services.gateway.domain.accounts_ports import PasswordTooWeak, SessionOver, SignInRefused, Tokens

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

_SHUT = {
    "InvalidParameterException",
    "NotAuthorizedException",
    "PasswordResetRequiredException",
    "UserNotConfirmedException",
    "UserNotFoundException",
}
_RULES = {
    "long": "needs 12 characters at least",
    "length": "needs 12 characters at least",
    "uppercase": "needs a capital letter",
    "lowercase": "needs a small letter",
    "numeric": "needs a digit",
    "symbol": "needs a sign that is neither letter nor digit",
}
"""Words of Cognito's refusals, and what they mean; it names the rules that it checked first."""
_FILLER = "aA1!"  # one of each kind that the pool's policy asks for


class CognitoPool:
    """Implements the domain's Pool with admin calls on one user pool and its one client."""

    def __init__(
        self, client: CognitoIdentityProviderClient, pool: str, app: str, notice: Callable[[str], None]
    ) -> None:
        self._client = client
        self._pool = pool
        self._app = app
        self._notice = notice

    def enter_guest(self) -> Tokens:
        name, password = f"guest-{secrets.token_hex(16)}", secrets.token_urlsafe(32) + _FILLER
        self._client.admin_create_user(UserPoolId=self._pool, Username=name, MessageAction="SUPPRESS")
        self._client.admin_set_user_password(UserPoolId=self._pool, Username=name, Password=password, Permanent=True)
        return self.sign_in(name, password)

    def sign_in(self, username: str, password: str) -> Tokens:
        try:
            return self._tokens("ADMIN_USER_PASSWORD_AUTH", {"USERNAME": username, "PASSWORD": password})
        except ClientError as error:
            _raise_if(error, _SHUT, SignInRefused())
            raise

    def renew(self, refresh: str) -> Tokens:
        try:
            return self._tokens("REFRESH_TOKEN_AUTH", {"REFRESH_TOKEN": refresh})
        except ClientError as error:
            _raise_if(error, _SHUT, SessionOver())
            raise
        except SignInRefused:
            raise SessionOver from None

    def set_password(self, username: str, password: str) -> None:
        try:
            self._client.admin_set_user_password(
                UserPoolId=self._pool, Username=username, Password=password, Permanent=True
            )
        except ClientError as error:
            _raise_if(error, {"UserNotFoundException"}, SessionOver())
            weak = PasswordTooWeak(_rules(error.response["Error"].get("Message", "")))
            _raise_if(error, {"InvalidPasswordException", "InvalidParameterException"}, weak)
            raise

    def set_email(self, username: str, email: str) -> None:
        attributes: Any = [{"Name": "email", "Value": email}]
        try:
            self._client.admin_update_user_attributes(
                UserPoolId=self._pool, Username=username, UserAttributes=attributes
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "CodeDeliveryFailureException":
                raise
            self._notice("the code that verifies an e-mail was not sent")

    def _tokens(self, flow: Any, parameters: Mapping[str, str]) -> Tokens:
        answer = self._client.admin_initiate_auth(
            UserPoolId=self._pool, ClientId=self._app, AuthFlow=flow, AuthParameters=parameters
        )
        given = answer.get("AuthenticationResult")
        if given is None:  # a challenge, which no player of ours can have set up
            raise SignInRefused
        access = given["AccessToken"]
        return Tokens(_subject(access), access, given["ExpiresIn"], given.get("RefreshToken"))


def _raise_if(error: ClientError, codes: set[str], instead: Exception) -> None:
    """Raise `instead` for these codes. What Cognito locked after too many attempts is refused like a wrong password."""
    if error.response["Error"]["Code"] in codes:
        raise instead from None


def _rules(message: str) -> tuple[str, ...]:
    broken = dict.fromkeys(rule for word, rule in _RULES.items() if word in message.lower())
    return tuple(broken) or ("does not meet the rules: 12 characters with capital, small, digit and sign",)


def _subject(token: str) -> str:
    """Who an access token is for. It comes straight from the pool: its signature is for others to check."""
    payload = token.split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return str(claims["sub"])
