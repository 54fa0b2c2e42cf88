"""A campaign that is really played and really stored: the rules of tools, the fold and the table of campaign."""

from __future__ import annotations

import os
from base64 import b32encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import Any
from unittest.mock import patch

import boto3

from contracts.campaign import CreateCampaign, ListDice, PersistCampaign, Telling
from contracts.canon import CatClass, EntityRef, Item, Manifest, Place
from contracts.dm import GroundingReport, Usage
from contracts.envelope import Envelope
from contracts.lore import CanonSlice
from contracts.playerapi import Dice
from contracts.state import CampaignState, Scene
from contracts.steps import STEPS
from contracts.tools import Outcome, ToolCall
from ninelives.ops.proof.pages import fetch_pages
from services.campaign.adapters.campaign_store import CampaignStore
from services.campaign.application.create import create
from services.campaign.application.persist_turn import persist_turn
from services.campaign.application.reveal_dice import reveal_dice
from services.campaign.domain.derive import open_scene
from services.campaign.domain.fold import fold_all
from services.tools.domain.execute import execute
from services.tools.domain.world import play
from services.tools.tests.pack import CLASSES, ITEMS, PLACES
from tests.rules.small_campaign import SHED, SMALL, Intents, small_pack
from tests.support.quick_dynamodb import quick_aws

TABLE = "campaigns"
NOON = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
CAMPAIGN = "c_" + "p" * 26
TELLING = Telling(narrative="It happens.", told_by="understudy", usage=Usage(), report=GroundingReport())
Lore = Callable[[CampaignState], CanonSlice]


@contextmanager
def empty_table() -> Iterator[Any]:
    """A DynamoDB client with an empty campaign table."""
    with patch.dict(os.environ, AWS_ACCESS_KEY_ID="testing", AWS_SECRET_ACCESS_KEY="testing"), quick_aws():
        client = boto3.client("dynamodb", region_name="us-east-1")
        client.create_table(
            TableName=TABLE,
            BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
        )
        yield client


def turn_id(number: int) -> str:
    return "t_" + b32encode(sha256(f"turn {number}".encode()).digest()).decode().lower()[:26]


def _envelope(step: str, turn: str | None = None) -> Envelope:
    key = f"{turn or CAMPAIGN}/{step}"
    return Envelope(idempotency_key=key, correlation_id=turn or CAMPAIGN, campaign_id=CAMPAIGN, turn_id=turn)


def begin(
    dynamodb: Any,
    seed: bytes,
    *,
    cat: CatClass = CLASSES[0],
    manifest: Manifest = SMALL,
    start: Place = PLACES[0],
    haven: EntityRef = SHED,
    items: Iterable[Item] = ITEMS,
) -> CampaignStore:
    """A table with a campaign that was just started; on the pier of the small pack when nothing else is said."""
    store = CampaignStore(dynamodb, TABLE)
    request = CreateCampaign(
        envelope=_envelope("create"),
        owner="owner",
        name="Tester",
        cat=cat,
        items=tuple(item for item in items if item.id in cat.items),
        world=manifest,
        start=start,
        haven=haven,
    )
    create(request, store, seed=lambda: seed, now=NOON)
    return store


@dataclass
class StoredCampaign:
    """The campaign of a store, turn after turn."""

    store: CampaignStore
    lore: Lore = small_pack

    @property
    def state(self) -> CampaignState:
        return self.store.read(CAMPAIGN).state

    def scene(self) -> Scene:
        """The scene the next turn would begin with."""
        return open_scene(self.state)

    def turn(self, intents: Intents) -> None:
        """Play these intents at once, let the world answer, and commit the turn."""
        base, seed = self.state, self.store.read(CAMPAIGN).seed
        turn, scene = turn_id(base.turn + 1), self.scene()
        calls = [ToolCall(call_id=f"c{n}", name=name, arguments=given) for n, (name, given) in enumerate(intents)]
        canon = self.lore(scene.state)
        told: list[Outcome] = [execute(f"{turn}/0/{n}", call, scene, canon, seed) for n, call in enumerate(calls)]
        _, scene = fold_all(scene, told)
        told += play(f"{turn}/world/0", scene, self.lore(scene.state), seed)
        request = PersistCampaign(
            envelope=_envelope(STEPS.persist, turn),
            base_version=base.version,
            action="I act.",
            outcomes=tuple(told),
            telling=TELLING,
        )
        persist_turn(request, self.store, NOON)

    def dice(self, limit: int = 100) -> tuple[Dice, ...]:
        """All pages of the campaign's dice as the player API tells them."""
        return fetch_pages(partial(page, self.store, limit=limit))


def page(store: CampaignStore, after_turn: int, limit: int = 100) -> Dice:
    """A page of dice, as the gateway makes it of the campaign service's answer."""
    listed = reveal_dice(ListDice(envelope=_envelope("dice"), after_turn=after_turn, limit=limit), store)
    return Dice(campaign_id=CAMPAIGN, **listed.model_dump(exclude={"envelope", "owner"}))
