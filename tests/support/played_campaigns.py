"""Campaigns that were played through the workflow's own definition by every service's own code, on simulated tables."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any
from unittest.mock import patch

import boto3

from ninelives.evaluation.local_turn import Master
from ninelives.evaluation.whatif.what_if import Compared, Retelling
from ninelives.ops.history.retracing import retrace
from ninelives.ops.proof.archive import Archive
from services.campaign.handlers import create as creating
from services.campaign.handlers import fork as forking
from services.chronicle import wiring as chronicle_wiring
from services.gateway.tests.caches import clear_wiring
from services.gateway.tests.player_client import PlayerClient
from tests.support.quick_dynamodb import quick_aws
from tests.support.whole_turns import ENVIRONMENT, TABLES, Table, lay

ACTIONS = (
    "I talk to Ferrule",
    "I ask Ferrule about breakfast",
    "I search this place",
    "I go to the Cardboard Market",
    "I go to sprinkler alley",
    "I attack the first thing that moves",
    "I attack the second dust bunny",
    "Who is Ferrule?",
)
FIGHT = 7
DICE = b"an evening that leaves a scratch"
"""32 bytes, as a seed has them."""
FORKED_AT = 5
AFTERWARDS = ("I attack the first thing that moves", "Who is Ferrule?")


@dataclass
class Evening:
    """A campaign, and a fork of it that went its own way."""

    table: Table
    campaign: str
    fork: str = ""


@contextmanager
def evening() -> Iterator[Evening]:
    """A player at a table in the shipped world, with the understudy as game master."""
    drawn = {"token_bytes": lambda count: DICE[:count]}
    with (
        patch.dict(os.environ, ENVIRONMENT),
        patch.multiple(creating, **drawn),
        patch.multiple(forking, **drawn),
        quick_aws(),
    ):
        queues, dynamodb = boto3.client("sqs"), boto3.client("dynamodb")
        os.environ["FAILED_TURNS_QUEUE_URL"] = queues.create_queue(QueueName="failed")["QueueUrl"]
        lay(dynamodb)
        clear_wiring()
        chronicle_wiring.dynamodb.cache_clear()
        chronicle_wiring.chronicle.cache_clear()
        table = Table(PlayerClient(dynamodb))
        one = Evening(table, table.campaign)
        _play(table, ACTIONS)
        one.fork = table.campaign = str(table.game.fork(one.campaign, FORKED_AT).json["id"])
        _play(table, AFTERWARDS)
        yield one


def _play(table: Table, actions: Iterable[str]) -> None:
    """The chronicle hears of each turn before the next one."""
    for action in actions:
        told = table.act(action)
        assert told["status"] == "resolved", told
        table.remembers()


def archive(table: Table) -> Archive:
    return Archive(table.game.dynamodb, "campaign")


def told_again(at: Table, campaign: str, master: Master | None, begin: int, last: int = 99) -> list[Compared]:
    """The turns from `begin` to `last` with this game master, or with the calls that were made."""
    kept = archive(at)
    found = kept.store.first(campaign)
    assert found is not None
    state = found[0].sheet.state
    turns = islice(retrace(state, kept.turns_told(campaign), kept.record), last - state.turn)
    return list(Retelling(kept, found[0], master, begin).retell(turns))


def everything(at: Table) -> list[Any]:
    """All items of all tables."""
    return [at.game.dynamodb.scan(TableName=name)["Items"] for name in TABLES]
