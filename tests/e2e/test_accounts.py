"""Guests and accounts on the local cloud, with real tokens; and one player's story closed to another."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import httpx
import pytest

from ninelives.privacy.marks import texts_of
from services.gateway.domain.sockets import MOST_SOCKETS
from services.gateway.tests.every_route import every_route
from tests.support.cloud import Cloud
from tests.support.driving import Game
from tests.support.sockets import Refused, Socket
from tests.support.waiting import until

pytestmark = pytest.mark.cloud
PASSWORD = "Nine-lives-9"


class Visitor:
    """Somebody with a browser."""

    def __init__(self, cloud: Cloud) -> None:
        self.http = httpx.Client(base_url=cloud.stack["api_url"], timeout=30)

    def post(self, path: str, body: object = None, token: str | None = None, **more: str) -> httpx.Response:
        headers = {"idempotency-key": str(uuid4()), **({"authorization": f"Bearer {token}"} if token else {}), **more}
        return self.http.post(path, json=body, headers=headers)

    def ticket(self, token: str) -> str:
        return str(self.post("/v1/tickets", token=token).raise_for_status().json()["url"])

    def get(self, path: str, token: str | None = None) -> httpx.Response:
        return self.http.get(path, headers={"authorization": f"Bearer {token}"} if token else {})


def test_a_guest_keeps_the_campaign_as_an_account_and_plays_on_while_floods_of_guests_and_turns_are_refused(
    cloud: Cloud,
) -> None:
    visitor, email = Visitor(cloud), f"cat-{uuid4().hex}@example.org"
    guest = visitor.post("/v1/guests").raise_for_status().json()
    world = visitor.get("/v1/world").json()
    cat = {"character": {"name": "Ash", "class_id": world["classes"][0]["id"]}}
    campaign = visitor.post("/v1/campaigns", cat, guest["access_token"]).raise_for_status().json()["id"]

    weak = visitor.post("/v1/account", {"email": email, "password": "nine-lives-nine"}, guest["access_token"])
    account = visitor.post("/v1/account", {"email": email, "password": PASSWORD}, guest["access_token"])
    elsewhere = Visitor(cloud).post("/v1/sessions", {"email": email.upper(), "password": PASSWORD})
    renewed = visitor.post("/v1/sessions", {"refresh_token": guest["refresh_token"]})

    assert (weak.status_code, weak.json()["type"]) == (422, "/problems/password-too-weak")
    sessions = [each.raise_for_status().json() for each in (account, elsewhere, renewed)]
    assert {session["player_id"] for session in sessions} == {guest["player_id"]}
    assert not any(session["guest"] for session in sessions)
    assert all(session["expires_in"] == 15 * 60 for session in (guest, *sessions))
    assert all(visitor.get(f"/v1/campaigns/{campaign}", each["access_token"]).status_code == 200 for each in sessions)
    assert email not in str(cloud.items("gateway/gateway"))
    eve = visitor.post("/v1/guests").raise_for_status().json()["access_token"]
    hers = visitor.post("/v1/campaigns", cat, eve).raise_for_status().json()["id"]
    with (
        cloud.settings("gateway", "accounts", LIMITS="neighbouring-guests=2/3600 all-guests=1/86400", EDGE_KEY="edge"),
        cloud.settings("gateway", "api", LIMITS="turns=1/86400"),
        ThreadPoolExecutor() as pool,
    ):
        flood = pool.submit(lambda: [came_from(f"203.0.113.{host}", visitor) for host in range(1, 13)])
        turns = pool.submit(lambda: [waits(visitor, hers, eve) for _ in range(8)])
        played = waits(visitor, campaign, sessions[0]["access_token"], "I search this place")
        full, *_, refused = flood.result()
        back = visitor.post("/v1/sessions", {"email": email, "password": PASSWORD})
    assert (full.status_code, full.json()["type"], back.status_code) == (503, "/problems/guests-full", 200)
    assert 0 < int(full.headers["retry-after"]) <= 86400
    assert [each.status_code for each in flood.result()] == [503] * 2 + [429] * 10
    assert [each.status_code for each in turns.result()] == [200] + [429] * 7
    assert 0 < int(refused.headers["retry-after"]) <= 3600
    assert (played.status_code, played.json()["status"]) == (200, "resolved")
    mine, cat, told = _export(visitor, sessions[0]["access_token"], campaign)
    assert (mine["email"], mine["guest"], cat["id"]) == (email, False, campaign)
    assert [each["action"] for each in told] == ["I search this place"]


def waits(visitor: Visitor, campaign: str, token: str, action: str = "I wait") -> httpx.Response:
    """A turn that is waited for."""
    return visitor.post(f"/v1/campaigns/{campaign}/turns", {"action": action}, token, prefer="wait=20")


def came_from(address: str, visitor: Visitor) -> httpx.Response:
    """A guest who comes in by the web game's distribution, from this address."""
    return visitor.post("/v1/guests", **{"x-ninelives-edge": "edge", "x-forwarded-for": address})


