"""Dice come page by page, from a file or from the API, and only a complete set proves anything."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from contracts.playerapi import Dice
from infra.errors import UserError
from ninelives.game.client import Player
from ninelives.ops.proof.pages import complete, fetch_pages, merge_pages, read
from tests.ops.proof.stored_campaign import CAMPAIGN, StoredCampaign, page

Content = dict[str, Any]


def write(directory: Path, content: Any) -> Path:
    path = directory / "dice.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_one_body_and_a_list_of_bodies_are_the_same_dice(tmp_path: Path, sample: Content) -> None:
    halves = [{**sample, "turns": sample["turns"][:4], "next_after": 4}, {**sample, "turns": sample["turns"][4:]}]

    assert merge_pages(read(write(tmp_path, sample))) == merge_pages(read(write(tmp_path, halves[::-1])))


def test_a_page_that_is_missing_is_named(tmp_path: Path, sample: Content) -> None:
    first = {**sample, "turns": sample["turns"][:4], "next_after": 4}

    with pytest.raises(UserError, match="after_turn=4"):
        read(write(tmp_path, first))


def test_pages_of_different_campaigns_prove_nothing(tmp_path: Path, sample: Content) -> None:
    other = {**sample, "campaign_id": "c_" + "b" * 26}

    with pytest.raises(UserError, match="different campaigns"):
        read(write(tmp_path, [sample, other]))


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", "7", '"dice"', "{}", "[[]]", "[" * 5_000, '{"campaign_id": "c_x"}', "\udcff\udcfe"],
)
def test_what_holds_no_dice_is_unusable_in_one_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "dice.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))

    with pytest.raises(UserError) as refused:
        read(path)
    assert "\n" not in str(refused.value)


def test_a_file_that_cannot_be_read_is_unusable(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.json"):
        with pytest.raises(UserError):
            read(path)


def test_what_a_later_version_adds_is_no_obstacle(tmp_path: Path, sample: Content) -> None:
    newer = {**sample, "pool": [], "turns": [{**turn, "place": "pier"} for turn in sample["turns"]]}

    assert read(write(tmp_path, newer)) == read(write(tmp_path, sample))


def test_a_server_that_leads_in_circles_is_left(sample: Content) -> None:
    def circling(after_turn: int) -> Dice:
        return Dice.model_validate({**sample, "next_after": 3})

    with pytest.raises(UserError, match="leads back"):
        fetch_pages(circling)


def test_a_client_of_the_api_gets_every_page(campaign: StoredCampaign) -> None:
    for _ in range(5):
        campaign.turn([("attack", {"target": "gull"})])
    asked: list[str] = []

    def serve(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.raw_path.decode())
        body = page(campaign.store, int(request.url.params["after_turn"]), limit=2)
        return httpx.Response(200, text=body.model_dump_json())

    player = Player("http://api/", lambda: "token", httpx.MockTransport(serve))

    assert fetch_pages(partial(player.dice, CAMPAIGN)) == campaign.dice(2)
    assert asked == [f"/v1/campaigns/{CAMPAIGN}/dice?after_turn={after}&limit=100" for after in (0, 2, 4)]


def test_a_seed_that_became_public_between_two_pages_counts(campaign: StoredCampaign, sample: Content) -> None:
    running = Dice.model_validate({**sample, "turns": sample["turns"][:2], "next_after": 2, "seed": None})
    ended = Dice.model_validate({**sample, "turns": sample["turns"][2:]})

    assert merge_pages(complete((ended, running))) == Dice.model_validate(sample)
