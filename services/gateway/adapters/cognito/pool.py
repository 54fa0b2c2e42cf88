"""Players in a Cognito user pool, reached with this function's own permissions: no password or token is ever logged.

Only what Cognito answers by name is told on. Its messages stay here: they may repeat what was sent.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from services.gateway.adapters.cognito import error_codes
from services.gateway.domain.sessions import (
    CodeRefused,
    EmailTaken,
    PasswordRefused,
    SessionOver,
    SessionTokens,
    SignInRefused,
)

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

_FILLER = "aA1!"  # one of each kind that the pool's policy asks for


class CognitoPool:
    """Implements the port UserPool with admin calls on one user pool and its one client."""

    def __init__(
        self,
        client: CognitoIdentityProviderClient,
        pool: str,
        app: str,
        notice: Callable[[str], None],
        asking_once: CognitoIdentityProviderClient | None = None,
    ) -> None:
        """`asking_once` is a client that repeats nothing: a guest's first password must not come after another one."""
        self._client = client
        self._asking_once = asking_once or client
        self._pool = pool
        self._app = app
        self._notice = notice

    def enter_guest(self) -> SessionTokens:
        name, password = f"guest-{secrets.token_hex(16)}", secrets.token_urlsafe(32) + _FILLER
        try:
            self._client.admin_create_user(UserPoolId=self._pool, Username=name, MessageAction="SUPPRESS")
        except ClientError as error:
            if _code(error) != "UsernameExistsException":  # the SDK asked twice: nobody else finds this name
                raise
        self._asking_once.admin_set_user_password(
            UserPoolId=self._pool, Username=name, Password=password, Permanent=True
        )
        return self.sign_in(name, password)

    def sign_in(self, username: str, password: str) -> SessionTokens:
        try:
            return self._tokens("ADMIN_USER_PASSWORD_AUTH", {"USERNAME": username, "PASSWORD": password})
        except ClientError as error:
            _raise_if(error, error_codes.SHUT, SignInRefused())
            raise

    def renew(self, refresh: str) -> SessionTokens:
        try:
            return self._tokens("REFRESH_TOKEN_AUTH", {"REFRESH_TOKEN": refresh})
        except ClientError as error:
            _raise_if(error, error_codes.SHUT | error_codes.VOID, SessionOver())
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
            _raise_if(error, error_codes.TOO_WEAK | {"InvalidParameterException"}, PasswordRefused())
            raise

    def revoke(self, refresh: str) -> None:
        try:
            self._client.revoke_token(Token=refresh, ClientId=self._app)
        except ClientError as error:
            if _code(error) not in error_codes.VOID:
                raise

    def delete(self, username: str) -> None:
        try:
            self._client.admin_delete_user(UserPoolId=self._pool, Username=username)
        except ClientError as error:
            if _code(error) != "UserNotFoundException":
                raise

    def email(self, access: str) -> str | None:
        return self._attributes(access).get("email")

    def verified_email(self, access: str) -> str | None:
        told = self._attributes(access)
        return told.get("email") if told.get("email_verified") == "true" else None

    def _attributes(self, access: str) -> dict[str, str | None]:
        try:
            told = self._client.get_user(AccessToken=access)["UserAttributes"]
        except ClientError as error:
            _raise_if(error, error_codes.NO_BEARER, SessionOver())
            raise
        return {each["Name"]: each.get("Value") for each in told}

    def set_email(self, username: str, email: str) -> None:
        attributes: Any = [{"Name": "email", "Value": email}]
        try:
            self._client.admin_update_user_attributes(
                UserPoolId=self._pool, Username=username, UserAttributes=attributes
            )
        except ClientError as error:
            _raise_if(error, {"UserNotFoundException"}, SessionOver())
            self._notice_undelivered(error)

    def send_code(self, access: str) -> None:
        try:
            self._client.get_user_attribute_verification_code(AccessToken=access, AttributeName="email")
        except ClientError as error:
            _raise_if(error, error_codes.NO_BEARER, SessionOver())
            self._notice_undelivered(error, error_codes.NOTHING_TO_SEND)

    def verify(self, access: str, code: str) -> None:
        try:
            self._client.verify_user_attribute(AccessToken=access, AttributeName="email", Code=code)
        except ClientError as error:
            _raise_if(error, error_codes.NO_BEARER, SessionOver())
            _raise_if(error, {"AliasExistsException"}, EmailTaken())
            _raise_if(error, error_codes.NOT_THE_CODE, CodeRefused())
            raise

    def send_reset_code(self, username: str) -> None:
        try:
            self._client.forgot_password(ClientId=self._app, Username=username)
        except ClientError as error:
            if _code(error) not in error_codes.NOT_RECOVERABLE:
                self._notice_undelivered(error)

    def reset_password(self, username: str, code: str, password: str) -> None:
        try:
            self._client.confirm_forgot_password(
                ClientId=self._app, Username=username, ConfirmationCode=code, Password=password
            )
        except ClientError as error:
            _raise_if(error, error_codes.TOO_WEAK, PasswordRefused())
            _raise_if(error, error_codes.NOT_THE_CODE | error_codes.NOT_RECOVERABLE, CodeRefused())
            raise

    def end_sessions(self, username: str) -> None:
        try:
            self._client.admin_user_global_sign_out(UserPoolId=self._pool, Username=username)
        except ClientError:
            self._notice("the sessions before a password was reset were not ended")

    def _notice_undelivered(self, error: ClientError, also: frozenset[str] = frozenset()) -> None:
        """Note a failure of mail, which is no fault of the request's. Raises any other error."""
        if _code(error) not in {"CodeDeliveryFailureException", *also}:
            raise error
        self._notice("a code was not sent by mail")

    def _tokens(self, flow: Any, parameters: Mapping[str, str]) -> SessionTokens:
        answer = self._client.admin_initiate_auth(
            UserPoolId=self._pool, ClientId=self._app, AuthFlow=flow, AuthParameters=parameters
        )
        given = answer.get("AuthenticationResult")
        if given is None:  # a challenge, which no player of ours can have set up
            raise SignInRefused
        access, claims = given["AccessToken"], _claims(given["AccessToken"])
        session, username = (str(claims.get(name, "")) for name in ("origin_jti", "username"))
        player, life, refresh = str(claims["sub"]), given["ExpiresIn"], given.get("RefreshToken")
        return SessionTokens(player, access, life, refresh, session, username)


def _raise_if(error: ClientError, codes: AbstractSet[str], instead: Exception) -> None:
    """Raise `instead` for these codes. What Cognito locked after too many attempts is refused like a wrong password."""
    if _code(error) in codes:
        raise instead from None


def _code(error: ClientError) -> str:
    return error.response["Error"]["Code"]


def _claims(token: str) -> dict[str, Any]:
    """The claims of an access token. It comes straight from the pool: its signature is for others to check."""
    payload = token.split(".")[1]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return claims
