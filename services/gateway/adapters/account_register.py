"""Accounts in the gateway's table, both ways. An e-mail is there as a digest only.

PLAYER#<sub>      ACCOUNT                    which e-mail a player named; `opening` until it is open; `verified`
EMAIL#<digest>    ACCOUNT                    whom it signs in first: whoever verified it
EMAIL#<digest>    ACCOUNT#<time>#<sub>       whom else: each who named it, in the order of their coming

Before e-mails were named by several, whoever named one had the place of whoever verifies it.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from contracts.errors import Transient
from services.gateway.adapters import items
from services.gateway.adapters.conditional_writes import NEW, TRIES, commit, write
from services.gateway.domain.accounts import MOST_TRIED, Account

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ACCOUNT = "ACCOUNT"


class DynamoAccountRegister:
    """Implements the ports AccountRegister and ErasableAccounts."""

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def account(self, player: str) -> Account | None:
        found = self._client.get_item(TableName=self._table, Key=_of_player(player), ConsistentRead=True).get("Item")
        stored: dict[str, Any] = items.plain(found) if found else {}
        if not stored:
            return None
        named, opening = stored.get("named_at", 0), stored.get("opening")
        return Account(player, stored["email"], named, opening, "verified" in stored)

    def usernames(self, email: str) -> list[str]:
        found = self._client.query(
            TableName=self._table,
            KeyConditionExpression="pk = :email AND begins_with(sk, :account)",
            ExpressionAttributeValues=items.item({":email": f"EMAIL#{email}", ":account": ACCOUNT}),
            ConsistentRead=True,
            Limit=MOST_TRIED,
        )["Items"]
        return list(dict.fromkeys(each["username"]["S"] for each in found))

    def begin(self, account: Account, username: str, before: Account | None) -> bool:
        values = {"email": account.email, "named_at": account.named_at, "opening": account.opening}
        mine = self._put({**_of_player(account.player), **items.item(values)})
        if before:
            mine["Put"] |= _still_opening(before)
        else:
            mine["Put"]["ConditionExpression"] = NEW
        names = self._put({**_of_email(account), **items.item({"player": account.player, "username": username})})
        return commit(self._client, [mine, names, *([self._delete(_of_email(before))] if before else [])])

    def finish(self, account: Account) -> bool:
        key = {"TableName": self._table, "Key": _of_player(account.player), "UpdateExpression": "REMOVE opening"}
        return commit(self._client, [{"Update": {**key, **_still_opening(account)}}])

    def give_up(self, account: Account) -> None:
        mine = self._delete(_of_player(account.player))
        mine["Delete"] |= _still_opening(account)
        commit(self._client, [mine, self._delete(_of_email(account))])

    def verify(self, account: Account, username: str) -> None:
        """Nothing is written about an account that is gone: whoever erased it would not find the e-mail again."""
        first = {"pk": f"EMAIL#{account.email}", "sk": ACCOUNT, "player": account.player, "username": username}
        mine = {
            "TableName": self._table,
            "Key": _of_player(account.player),
            "UpdateExpression": "SET verified = :one",
            "ConditionExpression": "email = :email",
            "ExpressionAttributeValues": items.item({":one": 1, ":email": account.email}),
        }
        commit(self._client, [{"Update": mine}, self._put(items.item(first)), self._delete(_of_email(account))])

    def erase(self, player: str) -> None:
        """Delete the account with the e-mail that leads to it, as both were seen: a request that comes late must not
        take one without the other, or a repetition would not find what was left. Raises Transient."""
        for _ in range(TRIES):
            account = self.account(player)
            if account is None:
                return
            self._delete_own(items.item({"pk": f"EMAIL#{account.email}", "sk": ACCOUNT}), player)
            mine = self._delete(_of_player(player))
            mine["Delete"] |= _as_named(account)
            if commit(self._client, [mine, self._delete(_of_email(account))]):
                return
        raise Transient("the account kept changing")

    def _delete_own(self, key: items.Item, player: str) -> None:
        """Delete the item, unless it is another player's, or gone."""
        with suppress(self._client.exceptions.ConditionalCheckFailedException):
            write(
                lambda: self._client.delete_item(
                    TableName=self._table,
                    Key=key,
                    ConditionExpression="player = :player",
                    ExpressionAttributeValues=items.item({":player": player}),
                )
            )

    def _put(self, item: items.Item) -> Any:
        return {"Put": {"TableName": self._table, "Item": item}}

    def _delete(self, key: items.Item) -> Any:
        return {"Delete": {"TableName": self._table, "Key": key}}


def _still_opening(account: Account) -> dict[str, Any]:
    return {
        "ConditionExpression": "opening = :opening",
        "ExpressionAttributeValues": items.item({":opening": account.opening}),
    }


def _as_named(account: Account) -> dict[str, Any]:
    if not account.named_at:  # before e-mails were named by several
        return {"ConditionExpression": "attribute_not_exists(named_at)"}
    return {
        "ConditionExpression": "named_at = :named",
        "ExpressionAttributeValues": items.item({":named": account.named_at}),
    }


def _of_player(player: str) -> items.Item:
    return items.item({"pk": f"PLAYER#{player}", "sk": ACCOUNT})


def _of_email(account: Account) -> items.Item:
    return items.item({"pk": f"EMAIL#{account.email}", "sk": f"{ACCOUNT}#{account.named_at:015d}#{account.player}"})
