"""The WebSocket between a page and the API, into which a test may put messages of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Page, WebSocketRoute


@dataclass
class Line:
    """Everything goes through as it is, but for messages with events of the types `lost`; `deaf` keeps all that the
    city says to itself."""

    campaign_id: str
    deaf: bool = False
    lost: frozenset[str] = frozenset()
    _sockets: list[WebSocketRoute] = field(default_factory=list)
    _began: datetime = field(default_factory=lambda: datetime.now(UTC))

    def through(self, page: Page) -> Line:
        """Take over the sockets that the page will open; of a deaf line nothing comes by another way either."""
        page.route_web_socket("**/live*", self._open)
        if self.deaf:
            page.route("**/events?*", lambda route: route.fulfill(json={"items": [], "next_after": 0, "more": False}))
        return self

    def _open(self, page_side: WebSocketRoute) -> None:
        city_side = page_side.connect_to_server()
        page_side.on_message(city_side.send)
        city_side.on_message(lambda words: None if self._keeps(words) else page_side.send(words))
        self._sockets.append(page_side)

    def _keeps(self, words: str | bytes) -> bool:
        message = json.loads(words)
        is_news = message["type"] in ("event", "progress", "narration")
        told = {each["type"] for each in (*message.get("progress", ()), message.get("event")) if each}
        return is_news and (self.deaf or bool(told & self.lost))

    def narrates(self, turn_id: str, told: str) -> None:
        self._say({"type": "narration", "campaign_id": self.campaign_id, "turn_id": turn_id, "told": told})

    def tells(self, type: str, turn_id: str, sequence: int, at: int, **data: Any) -> None:
        """An event of a turn, `at` milliseconds after it was accepted."""
        happened = self._began + timedelta(milliseconds=at)
        event = {
            "id": f"e-{sequence}",
            "type": type,
            "turn_id": turn_id,
            "campaign_id": self.campaign_id,
            "sequence": sequence,
            "sent_at": datetime.now(UTC).isoformat(),
            "data": {**data, "occurred_at": happened.isoformat()},
        }
        self._say({"type": "event", "event": event})

    def _say(self, message: dict[str, Any]) -> None:
        self._sockets[-1].send(json.dumps({"v": 1, **message}))