def _export(visitor: Visitor, token: str, campaign: str) -> list[Any]:
    """The files of an archive on the account, a campaign and its turns, fetched by its link and nothing else."""
    asked = visitor.post("/v1/account/export", token=token).raise_for_status()
    ready = until(lambda: _ready(visitor.get(asked.headers["location"], token).json()), why="the archive")
    archive = httpx.get(ready["link"]).raise_for_status().content
    assert sha256(archive).hexdigest() == ready["sha256"]
    with ZipFile(BytesIO(archive)) as files:
        mine = (f"campaigns/{campaign}/{name}.json" for name in ("campaign", "turns"))
        return [json.loads(files.read(name)) for name in ("account.json", *mine)]


def _ready(export: dict[str, Any]) -> dict[str, Any] | None:
    return export if export["state"] == "ready" else None


def test_a_lost_password_is_replaced_by_a_code_from_the_mail(cloud: Cloud) -> None:
    visitor, email, other = Visitor(cloud), f"cat-{uuid4().hex}@example.org", "Other-lives-8"
    guest = visitor.post("/v1/guests").json()
    visitor.post("/v1/account", {"email": email, "password": PASSWORD}, guest["access_token"]).raise_for_status()

    asked = [visitor.post("/v1/password-resets", {"email": each}) for each in (email.upper(), f"no-{email}")]
    proof = {"code": _code_sent_to(email, cloud), "password": other}
    nobody = visitor.post("/v1/password-resets/confirmation", {"email": f"no-{email}", **proof})
    changed = visitor.post("/v1/password-resets/confirmation", {"email": email, **proof})

    assert [(each.status_code, each.content) for each in asked] == [(202, b"")] * 2
    assert (nobody.status_code, nobody.json()["type"]) == (422, "/problems/code-refused")
    assert (changed.status_code, changed.content) == (204, b"")
    assert visitor.post("/v1/sessions", {"email": email, "password": PASSWORD}).status_code == 401
    again = visitor.post("/v1/sessions", {"email": email, "password": other}).raise_for_status().json()
    assert again["player_id"] == guest["player_id"]


def test_whoever_signs_out_is_out_here_and_stays_in_elsewhere(cloud: Cloud) -> None:
    visitor, email = Visitor(cloud), f"cat-{uuid4().hex}@example.org"
    token = visitor.post("/v1/guests").json()["access_token"]
    elsewhere = visitor.post("/v1/account", {"email": email, "password": PASSWORD}, token).json()
    here = visitor.post("/v1/sessions", {"email": email, "password": PASSWORD}).json()
    line, far_line = (Socket(visitor.ticket(each["access_token"])) for each in (here, elsewhere))
    left = visitor.ticket(here["access_token"])

    out = [visitor.post("/v1/sessions/revocation", {"refresh_token": here["refresh_token"]}) for _ in range(2)]
    gone, stays = (visitor.post("/v1/sessions", {"refresh_token": each["refresh_token"]}) for each in (here, elsewhere))

    assert [each.status_code for each in out] == [204, 204]
    assert (gone.status_code, gone.json()["type"]) == (401, "/problems/session-expired")
    assert stays.status_code == 200
    with line, pytest.raises(Refused):
        line.next()
    with far_line:
        far_line.say({"type": "ping"})
        assert far_line.next()["type"] == "pong"
    with pytest.raises(Refused):
        Socket(left)


def test_a_guest_comes_in_by_the_access_token_alone_and_holds_ten_sockets_until_the_session_ends(
    cloud: Cloud,
) -> None:
    visitor = Visitor(cloud)
    guest = visitor.post("/v1/guests").raise_for_status().json()
    access, refresh = guest["access_token"], guest["refresh_token"]
    in_the_pool = {"UserPoolId": cloud.stack["user_pool_id"], "ClientId": cloud.stack["user_pool_client_id"]}
    signed = cloud.client("cognito-idp").admin_initiate_auth(
        **in_the_pool, AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters={"REFRESH_TOKEN": refresh}
    )["AuthenticationResult"]

    lines = [Socket(visitor.ticket(access)) for _ in range(MOST_SOCKETS + 2)]
    for gone in lines[:2]:
        with gone, pytest.raises(Refused):
            gone.next()
    for line in lines[2:]:
        line.say({"type": "ping"})
        assert line.next()["type"] == "pong"
    visitor.post("/v1/sessions/revocation", {"refresh_token": refresh}).raise_for_status()
    for line in lines[2:]:
        with line, pytest.raises(Refused):
            line.next()

    assert visitor.get("/v1/campaigns", signed["AccessToken"]).status_code == 200
    for other in (signed["IdToken"], refresh):
        tried = visitor.get("/v1/campaigns", other), visitor.post("/v1/tickets", token=other)
        assert [each.status_code for each in tried] == [401, 401]


