"""The search for marks: in every table, queue of dead letters, log and export, and what is left of the account."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from infra.environment import Environment
from ninelives.ops.deadletters.queues import all_of, depth
from ninelives.ops.deadletters.receiving import in_hand
from ninelives.privacy.findings import Checked
from ninelives.privacy.marks import Marks, texts_of
from services.gateway.adapters.erasures import DynamoErasures

KEYS = ("pk", "sk", "id")
LOG_GROUPS = ("/aws/lambda/ninelives-{environment}-", "/aws/vendedlogs/")


def check_account(environment: Environment, player: str) -> Checked:
    """That the erasure is done, and that neither the pool nor a row leads to a person."""
    faults: list[str] = []
    client, table = environment.client("dynamodb"), environment.find("gateway", "table/gateway")
    erasure = DynamoErasures(client, table).of(player)
    if erasure is None:
        faults.append("no erasure of this player is known: none began, or it is forgotten")
    elif not erasure.is_done:
        faults.append(f"the erasure is not done: step {erasure.steps_done + 1}, campaigns left")
    pool = environment.find("gateway", "user-pool-id")
    users = environment.client("cognito-idp").list_users(UserPoolId=pool, Filter=f'sub = "{player}"')["Users"]
    faults += ["the pool has a user of this player"] * bool(users)
    rows = [item for item in _items(client, table) if _leads_to(item, player)]
    faults += [f"{_place(item)} is the player's" for item in rows]
    return Checked("account", "the pool, the register of e-mails, keys", tuple(faults))


def check_tables(environment: Environment, marks: Marks) -> Checked:
    """Every item of every table that a stack publishes."""
    client, faults, items = environment.client("dynamodb"), list[str](), 0
    tables = {name: value for name, value in sorted(environment.published.items()) if "/table/" in name}
    for name, table in tables.items():
        for item in _items(client, table):
            items += 1
            found = {number for text in texts_of(item) for number in marks.found_in(text)}
            faults += [f"mark {number} in {name}: {_place(item)}" for number in sorted(found)]
    return Checked("tables", f"{len(tables)} tables, {items:,} items", tuple(faults))


def check_archives(environment: Environment, player: str, marks: Marks) -> Checked:
    """Every export of a player that lies in its bucket: the erased player's is gone, and no other holds a mark."""
    s3, bucket = environment.client("s3"), environment.find("gateway", "bucket")
    faults, archives = list[str](), 0
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for name in (kept["Key"] for kept in page.get("Contents", ())):
            archives += 1
            texts = _unzip(s3.get_object(Bucket=bucket, Key=name)["Body"].read())
            faults += [f"{name} is the player's"] * any(player in text for text in texts)
            found = {number for text in texts for number in marks.found_in(text)}
            faults += [f"mark {number} in {name}" for number in sorted(found)]
    return Checked("archives", f"{archives} exports of players", tuple(faults))


def check_queues(environment: Environment, marks: Marks) -> Checked:
    """Every dead letter. Of queues that are worked through it is told how much is in them: a look would count as a
    receive. What is in them are events, and ids."""
    sqs, faults, letters = environment.client("sqs"), list[str](), 0
    dead = all_of(environment)
    for queue in dead:
        with in_hand(sqs, queue.url) as held:
            for letter in held:
                letters += 1
                texts = (letter.body, *letter.attributes.values())
                found = {number for text in texts for number in marks.found_in(text)}
                faults += [f"mark {number} in {queue.name}: {letter.message_id}" for number in sorted(found)]
    known = {queue.url for queue in dead}
    waiting = sum(depth(sqs, url) for url in environment.queues().values() if url not in known)
    return Checked("queues", f"{len(dead)} queues, {letters} dead letters; {waiting} events at work", tuple(faults))


def check_logs(environment: Environment, marks: Marks) -> Checked:
    """Every line that is kept of any function, API and workflow of the deployment."""
    logs, faults, groups, told = environment.client("logs"), list[str](), 0, 0
    for group in _groups(logs, environment.name):
        groups += 1
        for page in logs.get_paginator("filter_log_events").paginate(logGroupName=group):
            for event in page["events"]:
                told += 1
                faults += [
                    f"mark {number} in {group}: {event['timestamp']}" for number in marks.found_in(event["message"])
                ]
    return Checked("logs", f"{groups} groups, {told:,} lines", tuple(faults))


def _unzip(content: bytes) -> list[str]:
    with ZipFile(BytesIO(content)) as files:
        return [files.read(name).decode() for name in files.namelist()]


def _groups(logs: Any, environment: str) -> Iterator[str]:
    for prefix in LOG_GROUPS:
        pages = logs.get_paginator("describe_log_groups").paginate(
            logGroupNamePrefix=prefix.format(environment=environment)
        )
        names = (group["logGroupName"] for page in pages for group in page["logGroups"])
        yield from (name for name in names if f"ninelives-{environment}" in name)


def _items(client: Any, table: str) -> Iterator[dict[str, Any]]:
    for page in client.get_paginator("scan").paginate(TableName=table, ConsistentRead=True):
        yield from page["Items"]


def _place(item: dict[str, Any]) -> str:
    return " ".join(str(item[key].get("S")) for key in KEYS if key in item)


def _leads_to(item: dict[str, Any], player: str) -> bool:
    """Whether this row is about who the player is: the gateway's own, but for that there was an erasure."""
    pk, sk = item["pk"]["S"], item["sk"]["S"]
    if pk == f"PLAYER#{player}":
        return bool(sk != "ERASURE")
    return bool(pk == f"LIMIT#{player}" or (pk.startswith(("EMAIL#", "SOCKET#", "TICKET#")) and _is_of(item, player)))


def _is_of(item: dict[str, Any], player: str) -> bool:
    return bool(item.get("player", {}).get("S") == player)
