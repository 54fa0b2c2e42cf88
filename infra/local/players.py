"""Players of the local user pool: made on first use, with a random password kept for their owner only."""

from __future__ import annotations

import json
import os
import re
import secrets
import tempfile
import threading
from typing import Any

from infra.errors import UserError
from infra.local.aws import Aws
from infra.local.home import Home

_KEEPING = threading.Lock()
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


def token(home: Home, stack: dict[str, Any], name: str) -> str:
    """A fresh JWT (a quarter of an hour's validity) of the player `name`, whom this creates if there is none."""
    if not NAME.fullmatch(name):
        raise UserError(f"{name!r} cannot be a player's name: use letters, digits, dot, dash, underscore.")
    pool, client = stack.get("user_pool_id"), stack.get("user_pool_client_id")
    if not pool or not client:
        raise UserError("The deployed stacks have no user pool: run `make up` again.")
    cognito = Aws(home).client("cognito-idp")
    key = f"{pool}/{name}"
    password = _passwords(home).get(key)
    if password is None or not _exists(cognito, pool, name):
        password = _create(cognito, pool, name)
        _keep(home, key, password)
    reply = cognito.admin_initiate_auth(
        UserPoolId=pool,
        ClientId=client,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": name, "PASSWORD": password},
    )
    return str(reply["AuthenticationResult"]["AccessToken"])


def _exists(cognito: Any, pool: str, name: str) -> bool:
    try:
        cognito.admin_get_user(UserPoolId=pool, Username=name)
    except cognito.exceptions.UserNotFoundException:
        return False
    return True


def _create(cognito: Any, pool: str, name: str) -> str:
    password = f"{secrets.token_urlsafe(24)}aA1!"  # whatever the pool's policy asks for is in the tail
    if not _exists(cognito, pool, name):
        cognito.admin_create_user(UserPoolId=pool, Username=name, MessageAction="SUPPRESS")
    cognito.admin_set_user_password(UserPoolId=pool, Username=name, Password=password, Permanent=True)
    return password


def _passwords(home: Home) -> dict[str, str]:
    try:
        return dict(json.loads(home.players_file.read_text()))
    except (OSError, ValueError):
        return {}


def _keep(home: Home, key: str, password: str) -> None:
    """Several may do this at once: each writes a file of its own, readable by its owner only, and puts it in place."""
    with _KEEPING:
        known = _passwords(home) | {key: password}
        handle, temporary = tempfile.mkstemp(dir=home.players_file.parent, prefix="players.")
        with os.fdopen(handle, "w") as file:
            json.dump(known, file)
        os.replace(temporary, home.players_file)
