"""Guests who came before guests had an end: each gets the row that ends with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from infra.environment import Environment
from services.gateway.adapters.account_register import DynamoAccountRegister
from services.gateway.adapters.guests import DynamoGuests
from services.gateway.domain.accounts import EnteredGuest, is_guest

PAGE = 60
"""The most that the pool lists at once."""


@dataclass(frozen=True)
class Ended:
    """The number of guests that got an end, and whether there may be others without one."""

    guests: int
    more: bool


def end_guests(environment: Environment, most: int) -> Ended:
    """Give an end to at most so many guests who have none: when it would be, had they had it from the beginning. Who
    has one keeps it. Whose end is past is erased soon."""
    client, table = environment.client("dynamodb"), environment.find("gateway", "table/gateway")
    guests, accounts = DynamoGuests(client, table), DynamoAccountRegister(client, table)
    ended = 0
    for guest, came in _users(environment):
        if not is_guest(accounts.account(guest.player)):
            continue
        if ended == most:
            return Ended(ended, more=True)
        ended += guests.enter_late(guest, came)
    return Ended(ended, more=False)


def _users(environment: Environment) -> Iterator[tuple[EnteredGuest, datetime]]:
    """Everybody in the pool, and when they came."""
    pool, page = environment.find("gateway", "user-pool-id"), dict[str, Any]()
    while True:
        listed: Any = environment.client("cognito-idp").list_users(UserPoolId=pool, Limit=PAGE, **page)
        for user in listed["Users"]:
            player = next(each["Value"] for each in user["Attributes"] if each["Name"] == "sub")
            yield EnteredGuest(player, user["Username"]), user["UserCreateDate"]
        if "PaginationToken" not in listed:
            return
        page = {"PaginationToken": listed["PaginationToken"]}
