"""Evidence: what the tables, the bus and the players say when everything is quiet."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from contracts.campaign import TurnCommitted
from ninelives.ops.outbox import read_events
from services.campaign.adapters.campaign_table import CampaignTable
from services.campaign.domain.stored import StoredCampaign, VoidedTurn
from stagekit.packing import unpack
from tests.simulation.dynamodb import DynamoDB
from tests.simulation.network import Paginator
from tests.simulation.players import Answer
from tests.simulation.system import System

Item = dict[str, Any]
GENERATION = ("GENERATION", "-")
"""The place of what says which table of the lists is live."""


class DirectClient:
    """A client without a network between it and its DynamoDB."""

    def __init__(self, dynamodb: DynamoDB) -> None:
        self._dynamodb = dynamodb
        self._calls = 0

    def __getattr__(self, operation: str) -> Any:
        def call(**params: Any) -> Any:
            self._calls += 1
            return self._dynamodb.perform(operation, params, ("direct", id(self), self._calls), False)

        return call

    def get_paginator(self, operation: str) -> Paginator:
        return Paginator(getattr(self, operation))


@dataclass(frozen=True)
class Turn:
    """A turn as the gateway has it. `view` is what the player reads."""

    id: str
    campaign: str
    status: str
    view: Item


@dataclass
class Evidence:
    """All of it. What takes work is worked out once."""

    system: System
    told: list[Answer]
    probes: list[Answer]
    """The answer of each campaign to one more turn, once all was quiet."""
    marks: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The words that are looked for once a player is erased, by player."""
    client: Any = field(init=False)
    _feeds: dict[str, list[Item]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.client = DirectClient(self.system.dynamodb)

    @property
    def lists(self) -> str:
        """The table of the lists of campaigns that is live."""
        version = self.system.dynamodb.tables["projection"].items.get(GENERATION, {})
        return "projection-side" if version.get("live") == {"S": "side"} else "projection"

    @cached_property
    def owners(self) -> dict[str, str]:
        """The campaigns that players were told of, with whose they are."""
        return {told.body["id"]: told.player for told in self.told if told.is_a_campaign}

    @cached_property
    def turns(self) -> dict[tuple[str, str], Turn]:
        """The turns at the gateway, by campaign and turn."""
        found = {}
        for item in self._of_kind("gateway", "turn"):
            campaign, turn = item["campaign_id"]["S"], item["turn_id"]["S"]
            view = json.loads(unpack(item["view"]["S"])) if "view" in item else {}
            found[campaign, turn] = Turn(turn, campaign, item["status"]["S"], view)
        return found

    @cached_property
    def gates(self) -> dict[str, Item]:
        """The gates of campaigns that are not erased, by campaign."""
        gates = self._of_kind("gateway", "campaign")
        return {item["campaign_id"]["S"]: item for item in gates if item["status"] != {"S": "erased"}}

    @cached_property
    def campaigns(self) -> dict[str, StoredCampaign]:
        """The stored campaigns that are not erased, by campaign."""
        table = CampaignTable(self.client, "campaign")
        found = [item["pk"]["S"].partition("#")[2] for item in self._of_kind("campaign", "campaign") if "state" in item]
        return {campaign: table.read(campaign) for campaign in found}

    @cached_property
    def erased(self) -> set[str]:
        """Campaigns of which there are events alone."""
        shut = {item["campaign_id"]["S"] for item in self._of_kind("gateway", "campaign")} - self.gates.keys()
        buried = {item["pk"]["S"].partition("#")[2] for item in self._of_kind("campaign", "campaign")}
        return shut | (buried - self.campaigns.keys())

    @cached_property
    def erasures(self) -> dict[str, Item]:
        """The erasures that began, by player."""
        table = self.system.dynamodb.tables["gateway"]
        begun = {pk.partition("#")[2]: item for (pk, sk), item in table.items.items() if sk == "ERASURE"}
        return {who: table.items[f"ERASURE#{item['erasure_id']['S']}", "META"] for who, item in begun.items()}

    @cached_property
    def records(self) -> dict[tuple[str, str], TurnCommitted | VoidedTurn]:
        """The campaign's records of turns, committed or void, by campaign and turn."""
        found: dict[tuple[str, str], TurnCommitted | VoidedTurn] = {}
        for item in [*self._of_kind("campaign", "turn"), *self._of_kind("campaign", "void")]:
            campaign, turn = item["pk"]["S"].partition("#")[2], item["sk"]["S"].partition("#")[2]
            committed = item.get("committed")
            found[campaign, turn] = (
                TurnCommitted.model_validate_json(unpack(committed["S"]))
                if committed
                else VoidedTurn(item["reason"]["S"])
            )
        return found

    @cached_property
    def committed(self) -> dict[str, list[TurnCommitted]]:
        """The turns of each campaign's own, by number."""
        found: dict[str, list[TurnCommitted]] = {campaign: [] for campaign in self.campaigns}
        for (campaign, _), record in self.records.items():
            if isinstance(record, TurnCommitted):
                found[campaign].append(record)
        return {campaign: sorted(turns, key=lambda turn: turn.number) for campaign, turns in found.items()}

    @cached_property
    def facts(self) -> dict[str, list[Item]]:
        """The facts of the outboxes, by stream, in the form that the bus gives them."""
        found: dict[str, list[Item]] = defaultdict(list)
        for table in ("campaign", "gateway"):
            for item in sorted(self._of_kind(table, "event"), key=lambda each: str(each["sk"]["S"])):
                stream = item["pk"]["S"].removeprefix("STREAM#")
                body = json.loads(unpack(item["event"]["S"]))
                found[stream].append(
                    {"source": body["source"], "detail-type": body["detail_type"], "detail": body["detail"]}
                )
        return dict(found)

    def all_facts(self) -> Iterator[Item]:
        for facts in self.facts.values():
            yield from facts

    def feed(self, campaign: str) -> list[Item]:
        """The feed's events in their order."""
        if campaign not in self._feeds:
            self._feeds[campaign] = self._read_feed(campaign)
        return self._feeds[campaign]

    def _read_feed(self, campaign: str) -> list[Item]:
        found = self.system.dynamodb.tables["gateway"].partitions.get(f"FEED#{campaign}", {})
        items = (self.system.dynamodb.tables["gateway"].items[place] for place in sorted(found))
        return [json.loads(unpack(item["event"]["S"])) for item in items if item["sk"]["S"].startswith("EVENT#")]

    def outbox(self, table: str, stream: str) -> Any:
        return read_events(self.client, table, stream)

    def _of_kind(self, table: str, entity: str) -> list[Item]:
        return [item for item in self.system.items(table) if item.get("entity", {}).get("S") == entity]


def event_id(fact: Item) -> str:
    return str(fact["detail"]["metadata"]["event_id"])
