"""A guest comes in without an account and plays on when its token has expired."""

from __future__ import annotations

import json

import httpx

from contracts.playerapi import Session
from ninelives.game.guest import guest

WORLD = {"title": "Unauthorized", "detail": "expired", "status": 401, "type": "about:blank"}


class AccountsApi:
    """An API whose tokens are good for one request each."""

    def __init__(self) -> None:
        self.spent: set[str] = set()
        self.asked: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        if request.url.path == "/v1/guests":
            return self._session("first", "stays")
        if request.url.path == "/v1/sessions":
            assert json.loads(request.content) == {"refresh_token": "stays"}
            return self._session(f"token {len(self.asked)}", None)
        token = request.headers["authorization"]
        if token in self.spent:
            return httpx.Response(401, json=WORLD)
        self.spent.add(token)
        return httpx.Response(200, json={"items": []})

    @staticmethod
    def _session(token: str, refresh: str | None) -> httpx.Response:
        session = Session(
            player_id="p_" + "a" * 26, guest=True, access_token=token, expires_in=900, refresh_token=refresh
        )
        return httpx.Response(200, content=session.model_dump_json())


def test_a_guest_whose_token_has_expired_gets_the_next_one_and_is_the_same_guest() -> None:
    api = AccountsApi()
    player = guest("https://game.example/", httpx.MockTransport(api))

    for _ in range(3):
        assert player.campaigns().items == ()

    assert api.asked.count("/v1/guests") == 1
    assert api.asked.count("/v1/sessions") == 2
