"""A campaign folded again from its first state is the campaign that is stored, turn by turn."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest

from ninelives.analytics.cost.tables import without_undo
from ninelives.ops.proof.archive import Archive
from ninelives.ops.proof.retelling import Retold, retell
from ninelives.ops.proof.verification import verify
from services.campaign.adapters.items import turn_key
from services.campaign.domain.state_hash import state_hash
from services.lore.domain.slice import cut
from services.lore.wiring import world
from services.tools.domain.surroundings import Surroundings
from stagekit.packing import unpack
from tests.ops.proof.stored_campaign import CAMPAIGN, TABLE, StoredCampaign, begin, turn_id
from tests.rules.random_player import wander
from tests.support.size import pick_size

pytestmark = pytest.mark.slow

TURNS = pick_size(120, soaking=400)


def retell_all(dynamodb: Any) -> list[Retold]:
    archive = Archive(dynamodb, TABLE)
    first = archive.store.first(CAMPAIGN)
    assert first is not None
    return list(retell(first[0].sheet.state, archive.store.history(CAMPAIGN), archive.hashes_told(CAMPAIGN)))


def test_hundreds_of_turns_in_the_shipped_world_come_out_as_they_are_stored(dynamodb: Any) -> None:
    """Half of the turns try several things at once, so that outcomes collide and are refused."""
    pack, random = world(), Random(9)
    store = begin(
        dynamodb,
        bytes(32),
        cat=pack.classes[2],
        manifest=pack.manifest,
        start=pack.place[pack.manifest.start],
        haven=pack.haven,
        items=pack.items,
    )
    campaign = StoredCampaign(store, lambda state: cut(pack, state))
    with without_undo():
        while campaign.state.status == "active" and campaign.state.turn < TURNS:
            scene = campaign.scene()
            here = Surroundings(scene, cut(pack, scene.state))
            campaign.turn([wander(here, random) for _ in range(random.choice([1, 1, 2, 3]))])

    turns = retell_all(dynamodb)

    assert len(turns) == campaign.state.turn + 1 > 100
    assert [each.differences for each in turns] == [()] * len(turns)
    assert turns[-1].hash == state_hash(campaign.state)
    assert any(not one.applied and one.outcome.rolls for turn in store.history(CAMPAIGN) for one in turn.settled)
    assert verify(campaign.dice()).mismatches == ()


def test_the_first_state_is_told_as_turn_zero(dynamodb: Any, campaign: StoredCampaign) -> None:
    (start,) = retell_all(dynamodb)

    assert (start.turn, start.version, start.hash, start.told) == (0, 1, state_hash(campaign.state), start.hash)


def test_a_record_that_was_changed_afterwards_is_told_apart(dynamodb: Any, campaign: StoredCampaign) -> None:
    for _ in range(3):
        campaign.turn([("attack", {"target": "gull"})])
    _rewrite(dynamodb, 2, lambda record: record["sheet"]["state"]["character"].update(credits=9_999))

    assert [bool(each.differences) for each in retell_all(dynamodb)] == [False, False, True, False]


def test_an_outcome_that_was_changed_afterwards_shows_from_its_turn_on(dynamodb: Any, campaign: StoredCampaign) -> None:
    for _ in range(3):
        campaign.turn([("attack", {"target": "gull"})])
    gift = {"kind": "credits-gained", "amount": 500, "source": "nowhere"}
    _rewrite(dynamodb, 2, lambda record: record["settled"][0]["outcome"]["effects"].append(gift))

    assert [bool(each.differences) for each in retell_all(dynamodb)] == [False, False, True, True]


def test_a_turn_without_its_event_is_a_difference(dynamodb: Any, campaign: StoredCampaign) -> None:
    campaign.turn([("search", {})])
    dynamodb.delete_item(TableName=TABLE, Key={"pk": {"S": f"STREAM#campaign/{CAMPAIGN}"}, "sk": {"S": "0000000002"}})

    assert [each.differences for each in retell_all(dynamodb)] == [(), ("its event has none",)]


@pytest.mark.parametrize("field", ["turn", "version"])
def test_the_hash_covers_every_part_of_a_state(campaign: StoredCampaign, field: str) -> None:
    state = campaign.state

    assert state_hash(state.model_copy(update={field: getattr(state, field) + 1})) != state_hash(state)


def _rewrite(dynamodb: Any, number: int, change: Any) -> None:
    """Change what is stored of a turn, as somebody with the keys to the table could."""
    key = turn_key(CAMPAIGN, turn_id(number))
    record = json.loads(unpack(dynamodb.get_item(TableName=TABLE, Key=key)["Item"]["committed"]["S"]))
    change(record)
    dynamodb.update_item(
        TableName=TABLE,
        Key=key,
        UpdateExpression="SET committed = :committed",
        ExpressionAttributeValues={":committed": {"S": json.dumps(record)}},
    )
