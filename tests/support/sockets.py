"""A WebSocket client for tests: small and synchronous, with a limit on how long it waits."""

from __future__ import annotations

import json
import socket
import time
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from wsproto import ConnectionType, WSConnection
from wsproto.events import (
    AcceptConnection,
    CloseConnection,
    RejectConnection,
    Request,
    TextMessage,
)

from tests.support.driving import Game
from tests.support.waiting import PATIENCE


class Refused(Exception):
    """The server did not open the connection."""


class Socket:
    """One connection; `steps` are those of running turns that it was told. Leaving the block drops the connection
    without a closing frame."""

    def __init__(self, url: str) -> None:
        place = urlsplit(url)
        self._tcp = socket.create_connection((place.hostname or "", place.port or 80), timeout=PATIENCE)
        self._ws = WSConnection(ConnectionType.CLIENT)
        self._read: list[dict[str, Any]] = []
        self._text = ""
        self._open = False
        self.steps: list[dict[str, Any]] = []
        try:
            self._send(Request(host=place.netloc, target=f"{place.path}?{place.query}"))
            while not self._open:
                self._receive()
        except BaseException:
            self._tcp.close()
            raise

    def __enter__(self) -> Socket:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._tcp.close()

    def say(self, message: dict[str, Any]) -> None:
        self._send(TextMessage(data=json.dumps(message)))

    def next(self) -> dict[str, Any]:
        """The next message."""
        deadline = time.monotonic() + PATIENCE
        while not self._read:
            assert time.monotonic() < deadline, "nothing was said"
            self._receive()
        message = self._read.pop(0)
        self.steps += message.get("progress", ())
        return message

    def until(self, *kinds: str) -> list[dict[str, Any]]:
        """The events up to where there is one of each of these types: facts of two services come in either order."""
        heard: list[dict[str, Any]] = []
        while set(kinds) - {event["type"] for event in heard}:
            message = self.next()
            if message["type"] == "event":
                heard.append(message["event"])
        return heard

    def until_step(self, *kinds: str) -> list[dict[str, Any]]:
        """The steps of running turns that were told so far, when there is one of each of these types."""
        while set(kinds) - {step["type"] for step in self.steps}:
            self.next()
        return self.steps

    def narration(self) -> str:
        """The next piece of the running turn's story, whatever else is said before."""
        while (message := self.next())["type"] != "narration":
            pass
        return str(message["told"])

    def _send(self, event: Any) -> None:
        self._tcp.sendall(self._ws.send(event))

    def _receive(self) -> None:
        self._ws.receive_data(self._tcp.recv(65_536) or None)
        for event in self._ws.events():
            match event:
                case AcceptConnection():
                    self._open = True
                case TextMessage():
                    self._text += event.data
                    if event.message_finished:
                        self._read.append(json.loads(self._text))
                        self._text = ""
                case RejectConnection() | CloseConnection():
                    raise Refused(str(getattr(event, "status_code", event)))


def listening(game: Game, after: int | None = None) -> Socket:
    """A connection of the player's that listens to the game, from this place of its feed on."""
    ticket = game.http.post("tickets")
    assert ticket.status_code == 201, ticket.text
    connection = Socket(ticket.json()["url"])
    connection.say({"type": "subscribe", "campaign_id": game.campaign_id, "after_sequence": after})
    assert connection.next()["type"] == "subscribed"
    return connection
