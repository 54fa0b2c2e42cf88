"""Connections: who gets one, what it may listen to, what it is told, and how it ends."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from contracts.errors import Transient
from services.gateway.adapters.websocket_sender import WebSocketSender
from services.gateway.application.live.connections import MOST_CAMPAIGNS, MOST_MISSED_EVENTS
from services.gateway.domain.feed import MOST_LISTENERS
from services.gateway.domain.sockets import MOST_SOCKETS
from services.gateway.http import websocket
from services.gateway.http.websocket import MAX_BYTES
from services.gateway.tests import builders
from services.gateway.tests.cognito import session_of
from services.gateway.tests.live import Live
from services.gateway.tests.player_client import SOCKET, TABLE, PlayerClient
from services.gateway.tests.test_accounts import MAIL, PASSWORD, Guest, sign_in, sign_out
from services.gateway.tests.test_accounts_mail import Holder, forgot, recover


@pytest.fixture
def live(game: PlayerClient) -> Live:
    return Live(game)


def problem(said: list[dict[str, Any]]) -> str:
    (answer,) = said
    assert answer["type"] == "problem"
    return str(answer["problem"]["type"]).removeprefix("/problems/")


def test_a_ticket_says_where_to_connect_and_until_when(live: Live) -> None:
    answer = live.game.ask("POST", "/v1/tickets")

    ticket = answer.json
    assert (answer.status, answer.headers["Cache-Control"]) == (201, "no-store")
    assert ticket["url"] == f"{SOCKET}?ticket={ticket['ticket']}"
    assert ticket["expires_at"] == "2026-11-22T00:01:00Z"
    assert len(ticket["ticket"]) >= 43


def test_a_ticket_is_kept_only_as_its_hash(live: Live) -> None:
    ticket = live.ticket()

    stored = str(live.game.items())
    assert sha256(ticket.encode()).hexdigest() in stored
    assert ticket not in stored


def test_a_ticket_needs_a_caller(game: PlayerClient) -> None:
    assert game.ask("POST", "/v1/tickets", player=None).problem == "unauthenticated"


def test_no_ticket_is_given_for_a_huge_body(game: PlayerClient) -> None:
    assert game.ask("POST", "/v1/tickets", raw=b"x" * 16_385).problem == "too-large"


def test_a_ticket_opens_one_connection(live: Live) -> None:
    ticket = live.ticket()

    assert websocket.connect("first", ticket, live.deps) == 200
    assert websocket.connect("second", ticket, live.deps) == 401


def test_of_two_who_try_a_ticket_at_once_one_comes_in(live: Live) -> None:
    ticket = live.ticket()

    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda name: websocket.connect(name, ticket, live.deps), "abcd"))

    assert sorted(statuses) == [200, 401, 401, 401]


@pytest.mark.parametrize(("seconds", "status"), [(59, 200), (60, 401), (3600, 401)])
def test_a_ticket_is_good_for_a_minute(live: Live, seconds: int, status: int) -> None:
    ticket = live.ticket()
    live.later(seconds=seconds)

    assert websocket.connect("tab", ticket, live.deps) == status


@pytest.mark.parametrize("ticket", [None, "", "nonsense", "x" * 10_000])
def test_nobody_connects_without_a_ticket(live: Live, ticket: str | None) -> None:
    assert websocket.connect("tab", ticket, live.deps) == 401
    assert not live.game.items()


def test_a_ping_is_answered(live: Live) -> None:
    assert live.say(live.connect("tab"), {"type": "ping"}) == [{"v": 1, "type": "pong"}]


def test_a_subscription_says_how_far_the_story_is_and_tells_what_was_missed(live: Live) -> None:
    campaign = live.game.campaign()
    live.happens(campaign, "a", "b", "c")

    answer, *events = live.subscribe(live.connect("tab"), campaign, after_sequence=1)

    assert (answer["type"], answer["campaign_id"], answer["last_sequence"]) == ("subscribed", campaign, 3)
    assert [each["event"]["id"] for each in events] == ["b", "c"]


def test_a_subscription_without_a_place_hears_what_comes(live: Live) -> None:
    campaign = live.game.campaign()
    live.happens(campaign, "a")

    (answer,) = live.subscribe(live.connect("tab"), campaign)
    live.happens(campaign, "b")

    assert answer["last_sequence"] == 1
    assert live.list_heard("tab") == [2]


def test_no_more_is_told_at_once_than_the_rest_can_be_asked_for(live: Live) -> None:
    campaign = live.game.campaign()
    live.happens(campaign, *(f"e-{number}" for number in range(MOST_MISSED_EVENTS + 2)))

    answer, *events = live.subscribe(live.connect("tab"), campaign, after_sequence=0)

    assert answer["last_sequence"] == MOST_MISSED_EVENTS + 2
    assert len(events) == MOST_MISSED_EVENTS


def test_an_event_between_subscribing_and_reading_is_not_lost(live: Live) -> None:
    campaign = live.game.campaign()
    live.connect("tab")
    subscribe = live.deps.connections.subscribe

    def meanwhile(*asked: Any) -> None:
        subscribe(*asked)
        live.happens(campaign, "a")

    live.deps.connections.subscribe = meanwhile  # type: ignore[method-assign]
    live.subscribe("tab", campaign, after_sequence=0)

    assert set(live.list_heard("tab")) == {1}


def test_every_tab_hears_and_other_campaigns_do_not_sound_in(live: Live) -> None:
    mine, other = live.game.campaign(), live.game.campaign()
    for tab in ("one", "two"):
        live.subscribe(live.connect(tab), mine)

    live.happens(mine, "a")
    live.happens(other, "b")

    assert (live.list_heard("one"), live.list_heard("two")) == ([1], [1])


@pytest.mark.parametrize("campaign", ["hers", "missing"])
def test_another_players_campaign_is_not_there(live: Live, campaign: str) -> None:
    wanted = live.game.campaign("eve") if campaign == "hers" else builders.CAMPAIGN_ID
    live.connect("tab")

    assert problem(live.subscribe("tab", wanted, after_sequence=0)) == "not-found"
    live.happens(wanted, "a")
    assert live.list_heard("tab") == []


def test_who_is_not_connected_cannot_subscribe(live: Live) -> None:
    assert problem(live.subscribe("nobody", live.game.campaign())) == "not-found"


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("", "malformed-json"),
        ("{", "malformed-json"),
        ("[" * 20_000, "malformed-json"),
        ("3", "unknown-message"),
        ("null", "unknown-message"),
        ({"type": "shout"}, "unknown-message"),
        ({"type": "subscribe"}, "unknown-message"),
        ({"type": "subscribe", "campaign_id": "c_x"}, "unknown-message"),
        ({"type": "subscribe", "campaign_id": builders.CAMPAIGN_ID, "after_sequence": -1}, "unknown-message"),
        ({"type": "subscribe", "campaign_id": builders.CAMPAIGN_ID, "after_sequence": "1"}, "unknown-message"),
        ({"type": "subscribe", "campaign_id": builders.CAMPAIGN_ID, "owner": "eve"}, "unknown-message"),
        ("x" * (MAX_BYTES + 1), "too-large"),
        ("\u2026" * (MAX_BYTES // 2), "too-large"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_is_no_message_is_answered_and_the_connection_stays(live: Live, message: Any, answer: str) -> None:
    live.connect("tab")

    assert problem(live.say("tab", message)) == answer
    assert live.say("tab", {"type": "ping"})[0]["type"] == "pong"


def test_a_connection_listens_to_a_bounded_number_of_campaigns(live: Live) -> None:
    live.connect("tab")
    campaigns = [live.game.campaign() for _ in range(MOST_CAMPAIGNS + 1)]

    answers = [live.subscribe("tab", campaign) for campaign in campaigns]

    assert [each[0]["type"] for each in answers[:-1]] == ["subscribed"] * MOST_CAMPAIGNS
    assert problem(answers[-1]) == "too-many-campaigns"
    assert live.subscribe("tab", campaigns[0])[0]["type"] == "subscribed"


def test_an_event_is_pushed_to_a_bounded_number_of_connections(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.gateway.application.live.connections.MOST_SOCKETS", 2 * MOST_LISTENERS)
    campaign = live.game.campaign()
    tabs = [live.connect(f"tab-{number:02}") for number in range(MOST_LISTENERS + 1)]
    for tab in tabs:
        live.subscribe(tab, campaign)

    live.happens(campaign, "a")

    assert sum(bool(live.list_heard(tab)) for tab in tabs) == MOST_LISTENERS


def test_nothing_is_left_of_a_connection_that_ended(live: Live) -> None:
    campaign = live.game.campaign()
    before = keys(live)
    live.subscribe(live.connect("tab"), campaign)

    assert websocket.disconnect("tab", live.deps) == 200
    assert keys(live) == before


def test_a_connection_that_ends_while_it_subscribes_is_not_written_anew(live: Live) -> None:
    campaign = live.game.campaign()
    live.connect("tab")
    websocket.disconnect("tab", live.deps)
    before = keys(live)

    live.deps.connections.subscribe("tab", campaign, live.deps.now())

    assert keys(live) == before


def test_nothing_is_left_of_a_connection_that_is_found_gone(live: Live) -> None:
    campaign = live.game.campaign()
    live.subscribe(live.connect("there"), campaign)
    live.happens(campaign, "a")
    before = keys(live)
    live.subscribe(live.connect("gone"), campaign)
    live.lines.gone.add("gone")

    live.happens(campaign, "b")

    assert live.list_heard("there") == [1, 2]
    assert {pk for pk, _ in keys(live) - before} == {f"FEED#{campaign}"}


def test_whoever_opens_one_socket_too_many_loses_the_oldest(live: Live) -> None:
    campaign = live.game.campaign()
    tabs = []
    for number in range(MOST_SOCKETS + 2):
        tabs.append(live.connect(f"tab-{number % 7}-{number}"))
        live.later(seconds=1)
        live.subscribe(tabs[-1], campaign)
    live.connect("hers", "eve")

    live.happens(campaign, "a")

    assert live.lines.gone == set(tabs[:2])
    assert [live.list_heard(tab) for tab in tabs] == [[]] * 2 + [[1]] * MOST_SOCKETS
    assert not [pk for pk, _ in keys(live) if pk in {f"SOCKET#{tab}" for tab in tabs[:2]}]


def test_a_socket_that_ended_makes_room_for_another(live: Live) -> None:
    for number in range(MOST_SOCKETS):
        live.connect(f"tab-{number}")
    websocket.disconnect("tab-3", live.deps)

    live.connect("another")

    assert not live.lines.gone


def test_signing_out_closes_the_sockets_of_the_session_and_no_others(live: Live) -> None:
    game = live.game
    guest = Guest(game)
    guest.upgrade()
    here, elsewhere = (sign_in(game, email=MAIL, password=PASSWORD).json["refresh_token"] for _ in range(2))
    for tab, refresh in (("one", here), ("two", here), ("phone", elsewhere)):
        live.connect(tab, guest.id, session_of(refresh))
    live.connect("hers", "eve", session_of(here))
    left = live.ticket(guest.id, session_of(here))

    assert sign_out(game, here).status == 204

    assert game.closed == ["one", "two"]
    assert websocket.connect("late", left, live.deps) == 401
    assert not [pk for pk, _ in keys(live) if pk == "SOCKET#late"]
    assert websocket.connect("tablet", live.ticket(guest.id, session_of(elsewhere)), live.deps) == 200


def test_a_session_whose_socket_cannot_be_closed_is_ended_by_asking_again(live: Live) -> None:
    game = live.game
    guest = Guest(game)
    guest.upgrade()
    refresh = sign_in(game, email=MAIL, password=PASSWORD).json["refresh_token"]
    campaign = game.campaign(guest.id)
    live.subscribe(live.connect("tab", guest.id, session_of(refresh)), campaign)
    game.stays.add("tab")

    with pytest.raises(Transient):
        sign_out(game, refresh)
    live.happens(campaign, "afterwards")
    game.stays.clear()

    assert live.list_heard("tab") == []
    assert sign_out(game, refresh).status == 204
    assert sign_in(game, refresh_token=refresh).status == 401


def test_a_new_password_closes_every_socket_of_the_player(live: Live) -> None:
    game = live.game
    holder = Holder(game)
    holder.verify(holder.code)
    session = session_of(sign_in(game, email=MAIL, password=PASSWORD).json["refresh_token"])
    live.connect("tab", holder.id, session)
    live.connect("hers", "eve")
    left = live.ticket(holder.id, session)
    forgot(game)

    assert recover(game, holder.code).status == 204

    assert game.closed == ["tab"]
    assert websocket.connect("late", left, live.deps) == 401


def test_what_is_kept_of_a_connection_expires_when_it_must_have_ended(live: Live) -> None:
    live.subscribe(live.connect("tab"), live.game.campaign())

    of_sockets = [item for item in live.game.items() if "SOCKET#" in item["pk"]["S"] or item["sk"]["S"] == "LISTENERS"]
    until = int(builders.NOW.timestamp()) + 2 * 3600 + 600
    assert [int(item["expires_at"]["N"]) for item in of_sockets] == [until] * 2


def test_a_listener_that_came_back_too_late_is_taken_out_when_it_is_found_gone(live: Live) -> None:
    campaign = live.game.campaign()
    live.connect("tab")
    live.deps.connections.subscribe("tab", campaign, builders.NOW)
    live.game.dynamodb.delete_item(TableName=TABLE, Key={"pk": {"S": "SOCKET#tab"}, "sk": {"S": "META"}})
    live.lines.gone.add("tab")

    live.happens(campaign, "a")

    assert live.deps.connections.listeners(campaign, 5) == []


class Posting:
    """A management client whose calls end like this."""

    def __init__(self, ending: Exception | None) -> None:
        self.ending = ending

    def post_to_connection(self, *, ConnectionId: str, Data: bytes) -> None:
        if self.ending:
            raise self.ending

    def delete_connection(self, *, ConnectionId: str) -> None:
        self.post_to_connection(ConnectionId=ConnectionId, Data=b"")


def refusal(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "secret"}}, "PostToConnection")


@pytest.mark.parametrize(
    ("ending", "there", "noticed"),
    [
        (None, True, []),
        (refusal("GoneException"), False, []),
        (refusal("LimitExceededException"), True, ["not pushed: LimitExceededException"]),
        (ReadTimeoutError(endpoint_url="x"), True, ["not pushed: ReadTimeoutError"]),
    ],
    ids=["sent", "gone", "busy", "silent"],
)
def test_only_a_connection_that_is_gone_is_given_up(ending: Exception | None, there: bool, noticed: list[str]) -> None:
    notices: list[str] = []

    assert WebSocketSender(lambda: Posting(ending), notices.append).send("tab", "hello") is there
    assert notices == noticed


@pytest.mark.parametrize(
    ("ending", "noticed"),
    [
        (None, []),
        (refusal("GoneException"), []),
        (refusal("LimitExceededException"), ["not closed: LimitExceededException"]),
        (ReadTimeoutError(endpoint_url="x"), ["not closed: ReadTimeoutError"]),
    ],
    ids=["closed", "gone", "busy", "silent"],
)
def test_a_connection_that_cannot_be_closed_is_noticed(ending: Exception | None, noticed: list[str]) -> None:
    notices: list[str] = []

    WebSocketSender(lambda: Posting(ending), notices.append).close("tab")

    assert notices == noticed


def keys(live: Live) -> set[tuple[str, str]]:
    """Places in the table; the set of a player's sockets may stay behind, empty, until it expires."""
    return {(item["pk"]["S"], item["sk"]["S"]) for item in live.game.items() if item["sk"]["S"] != "SOCKETS"}
