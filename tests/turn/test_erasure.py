"""A player who typed, forked and named an e-mail is erased by every service's own code, whoever dies in between."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from unittest.mock import patch

import boto3
import pytest

from contracts.campaign import CampaignErasedV1
from services.dm.wiring import game_master
from services.gateway.application.erasing.working import RESERVE
from services.gateway.tests.live import Live
from services.gateway.tests.player_client import SETTLES, PlayerClient
from services.gateway.tests.test_reports import report
from tests.support.quick_dynamodb import quick_aws
from tests.support.real_stages import invoke
from tests.support.whole_turns import ENVIRONMENT, lay
from tests.turn.erased_evening import (
    Deaths,
    Played,
    contents,
    forget_clients,
    holding,
    lay_projections,
)

NAME, EMAIL, TYPED = "Xylophrena", "quixotica@example.org", "Whisperveil"


@pytest.fixture(scope="module")
def evening() -> Iterator[Played]:
    """Two turns with marked words, a fork with another, a report, a socket. All is heard by whoever files it."""
    projections = {"PROJECTION_TABLE": "projection", "PROJECTION_SIDE_TABLE": "projection-side"}
    paid_for = patch.object(type(game_master()), "costs", True)  # so that replies are kept, as a model's are
    with quick_aws() as tables, patch.dict(os.environ, {**ENVIRONMENT, **projections}), paid_for:
        dynamodb = boto3.client("dynamodb")
        os.environ["FAILED_TURNS_QUEUE_URL"] = boto3.client("sqs").create_queue(QueueName="failed")["QueueUrl"]
        lay(dynamodb)
        lay_projections(dynamodb)
        forget_clients()
        table = Played(PlayerClient(dynamodb), tables)
        assert table.guest.upgrade(EMAIL).status == 200
        game, guest = table.game, table.guest
        a_class = game.ask("GET", "/v1/world").json["classes"][0]["id"]
        table.campaign = str(game.start(guest.id, name=NAME, class_id=a_class).json["id"])
        table.act(f"I search the place for {TYPED}")
        assert report(game, table.act("I look around"), player=guest.id).status == 201
        table.campaign = str(game.fork(table.campaign, 1, player=guest.id).json["id"])
        table.act(f"I tell {TYPED} about the rain")
        live = Live(game)
        live.connect("line", guest.id, "session")
        live.subscribe("line", table.campaign)
        table.remembers()
        table.lists()
        yield table
    forget_clients()


@pytest.fixture
def played(evening: Played) -> Iterator[Played]:
    """The evening as it was played, whatever another test made of it."""
    game, before = evening.game, evening.keep()
    yield evening
    evening.put_back(before)
    game.workflow.plays = lambda turn: evening.cast.play(turn)
    game.workflow.started.clear()


def test_nothing_that_a_player_typed_was_told_or_is_called_is_left_in_any_table(played: Played) -> None:
    turns = played.game.ask("GET", f"/v1/campaigns/{played.campaign}/turns", player=played.guest.id).json["items"]
    stories = [turn["narrative"] for turn in turns]
    told = max(re.findall(r"[a-z ,]+", stories[0]), key=len)  # without what JSON writes in other ways
    before = contents(played.game)
    assert {name for name, texts in before.items() if NAME in str(texts)} == {"gateway", "campaign", "projection"}
    assert {name for name, texts in before.items() if told in str(texts)} == {"gateway", "campaign", "stages"}
    kept = ("execute_tool", "invoke_dungeon_master")
    assert [name for name in kept if name in str(before["stages"])] == list(kept)

    played.erase()

    assert holding(played.game, NAME, TYPED, EMAIL, played.guest.name, *stories) == []
    assert [name for name in kept if name in str(contents(played.game)["stages"])] == []


def test_what_is_left_are_events_their_numbers_and_that_there_was_an_erasure(played: Played) -> None:
    before = contents(played.game)
    erasure = played.erase()
    left = {name: [json.loads(text) for text in texts] for name, texts in contents(played.game).items()}

    for name in ("gateway", "campaign"):
        facts = [text for text in before[name] if "STREAM#" in text]
        assert facts and set(facts) <= set(contents(played.game)[name])
    gone = {"gateway": ("status", "erased"), "campaign": ("sk", "STATE"), "chronicle": ("erased", "1")}
    for name, (attribute, value) in gone.items():
        assert sum(each.get(attribute) == value and "state" not in each for each in left[name]) == 2, name
    lines = [json.loads(each["line"]) for each in left["projection"]]
    erased = [line for line in lines if line.get("erased")]
    assert [(line["owner"], line["name"], line["beginning"]) for line in erased] == [(None, None, None)] * 2
    assert (played.look(erasure)["campaigns"], played.look(erasure)["campaigns_done"]) == (2, 2)


def test_whoever_dies_after_any_call_is_followed_by_who_goes_on_and_the_end_is_the_same(played: Played) -> None:
    """At whatever call, of the worker or of whom it asks; where nothing was written since the call before, it is the
    same death."""
    erasure = played.begin()
    played.game.clock.pause(SETTLES.total_seconds())
    deaths = Deaths(played, erasure)

    deaths.run_undisturbed()

    assert deaths.calls > 100 and len(deaths.left) > 30
    assert all(deaths.is_followed(left) for left in deaths.left.values())
    played.lists(CampaignErasedV1.detail_type)
    assert holding(played.game, NAME, TYPED, EMAIL, played.guest.name) == []


def test_a_turn_that_is_played_while_its_campaign_is_erased_ends_and_leaves_nothing(played: Played) -> None:
    game = played.game
    game.workflow.plays = lambda turn: False
    game.act(played.campaign, f"I call {TYPED} once more", player=played.guest.id)
    (running,) = game.workflow.started[-1:]
    erasure = played.begin()
    played.go_on(erasure, RESERVE)

    played.cast.play(running)
    game.deadline(running)
    played.go_on(erasure)

    assert (game.failed.sent, played.look(erasure)["state"]) == ([], "done")
    assert holding(game, TYPED) == []


def test_a_fork_plays_on_when_only_its_parent_is_erased(played: Played) -> None:
    """Forks are of one's own campaigns alone; were there others', they would go on like this one."""
    shown = played.game.ask("GET", f"/v1/campaigns/{played.campaign}", player=played.guest.id).json
    parent = shown["forked_from"]["campaign_id"]
    envelope = {"idempotency_key": f"{parent}/erase", "correlation_id": parent, "campaign_id": parent}
    about = invoke("campaign", "erase", {"envelope": envelope})["about"]
    invoke("chronicle", "erase", {"envelope": envelope, "about": about})

    assert about
    assert played.act("I look around")["number"] == 3


def test_however_late_and_often_events_come_they_bring_nothing_back(played: Played) -> None:
    played.erase()
    before = contents(played.game)

    played.remembers()
    played.lists()

    assert contents(played.game) == before


def test_a_list_that_is_built_anew_from_the_events_is_the_same(played: Played) -> None:
    played.erase()
    live = sorted(contents(played.game)["projection"])
    for item in played.game.dynamodb.scan(TableName="projection")["Items"]:
        played.game.dynamodb.delete_item(TableName="projection", Key={"pk": item["pk"], "sk": item["sk"]})

    played.lists()

    assert sorted(contents(played.game)["projection"]) == live
