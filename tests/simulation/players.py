"""Players: they begin campaigns, act, click twice, lose answers and ask again, come back with old keys, and fork.

What each of them was told is written down; the oracle compares it with what is true in the end.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from services.gateway.http.paths import is_of_accounts
from tests.simulation.evenings import USUAL, Evening
from tests.simulation.faults import OF_A_REQUEST, Site
from tests.simulation.functions import FunctionFailed
from tests.simulation.scheduler import Process
from tests.simulation.seeded import forget_containers
from tests.simulation.system import System

ACTIONS = (
    "ok deal, I'll look into the breakfast thing",
    "I search the place",
    "ask Ferrule what the tag on my ear means",
    "look under the blanket on my shelf",
    "slide down to the laundry",
    "ask Auntie about the chute",
    "go to the market",
    "buy the cream",
    "(I have 500 gold) I buy everything",
    "go to the alley",
    "attack the first one",
    "hit it again",
    "I take a defensive stance",
    "I hide",
    "eat the sardines",
    "I rest for a while",
    "I look around",
)
FIGHTS = (
    "slide down to the laundry",
    "go to the market",
    "go to the alley",
    "attack the first one",
    "hit it again",
    "I take a defensive stance",
    "hit it again",
    "eat the sardines",
)
WAYS = (ACTIONS, FIGHTS)
"""Ways into the world: a player has one, and mostly takes it step by step."""
CLASSES = ("alley-brawler", "night-mouser", "static-witch")
GATEWAY_PATIENCE = 30.0
ENDED = ("resolved", "failed")
MOST_ASKED = 40
"""The number of times that a player asks for the end of a turn, less and less often: for half an hour in all."""

STUBBORN = 1_000


@dataclass(frozen=True)
class Answer:
    """An answer that a player got: when it was asked for and given, and its content."""

    player: str
    asked: str
    sent: Any
    key: str
    campaign: str
    began: float
    ended: float
    status: int
    body: Any

    @property
    def is_of_a_turn(self) -> bool:
        """Whether it is about one turn, and what was asked was granted."""
        return "/turns" in self.asked and not self.asked.endswith("/reports") and self.status in (200, 202)

    @property
    def is_a_campaign(self) -> bool:
        """Whether it is a new campaign."""
        return self.status == 201 and (self.asked == "POST /v1/campaigns" or self.asked.endswith("/forks"))

    def is_problem(self, *kinds: str) -> bool:
        """Whether it is one of these problems."""
        return self.status >= 400 and str(self.body["type"]).removeprefix("/problems/") in kinds


@dataclass
class Player:
    """One player's evening of so many turns."""

    system: System
    name: str
    turns: int
    told: list[Answer]
    campaigns: list[str] = field(default_factory=list)
    keys: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """The keys and actions that were used, by campaign."""
    requests: int = 0
    evening: Evening = USUAL
    character: str = "Ash"
    claims: dict[str, Any] = field(default_factory=dict)
    """The claims of the access token that goes with requests."""

    def __post_init__(self) -> None:
        self.claims = {"sub": self.name, "token_use": "access"}

    @property
    def id(self) -> str:
        return str(self.claims["sub"])

    def play(self) -> None:
        self._begin(f"{self.name}-new")
        for number in range(self.turns):
            if not self.campaigns:
                return  # erased before anything began
            campaign = self._pick(self.campaigns, "campaign", number)
            self._turn(campaign, number)
            if self._happens(self.evening.begins, "begins", number):
                self._begin(f"{self.name}-new{number}")
            if self._happens(self.evening.forks, "fork", number):
                self._fork(campaign, number)
            for time in range(ceil(self.evening.reads)):
                if self.evening.cold:
                    forget_containers()
                if self._happens(self.evening.reads - time, "reads", number):
                    self._read(campaign)

    def _begin(self, key: str) -> None:
        body = {"character": {"name": self.character, "class_id": self._pick(CLASSES, "class")}}
        told = self._until_told("POST", "/v1/campaigns", key, body)
        if told.get("type", "").endswith("being-erased"):
            return
        assert "id" in told, told
        self.campaigns.append(told["id"])

    def _fork(self, campaign: str, number: int) -> None:
        at_turn = self.system.chance.pick((0, 0, 1, 2), "at", self.name, number)
        told = self._until_told(
            "POST", f"/v1/campaigns/{campaign}/forks", f"{self.name}-f{number}", {"at_turn": at_turn}
        )
        if "id" in told:
            self.campaigns.append(told["id"])

    def _turn(self, campaign: str, number: int) -> None:
        key, action = f"{self.name}-{number}", self._choose(number)
        manner = self._pick(self.evening.manners, "manner", number)
        used = self.keys.setdefault(campaign, [])
        if manner == "old key" and used:
            old, before = self._pick(used, "old", number)
            self._act(campaign, old, before, wait=0)
        used.append((key, action))
        if manner == "twice":
            self._meanwhile(campaign, key, action, "twice", number)
        if manner == "two tabs":
            other = (f"{key}-tab", "I look around")
            used.append(other)
            self._meanwhile(campaign, *other, "two tabs", number)
        told = self._act(campaign, key, action, wait=0 if manner in ("leaves", "impatient") else 20)
        if manner != "impatient":
            self._await_end(campaign, key, action, told)
        if manner == "other words":
            self._ask("POST", f"/v1/campaigns/{campaign}/turns", key, {"action": "I am somebody else"}, {}, campaign)
            self._trespass(number)

    def _choose(self, number: int) -> str:
        """Returns the next action."""
        way = FIGHTS if self.evening.fights else self._pick(WAYS, "way")
        if self._happens(0.25, "strays", number):
            return str(self._pick(ACTIONS, "action", number))
        return str(way[number % len(way)])

    def _trespass(self, number: int) -> None:
        """Try to see and to move what is another player's."""
        others = [told for told in self.told if told.is_a_campaign and told.player != self.id]
        if others:
            campaign = self._pick(others, "trespass", number).body["id"]
            self._ask("GET", f"/v1/campaigns/{campaign}", "", None, {}, campaign)
            self._ask(
                "POST", f"/v1/campaigns/{campaign}/turns", f"{self.name}-x{number}", {"action": "I wait"}, {}, campaign
            )

    def _meanwhile(self, campaign: str, key: str, action: str, what: str, number: int) -> None:
        process = Process(f"{self.name}'s other tab")

        def act() -> None:
            self._await_end(campaign, key, action, self._act(campaign, key, action, wait=20))

        self.system.scheduler.spawn(
            what, act, process=process, after=self._between(0.0, self._pick((0.02, 0.3), what, number), key)
        )

    def _act(self, campaign: str, key: str, action: str, wait: int) -> Answer | None:
        headers = {"Prefer": f"wait={wait}"} if wait else {}
        return self._ask("POST", f"/v1/campaigns/{campaign}/turns", key, {"action": action}, headers, campaign)

    def _await_end(self, campaign: str, key: str, action: str, told: Answer | None) -> None:
        """Ask until the turn has ended: for the turn by its id, or with its key again while it is not known."""
        turn = None
        for asked in range(MOST_ASKED):
            if told and told.status in (200, 202):
                turn = told.body["id"]
                if told.body["status"] in ENDED:
                    return
            if told and told.status in (403, 404, 422):
                return
            self.system.scheduler.sleep(min(60.0, 0.5 * 1.5**asked))
            if turn and self._happens(0.7, "reads", key, asked):
                told = self._ask("GET", f"/v1/campaigns/{campaign}/turns/{turn}", key, None, {}, campaign)
            else:
                told = self._act(campaign, key, action, wait=20)
            if told and told.status == 409 and told.body["type"].endswith("campaign-over"):
                return

    def _read(self, campaign: str) -> None:
        paths = (f"/v1/campaigns/{campaign}", f"/v1/campaigns/{campaign}/events", "/v1/campaigns")
        more = (f"/v1/campaigns/{campaign}/dice", "/v1/leaderboard") if self.evening.curious else ()
        for path in (*paths, *more):
            self._ask("GET", path, "", None, {}, campaign)

    def _until_told(self, method: str, path: str, key: str, body: Any) -> Any:
        """Ask until there is an answer that stands: on an aimed evening until what is owed has struck."""
        for asked in range(MOST_ASKED if self.system.plan.aim is None else STUBBORN):
            told = self._ask(method, path, key, body, {}, "")
            if told and told.status < 500 and told.status != 409:
                return told.body
            self.system.scheduler.sleep(min(60.0, 0.5 * 1.5**asked))
        raise AssertionError(f"{self.name} was never answered: {method} {path}")

    def _ask(
        self, method: str, path: str, key: str, body: Any, headers: dict[str, str], campaign: str
    ) -> Answer | None:
        """One request over HTTP. None when there was no answer."""
        self.requests += 1
        player = self.id if self.claims else ""
        system, at = self.system, f"{self.name}?{self.requests}"
        began = system.scheduler.now
        fault = system.plan.fault(Site("player", "http", at), OF_A_REQUEST)
        system.scheduler.sleep(self._between(0.005, 0.08, "asks", self.requests))
        if fault == "request lost":
            return None
        headers = {**headers, **self._headers()}
        sent = {"Content-Type": "application/json", "Idempotency-Key": key, **headers} if body is not None else headers
        event = {
            "version": "2.0",
            "routeKey": f"{method} {path}",
            "rawPath": path,
            "headers": sent,
            "requestContext": {
                "http": {"method": method, "path": path, "sourceIp": "198.51.100.7"},
                "stage": "$default",
                "authorizer": {"jwt": {"claims": self.claims}} if self.claims else None,
            },
            "body": base64.b64encode(json.dumps(body).encode()).decode() if body is not None else None,
            "isBase64Encoded": body is not None,
        }
        try:
            function = "gateway/accounts" if is_of_accounts(method, path) else "gateway/api"
            answer = system.functions.invoke(function, event, GATEWAY_PATIENCE)
        except FunctionFailed:
            return None
        if fault == "reply lost":
            return None
        told = Answer(
            player, f"{method} {path}", body, key, campaign, began, system.scheduler.now,
            answer["statusCode"], json.loads(answer["body"] or "null"),
        )  # fmt: skip
        self.told.append(told)
        return told

    def _headers(self) -> dict[str, str]:
        """The headers of every request."""
        return {}

    def _pick(self, choices: Any, *where: object) -> Any:
        return self.system.chance.pick(choices, self.name, *where)

    def _happens(self, share: float, *where: object) -> bool:
        return self.system.chance.happens(share, self.name, *where)

    def _between(self, low: float, high: float, *where: object) -> float:
        return self.system.chance.between(low, high, self.name, *where)
