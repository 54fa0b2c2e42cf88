"""API Gateway's WebSocket: lines to players, the function that serves them, and the API that speaks on them and ends
them.

A line is there once its connecting was granted: before that, and once it has ended, who speaks on it is told that it is
gone. Whichever side ends it, the function hears of it, usually.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from tests.simulation.chance import Chance
from tests.simulation.dynamodb import Item
from tests.simulation.errors import client_error
from tests.simulation.functions import FunctionFailed, Functions
from tests.simulation.scheduler import Process, Scheduler

SOCKET = "gateway/socket"
PATIENCE = 29.0
UNHEARD = 0.2
"""The share of ends that the function does not hear of: API Gateway promises nothing about them."""


@dataclass
class Line:
    """A player's line. `heard` is what was said on it, and when."""

    id: str
    player: str
    session: str
    asked_at: float
    opened_at: float | None = None
    ended: bool = False
    heard: list[tuple[float, Item]] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and not self.ended


class Lines:
    """The service."""

    def __init__(self, scheduler: Scheduler, chance: Chance, functions: Functions) -> None:
        self._scheduler, self._chance, self._functions = scheduler, chance, functions
        self.all: dict[str, Line] = {}

    def connect(self, player: str, session: str, ticket: str) -> Line:
        """Try to open a line with a ticket."""
        line = Line(f"line-{len(self.all) + 1}", player, session, self._scheduler.now)
        self.all[line.id] = line
        if self._serve(line, "CONNECT", {"queryStringParameters": {"ticket": ticket}}) == 200:
            line.opened_at = self._scheduler.now
        return line

    def say(self, line: Line, message: Item) -> None:
        if line.is_open:
            self._serve(line, "MESSAGE", {"body": json.dumps(message)})

    def hang_up(self, line: Line) -> None:
        """End the line; the function hears of it, or does not."""
        if line.is_open:
            line.ended = True
            if not self._chance.happens(UNHEARD, "unheard", line.id):
                self._scheduler.spawn(
                    "disconnect", lambda: self._serve(line, "DISCONNECT", {}), process=Process("socket"), after=0.05
                )

    def lose(self, line: Line) -> None:
        """End the line, and nobody hears of it."""
        line.ended = True

    def perform(self, operation: str, params: Any, token: Any, partial: bool, within: float) -> Item:
        line = self.all[params["ConnectionId"]]
        if not line.is_open:
            raise client_error("GoneException", operation)
        match operation:
            case "post_to_connection":
                line.heard.append((self._scheduler.now, json.loads(params["Data"])))
            case "delete_connection":
                self.hang_up(line)
            case _:
                raise AssertionError(operation)
        return {}

    def _serve(self, line: Line, kind: str, more: Item) -> int:
        asked = {"requestContext": {"eventType": kind, "connectionId": line.id, "routeKey": f"${kind.lower()}"}, **more}
        try:
            return int(self._functions.invoke(SOCKET, asked, PATIENCE)["statusCode"])
        except FunctionFailed:
            return 500
