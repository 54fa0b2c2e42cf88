"""A player's client of the gateway API: keys on every write, patience with limits, problems as exceptions."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import uuid4

import httpx

from contracts.envelope import Value
from contracts.playerapi import (
    AccountExport,
    Campaign,
    CampaignPage,
    Dice,
    Erasure,
    Problem,
    Report,
    Session,
    Turn,
    World,
)
from ninelives.terminal import plain_values

Body = TypeVar("Body", bound=Value)

WAIT_SECONDS = 20
"""Seconds that one request may wait for its turn (the API's own limit)."""

GLANCE_SECONDS = 1
"""The same for who wants to hear the story while it is told."""

PATIENCE_SECONDS = 15 * 60
"""Seconds for which to ask for a turn: past the deadline that closes any turn."""

TRIES = 4


class RequestRefused(Exception):
    """The API said no, and why; `wait`: after how many seconds to ask again, where it says."""

    def __init__(self, problem: Problem, wait: int | None = None) -> None:
        super().__init__(problem.detail)
        self.problem = problem
        self.wait = wait


class Unreachable(Exception):
    """Nobody answers at this address."""


class Player:
    """One player at one API. `token` is asked before each request; `renew`, if there is one, makes it give another.

    A token that has expired is renewed once and the same request sent again: under the same key, so it counts once.
    """

    def __init__(
        self,
        base_url: str,
        token: Callable[[], str] | None,
        transport: httpx.BaseTransport | None = None,
        pause: Callable[[float], None] = time.sleep,
        renew: Callable[[], None] | None = None,
    ) -> None:
        self._token = token
        self._renew = renew
        self._pause = pause
        self._http = httpx.Client(
            base_url=base_url, timeout=httpx.Timeout(WAIT_SECONDS + 15, connect=5), transport=transport
        )

    def come_in(self) -> Session:
        """Tokens of a new guest. Needs no token."""
        return self._write("/v1/guests", {}, Session, None, 0)

    def renew(self, refresh_token: str) -> Session:
        """The next token of a session. Needs no token."""
        return self._write("/v1/sessions", {"refresh_token": refresh_token}, Session, None, 0)

    def world(self) -> World:
        return self._read("/v1/world", World)

    def campaigns(self) -> CampaignPage:
        return self._read("/v1/campaigns?limit=20", CampaignPage)

    def campaign(self, campaign_id: str) -> Campaign:
        return self._read(f"/v1/campaigns/{campaign_id}", Campaign)

    def turn(self, campaign_id: str, turn_id: str, wait: int = WAIT_SECONDS) -> Turn:
        return self._read(f"/v1/campaigns/{campaign_id}/turns/{turn_id}", Turn, wait)

    def dice(self, campaign_id: str, after_turn: int = 0) -> Dice:
        """A page of what was rolled in the turns after this one."""
        return self._read(f"/v1/campaigns/{campaign_id}/dice?after_turn={after_turn}&limit=100", Dice)

    def start(self, name: str, class_id: str, key: str | None = None, content: str | None = None) -> Campaign:
        """Create a campaign, at the usual level of content unless another is asked for."""
        body = {"character": {"name": name, "class_id": class_id}, **({"content": content} if content else {})}
        return self._write("/v1/campaigns", body, Campaign, key=key)

    def act(
        self, campaign_id: str, action: str, key: str | None = None, told: Callable[[str], None] | None = None
    ) -> Turn:
        """Play a turn and wait for its end. The same `key` again is the same turn, whatever the network did.

        `told` hears the beginning of the story, all of it so far, about once a second while a model tells it.
        """
        wait = GLANCE_SECONDS if told else WAIT_SECONDS
        turn = self._write(f"/v1/campaigns/{campaign_id}/turns", {"action": action}, Turn, key, wait)
        until = time.monotonic() + PATIENCE_SECONDS
        while turn.status not in ("resolved", "failed") and time.monotonic() < until:
            if told and turn.told:
                told(turn.told)
            turn = self.turn(campaign_id, turn.id, wait)
        return turn

    def report(self, campaign_id: str, turn_id: str, reason: str) -> Report:
        """Report the story of a turn; a second report of it gets the first one."""
        path = f"/v1/campaigns/{campaign_id}/turns/{turn_id}/reports"
        return self._write(path, {"reason": reason}, Report, None)

    def begin_export(self) -> AccountExport:
        """Everything the API can tell about the player; the one that is being made, if there is one."""
        return self._write("/v1/account/export", {}, AccountExport, None, 0)

    def find_export(self, export_id: str) -> AccountExport:
        return self._read(f"/v1/account/export/{export_id}", AccountExport)

    def erase(self) -> Erasure:
        """Erase the player, for good. Asked again it is the same erasure."""
        return self._ask("DELETE", "/v1/account", Erasure, headers={}, json={"confirm": "erase"})

    def find_erasure(self, erasure_id: str) -> Erasure:
        return self._read(f"/v1/erasures/{erasure_id}", Erasure)

    def _read(self, path: str, kind: type[Body], wait: int = 0) -> Body:
        return self._ask("GET", path, kind, headers={"prefer": f"wait={wait}"} if wait else {})

    def _write(
        self, path: str, body: dict[str, Any], kind: type[Body], key: str | None, wait: int = WAIT_SECONDS
    ) -> Body:
        headers = {"idempotency-key": key or str(uuid4()), "prefer": f"wait={wait}"}
        return self._ask("POST", path, kind, headers=headers, json=body)

    def _ask(self, method: str, path: str, kind: type[Body], headers: dict[str, str], json: Any = None) -> Body:
        """One request, again after a dropped connection or a 5xx: every write carries its key, so that is safe."""
        renewed = False
        for attempt in range(TRIES):
            try:
                answer = self._http.request(method, path.lstrip("/"), headers=self._sign(headers), json=json)
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code == 401 and self._renew and not renewed:
                self._renew()
                renewed = True
                continue
            if answer is not None and answer.status_code < 500:
                return self._body(answer, kind)
            self._pause(0.25 * 2**attempt)
        if answer is None:
            raise Unreachable(f"Nobody answers at {self._http.base_url}. `make up` starts the local cloud.")
        return self._body(answer, kind)

    def _sign(self, headers: dict[str, str]) -> dict[str, str]:
        return {**headers, "authorization": f"Bearer {self._token()}"} if self._token else headers

    @staticmethod
    def _body(answer: httpx.Response, kind: type[Body]) -> Body:
        if answer.is_success:
            return _read_plain(answer, kind)
        try:
            problem = _read_plain(answer, Problem)
        except ValueError:
            problem = Problem(
                type="about:blank",
                title=answer.reason_phrase or "Error",
                status=answer.status_code,
                detail=f"The API answered {answer.status_code}.",
            )
        wait = answer.headers.get("retry-after", "")
        raise RequestRefused(problem, int(wait) if wait.isdecimal() else None)


def _read_plain(answer: httpx.Response, kind: type[Body]) -> Body:
    """Read an answer to be shown in a terminal. It may hold words of players and models: all of it is made plain
    here."""
    return kind.model_validate_json(json.dumps(plain_values(answer.json())))
