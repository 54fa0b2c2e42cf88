"""Marks to be looked for, asked of the account while it is there: the e-mail, names, and what was typed.

Of names and texts only those that nobody else has: others keep theirs.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from infra.environment import Environment
from infra.errors import UserError
from ninelives.privacy.marks import LEAST


def collect_marks(environment: Environment, player: str) -> list[str]:
    """The marks of a player who is not erased yet. Raises UserError when there is no such player."""
    pool = environment.find("gateway", "user-pool-id")
    users = environment.client("cognito-idp").list_users(UserPoolId=pool, Filter=f'sub = "{player}"')["Users"]
    if not users:
        raise UserError("The pool has no such player.")
    owners: dict[str, set[str]] = defaultdict(set)
    for owner, text in _texts(environment.client("dynamodb"), environment.find("gateway", "table/gateway")):
        owners[text.strip()].add(owner)
    own = [text for text, of in owners.items() if of == {player} and len(text) >= LEAST]
    mail = [each["Value"] for each in users[0].get("Attributes", ()) if each["Name"] == "email"]
    return [users[0]["Username"], *mail, *sorted(own)]


def _texts(dynamodb: Any, table: str) -> Iterator[tuple[str, str]]:
    """The texts typed in turns and the names of cats, each with whose it is."""
    for page in dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True):
        for item in page["Items"]:
            if item.get("entity", {}).get("S") == "turn":
                yield item["owner"]["S"], item["action"]["S"]
            elif item["sk"]["S"].startswith("KEY#") and "answer" in item:
                campaign = json.loads(item["answer"]["S"])
                yield item["pk"]["S"].removeprefix("PLAYER#"), campaign["sheet"]["state"]["character"]["name"]
