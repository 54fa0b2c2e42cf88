"""An evening to erase: whose it is, what lies in the tables, and who dies on the way."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from unittest.mock import patch

import boto3
from botocore.client import BaseClient

from contracts.campaign import CampaignErasedV1
from ninelives.privacy.marks import unpack_all
from services.campaign import wiring as campaign_wiring
from services.chronicle import wiring as chronicle_wiring
from services.gateway.application.erasing.working import Worker
from services.gateway.tests.caches import clear_wiring
from services.gateway.tests.player_client import PlayerClient
from services.gateway.tests.test_accounts import Guest
from stagekit import first_answers
from stagekit.packing import unpack
from tests.support.quick_dynamodb import Tables
from tests.support.real_stages import invoke
from tests.support.whole_turns import TABLES, Table

PROJECTIONS = ("projection", "projection-side")
ALL_TABLES = (*TABLES, *PROJECTIONS)


@dataclass(frozen=True)
class Kept:
    """All there is at a moment: tables, the pool, the time."""

    items: dict[str, list[Any]]
    users: dict[str, Any]
    sessions: dict[str, str]
    time: Any


class Played(Table):
    """The table of a guest who became an account."""

    def __init__(self, game: PlayerClient, tables: Tables) -> None:
        super().__init__(game)
        self.tables = tables.tables
        self.guest = Guest(game)

    def act(self, action: str) -> dict[str, Any]:
        turn: dict[str, Any] = self.game.act(self.campaign, action, wait=20, player=self.guest.id).json
        assert turn["status"] == "resolved", turn
        return turn

    def keep(self) -> Kept:
        """No item is changed once it is written: another takes its place."""
        items = {name: list(self.tables[name].items.values()) for name in ALL_TABLES}
        pool = self.game.cognito
        return Kept(items, copy.deepcopy(pool.users), dict(pool.sessions), self.game.clock.time)

    def put_back(self, kept: Kept) -> None:
        for name, items in kept.items.items():
            table = self.tables[name]
            for place in list(table.items):
                table.delete(place)
            for item in items:
                table.put(item)
        self.game.cognito.users, self.game.cognito.sessions = copy.deepcopy(kept.users), dict(kept.sessions)
        self.game.clock.time = kept.time

    def begin(self) -> str:
        """The id of the erasure."""
        return str(self.game.erase(self.guest.id, self.guest.name).json["erasure_id"])

    def go_on(self, erasure: str, seconds: float = 600.0) -> None:
        Worker(self.game.erasing_dependencies, lambda: seconds).go_on(erasure)

    def erase(self) -> str:
        """Erased, and heard of by whoever lists campaigns; the id of the erasure."""
        erasure = self.begin()
        self.go_on(erasure)
        self.lists(CampaignErasedV1.detail_type)
        return erasure

    def look(self, erasure: str) -> Any:
        return self.game.ask("GET", f"/v1/erasures/{erasure}", player=None).json

    def lists(self, *kinds: str) -> None:
        """The lists of campaigns hear all that the campaigns have said of these kinds, again."""
        stored = boto3.resource("dynamodb").Table("campaign").scan()["Items"]
        told = [json.loads(unpack(str(item["event"]))) for item in stored if item["entity"] == "event"]
        bodies = [json.dumps({**each, "detail-type": each["detail_type"]}) for each in told]
        heard = [body for body, each in zip(bodies, told, strict=True) if not kinds or each["detail_type"] in kinds]
        records = [{"messageId": str(n), "body": body, "eventSource": "aws:sqs"} for n, body in enumerate(heard)]
        assert invoke("campaign", "project", {"Records": records}) == {"batchItemFailures": []}


def forget_clients() -> None:
    clear_wiring()
    for made in (campaign_wiring.dynamodb, chronicle_wiring.dynamodb, first_answers.stages_table):
        made.cache_clear()


def lay_projections(dynamodb: Any) -> None:
    keys = [("pk", "HASH"), ("sk", "RANGE")]
    names = ["pk", "sk", "gsi1pk", "gsi1sk", "gsi2pk", "gsi2sk"]
    for table in PROJECTIONS:
        dynamodb.create_table(
            TableName=table,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in names],
            KeySchema=[{"AttributeName": name, "KeyType": kind} for name, kind in keys],
            GlobalSecondaryIndexes=[
                {
                    "IndexName": index,
                    "KeySchema": [
                        {"AttributeName": f"{first}pk", "KeyType": "HASH"},
                        {"AttributeName": f"{first}sk", "KeyType": "RANGE"},
                    ],
                    "Projection": {"ProjectionType": "ALL"},
                }
                for index, first in (("by-owner", "gsi1"), ("standings", "gsi2"))
            ],
        )


def contents(game: PlayerClient) -> dict[str, list[str]]:
    """Every item of every table as text, with what was packed unpacked."""
    return {
        table: [json.dumps(_plain(item), ensure_ascii=False) for item in game.dynamodb.scan(TableName=table)["Items"]]
        for table in ALL_TABLES
    }


def _plain(item: Any) -> dict[str, Any]:
    values = {name: next(iter(value.values())) for name, value in item.items()}
    return {name: _unpacked(value) if isinstance(value, str) else value for name, value in values.items()}


_unpacked = cache(unpack_all)


def holding(game: PlayerClient, *marks: str) -> list[str]:
    """The texts that hold one of these marks, in whatever spelling of its letters."""
    return [
        f"{table}: {text}"
        for table, texts in contents(game).items()
        for text in texts
        if any(mark.lower() in text.lower() for mark in marks)
    ]


READS = {"GetItem", "BatchGetItem", "Query", "Scan"}
_TIMES = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)|\"expires_at\": \"\d+\"")


@dataclass
class Deaths:
    """Every moment at which a run may die: `left` is what it leaves then, `end` what there is when it does not."""

    played: Played
    erasure: str
    calls: int = 0
    left: dict[str, Kept] = field(default_factory=dict)
    end: str = ""

    def run_undisturbed(self) -> None:
        def note_call(operation: str) -> None:
            self.calls += 1
            if operation not in READS:
                self.left.setdefault(self._state(), self.played.keep())

        with _watched(self.played.game, note_call):
            self.played.go_on(self.erasure)
        self.end = self._state()

    def is_followed(self, left: Kept) -> bool:
        """Whether who goes on comes to the same end."""
        self.played.put_back(left)
        self.played.go_on(self.erasure)
        return self._state() == self.end

    def _state(self) -> str:
        """All that is in the tables, without times, and whom the pool knows."""
        stored = ((name, item) for name in ALL_TABLES for item in self.played.tables[name].items.values())
        texts = [name + json.dumps(_plain(item), sort_keys=True) for name, item in stored]
        return _TIMES.sub("", "|".join(sorted(texts) + sorted(self.played.game.cognito.users)))


@contextmanager
def _watched(game: PlayerClient, called: Callable[[str], None]) -> Iterator[None]:
    """Hear of each call that anybody makes, once it is answered."""
    real, pool = BaseClient._make_api_call, game.cognito  # type: ignore[attr-defined]

    def call(client: Any, operation: str, asked: Any) -> Any:
        answer = real(client, operation, asked)
        called(operation)
        return answer

    game.cognito = Watched(pool, called)  # type: ignore[assignment]
    try:
        with patch.object(BaseClient, "_make_api_call", call):
            yield
    finally:
        game.cognito = pool


class Watched:
    """A double whose calls somebody hears of."""

    def __init__(self, double: Any, called: Callable[[str], None]) -> None:
        self._double, self._called = double, called

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._double, name)
        if not callable(found) or name == "exceptions":
            return found

        def call(*args: Any, **asked: Any) -> Any:
            answer = found(*args, **asked)
            self._called(name)
            return answer

        return call