def test_whoever_asks_to_be_erased_is_gone_with_all_that_was_played(cloud: Cloud) -> None:
    visitor, mark = Visitor(cloud), f"Whisker{uuid4().hex[:12]}"
    guest = visitor.post("/v1/guests").json()
    token = guest["access_token"]
    visitor.post("/v1/account", {"email": f"{mark}@example.org", "password": PASSWORD}, token).raise_for_status()
    cat = {"character": {"name": mark, "class_id": visitor.get("/v1/world").json()["classes"][0]["id"]}}
    campaign = visitor.post("/v1/campaigns", cat, token).raise_for_status().json()["id"]
    line = Socket(visitor.ticket(token))
    for action in (f"I search this place for {mark}", f"I wait for {mark}"):
        turn = {"action": action}
        visitor.post(f"/v1/campaigns/{campaign}/turns", turn, token, prefer="wait=20").raise_for_status()
    tables = [name for name in cloud.stack["tables"] if name != "audit/audit"]
    until(lambda: mark in lists_of(cloud), why="the list")
    until(lambda: campaign in str(cloud.items("chronicle/chronicle")), why="the chronicle")

    bearer = {"authorization": f"Bearer {token}"}
    begun = visitor.http.request("DELETE", "/v1/account", json={"confirm": "erase"}, headers=bearer)
    erasure = f"/v1/erasures/{begun.json()['erasure_id']}"
    until(lambda: visitor.get(erasure).json()["state"] == "done", why="the erasure")

    assert begun.status_code == 202
    assert visitor.get(f"/v1/campaigns/{campaign}", token).json()["type"] == "/problems/being-erased"
    assert visitor.post("/v1/sessions", {"refresh_token": guest["refresh_token"]}).status_code == 401
    with line, pytest.raises(Refused):
        line.next()
    until(lambda: mark not in lists_of(cloud), why="the list without it")
    holding = {name for name in tables for item in cloud.items(name) for text in texts_of(item) if mark in text}
    assert holding == set()


def lists_of(cloud: Cloud) -> str:
    """The rows of both tables of the lists: after a rebuild the one at the side is the live one."""
    return str([cloud.items(name) for name in ("campaign/projection", "campaign/projection-side")])


def _code_sent_to(email: str, cloud: Cloud) -> str:
    """The code that came by mail: the emulator keeps what it would have sent."""
    kept = httpx.get(f"{cloud.stack['endpoint_url']}/_ministack/ses/messages").raise_for_status().json()["messages"]
    return str([each["BodyText"] for sent in kept.values() for each in sent if each["To"] == [email]][-1].split()[-1])


def test_strangers_learn_nothing_at_the_door(cloud: Cloud) -> None:
    visitor, email = Visitor(cloud), f"cat-{uuid4().hex}@example.org"
    guest = visitor.post("/v1/guests").json()
    visitor.post("/v1/account", {"email": email, "password": PASSWORD}, guest["access_token"]).raise_for_status()

    wrong = visitor.post("/v1/sessions", {"email": email, "password": "Other-lives-8"})
    unknown = visitor.post("/v1/sessions", {"email": f"no-{email}", "password": PASSWORD})
    nothing = visitor.post("/v1/sessions", {"refresh_token": guest["access_token"]})
    no_bearer = visitor.get("/v1/campaigns", guest["refresh_token"])

    assert (wrong.status_code, wrong.content) == (unknown.status_code, unknown.content)
    assert wrong.json()["type"] == "/problems/sign-in-failed"
    assert (nothing.status_code, nothing.json()["type"]) == (401, "/problems/session-expired")
    assert (visitor.get("/v1/campaigns", guest["access_token"]).status_code, no_bearer.status_code) == (200, 401)
    assert all(answer.headers["cache-control"] == "no-store" for answer in (wrong, unknown, nothing))


def test_on_no_route_is_another_players_story_to_be_had(game: Game, cloud: Cloud) -> None:
    turn = game.act("I look around").id
    eve, before = Visitor(cloud), game.campaign()
    token = eve.post("/v1/guests").json()["access_token"]

    for case in every_route(game.campaign_id, turn):
        body = {"headers": {"idempotency-key": str(uuid4())}, "json": case.body}
        if case.of_a_campaign:
            theirs = {"authorization": f"Bearer {token}"}
            answer = eve.http.request(case.method, case.path, **body | {"headers": body["headers"] | theirs})
            assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found"), case
        if not case.public:
            assert eve.http.request(case.method, case.path, **body).status_code == 401, case

    assert game.campaign() == before


def test_a_page_of_another_origin_is_not_let_in(cloud: Cloud) -> None:
    asks = {"access-control-request-method": "POST"}
    address = cloud.stack["api_url"] + "/v1/campaigns"
    own = f"http://127.0.0.1:{cloud.home.port}"

    refused = httpx.options(address, headers={"origin": "https://evil.example", **asks})
    allowed = httpx.options(address, headers={"origin": own, **asks})

    assert refused.status_code == 403
    assert not [name for name in refused.headers if name.startswith("access-control")]
    assert allowed.headers["access-control-allow-origin"] == own
