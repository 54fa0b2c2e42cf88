"""Items that the gateway keeps go by themselves, or docs/privacy.md says why they stay."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from infra.constructs.player_pool import SESSION_LIFE as SESSION_LIFE_OF_THE_POOL
from services.gateway.adapters.connections import DynamoConnections
from services.gateway.adapters.guests import expired_guests
from services.gateway.adapters.items import item
from services.gateway.adapters.player_sockets import DynamoPlayerSockets
from services.gateway.adapters.spending import mark_spent
from services.gateway.application.accounts.expiry import ExpiryDependencies, erase_expired
from services.gateway.domain.accounts import GUEST_KEPT, SESSION_LIFE
from services.gateway.domain.limits import RateLimit
from services.gateway.domain.sockets import TicketHolder
from services.gateway.tests.exporting import begin
from services.gateway.tests.live import Live
from services.gateway.tests.player_client import JSON, TABLE, PlayerClient
from services.gateway.tests.test_accounts_mail import Holder
from services.gateway.tests.test_erasing import go_on
from tests.support.privacy_page import Held, read_page

ADAPTERS = Path(__file__).resolve().parents[1] / "adapters"
BEGINS_A_KEY = re.compile(r"([A-Z]{2,})(?:#|$)")
NO_KEYS = {"SS", "DIGEST", "SUCCEEDED", "REMOVE"}
"""AWS's names for a type of values, a kind of message, an end of a workflow and a deletion."""


def kind(item: dict[str, Any]) -> str:
    """`PLAYER KEY`: what its keys begin with. Of some collections the second part is a name."""
    pk, sk = (item[name]["S"].partition("#")[0] for name in ("pk", "sk"))
    return pk if pk in ("STREAM", "LIMIT", "REPORTS", "SPENT") else f"{pk} {sk}"


@pytest.fixture
def kept(game: PlayerClient) -> list[dict[str, Any]]:
    """Everything that the gateway writes, at least one of each kind."""
    game.campaign("bob")
    go_on(game, game.erase("bob").json["erasure_id"])
    live = Live(game)
    game.limit(turns=RateLimit(9, 60))
    holder = Holder(game)
    holder.verify(holder.code)
    campaign = game.campaign()
    live.subscribe(live.connect("tab", session="s"), campaign)
    live.ticket()
    live.happens(campaign, "e-1")
    turn = game.act(campaign).json["id"]
    game.resolve(game.workflow.started[-1])
    path = f"/v1/campaigns/{campaign}/turns/{turn}/reports"
    game.ask("POST", path, {"reason": "wrong"}, player="ada", headers={**JSON, "Idempotency-Key": "r"})
    begin(game)
    mark_spent(game.dynamodb, TABLE, game.clock.now().date())
    sockets = DynamoPlayerSockets(game.dynamodb, TABLE)
    sockets.end_session("s", game.clock.now())
    sockets.end_sessions("ada", game.clock.now())
    return game.items()


@pytest.fixture
def told() -> dict[str, Held]:
    """By the kind of an item of the gateway's table."""
    lines = [line for line in read_page() if "gateway/table-gateway" in line.where]
    return {kind.replace("#", ""): line for line in lines for kind in line.where if "/" not in kind}


def test_every_kind_of_item_has_a_line_and_every_line_an_item(
    kept: list[dict[str, Any]], told: dict[str, Held]
) -> None:
    assert {kind(each) for each in kept} == set(told)


def test_every_name_that_adapters_begin_a_key_with_is_in_the_page(told: dict[str, Held]) -> None:
    """So that an item which nothing here writes is not forgotten."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in ADAPTERS.glob("*.py")]
    constants = [node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    names = {found[1] for each in constants if isinstance(each, str) and (found := BEGINS_A_KEY.match(each))}

    assert names - NO_KEYS == {word for name in told for word in name.split()}


def test_an_item_without_an_end_has_a_reason_and_one_with_a_reason_has_no_end(
    kept: list[dict[str, Any]], told: dict[str, Held]
) -> None:
    assert {kind(each) for each in kept if "expires_at" not in each} == {name for name in told if told[name].stays}
    assert not [each for each in kept if "expires_at" in each and told[kind(each)].stays]


def _days(items: Iterable[dict[str, Any]], game: PlayerClient) -> dict[str, float]:
    now = game.clock.now().timestamp()
    return {kind(each): (int(each["expires_at"]["N"]) - now) / 86400 for each in items if "expires_at" in each}


def test_no_item_stays_longer_than_the_page_says(
    game: PlayerClient, kept: list[dict[str, Any]], told: dict[str, Held]
) -> None:
    most = {"minute": 1 / 1440, "minutes": 1 / 1440, "hours": 1 / 24, "day": 1, "days": 1}
    for name, days in _days(kept, game).items():
        number, unit = told[name].how_long.split()[:2]
        assert days <= int(number) * most[unit.strip(",;")] + 1e-6, name


def test_a_socket_that_ends_after_its_list_has_expired_leaves_nothing_that_never_would(game: PlayerClient) -> None:
    connections = DynamoConnections(game.dynamodb, TABLE)
    connections.open("tab", TicketHolder("ada", "s"), game.clock.now())
    game.dynamodb.delete_item(TableName=TABLE, Key=item({"pk": "PLAYER#ada", "sk": "SOCKETS"}))

    connections.forget("tab")

    assert game.items() == []


def removal_of(items: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The event of the table's stream for items that DynamoDB deleted."""
    keys = [{name: each[name] for name in ("pk", "sk")} for each in items]
    return {"Records": [{"eventName": "REMOVE", "dynamodb": {"Keys": each}} for each in keys]}


def expire(game: PlayerClient) -> list[tuple[str, str]]:
    """All guests' items expire. Returns whom it was begun to erase."""
    begun: list[tuple[str, str]] = []
    register = game.account_dependencies.register
    deps = ExpiryDependencies(register, lambda player, username: begun.append((player, username)))
    erase_expired(expired_guests(removal_of(game.items("GUEST#"))), deps)
    return begun


def test_a_guest_whom_nobody_can_come_back_as_is_erased(game: PlayerClient) -> None:
    guest = game.ask("POST", "/v1/guests", {}, player=None, headers=JSON).json["player_id"]
    [username] = game.cognito.users

    assert expire(game) == [(guest, username)]


def test_a_guest_who_became_an_account_stays(game: PlayerClient) -> None:
    Holder(game)

    assert expire(game) == []


def test_a_guest_is_kept_longer_than_any_session_of_theirs() -> None:
    assert SESSION_LIFE.total_seconds() == SESSION_LIFE_OF_THE_POOL.to_seconds()
    assert GUEST_KEPT > SESSION_LIFE
