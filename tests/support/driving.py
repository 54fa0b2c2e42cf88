"""A player's game over HTTP, as any client plays it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

from contracts.playerapi import Campaign, Turn
from ninelives.load.recording import Recording
from tests.support.cloud import Cloud
from tests.support.waiting import PATIENCE, until

DONE = ("resolved", "failed")


@dataclass
class Game:
    """One player's campaign."""

    cloud: Cloud
    player: str
    campaign_id: str = ""

    def __post_init__(self) -> None:
        self.recording = Recording(httpx.HTTPTransport(verify=False))  # loopback: no certificates to load
        self.http = httpx.Client(
            transport=self.recording,
            base_url=f"{self.cloud.stack['api_url']}/v1/",
            timeout=60,
            headers={"authorization": f"Bearer {self.cloud.token(self.player)}"},
        )

    def begin(self, name: str = "Pixel", class_id: str | None = None) -> Game:
        """Start a campaign, with the first class of the world unless another is named."""
        if class_id is None:
            class_id = self.http.get("world").json()["classes"][0]["id"]
        body = {"character": {"name": name, "class_id": class_id}}
        answer = self.http.post("campaigns", json=body, headers={"idempotency-key": str(uuid4())})
        assert answer.status_code == 201, answer.text
        self.campaign_id = answer.json()["id"]
        return self

    @property
    def path(self) -> str:
        return f"campaigns/{self.campaign_id}"

    def post(self, action: Any, key: str | None = None, wait: int = 20, **body: Any) -> httpx.Response:
        """Send a turn and return the raw answer."""
        headers = {"idempotency-key": key or str(uuid4()), **({"prefer": f"wait={wait}"} if wait else {})}
        return self.http.post(f"{self.path}/turns", json={"action": action, **body}, headers=headers)

    def start(self, action: str, key: str | None = None) -> str:
        """Send a turn without waiting for it; returns its id."""
        answer = self.post(action, key, wait=0)
        assert answer.status_code == 202, answer.text
        return str(answer.json()["id"])

    def act(self, action: str, key: str | None = None) -> Turn:
        """Play a turn to its end."""
        answer = self.post(action, key)
        assert answer.status_code in (200, 202), answer.text
        return self.await_end(answer.json()["id"])

    def turn(self, turn_id: str) -> Turn:
        return Turn.model_validate(self.http.get(f"{self.path}/turns/{turn_id}").raise_for_status().json())

    def await_end(self, turn_id: str, within: float = PATIENCE) -> Turn:
        turn: Turn = until(
            lambda: found if (found := self.turn(turn_id)).status in DONE else None, within, f"the end of {turn_id}"
        )
        return turn

    def campaign(self) -> Campaign:
        return Campaign.model_validate(self.http.get(self.path).raise_for_status().json())

    def facts(self) -> dict[str, int]:
        """The number of facts of each kind that the audit has; waits until it has all, without gaps.

        Both streams count from 1: campaign started, then a fact a turn; and two facts a turn at the gateway.
        """
        return until(self._all_facts, why="a complete audit")

    def _all_facts(self) -> dict[str, int] | None:
        turns = self.http.get(f"{self.path}/turns?limit=50").raise_for_status().json()["items"]
        story = self.cloud.audit(f"campaign/{self.campaign_id}")
        admissions = self.cloud.audit(f"turns/{self.campaign_id}")
        resolved = sum(turn["status"] == "resolved" for turn in turns)
        if story.gaps or admissions.gaps or story.last < 1 + resolved or admissions.last < 2 * len(turns):
            return None
        return dict(story.kinds + admissions.kinds)
