"""Whole turns with a model that streams, counted: `python -m tests.turn.counted_turns --assembly DIRECTORY --out FILE`.

A process of its own, because services read their settings and make their clients once per process.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import Mock, patch

from ninelives.analytics.cost.assembly import Assembly, read
from ninelives.analytics.cost.assumptions import Assumptions
from ninelives.analytics.cost.counted_cloud import METADATA, CountedCloud
from ninelives.analytics.cost.rehearsal import Rehearsal, counting
from ninelives.analytics.cost.table_use import Item
from tests.support.event_stream import pieces

NOON = datetime(2031, 5, 4, 12, 0, 0, 123456, UTC)
WARM_UP, TURNS, TOGETHER = 2, 4, 8
STORY = (
    "You look around, and nothing comes of it.",
    "Rain drums on the roof and on everything under it.",
    "Who would stand here without a coat?",
    "Nobody comes.",
    "The rain goes on.",
    "Rain drums on.",
)
"""Sentences that nothing is wrong with, wherever they are told."""
Call = tuple[str, dict[str, Any]]
SEARCH: Call = ("search", {})
TELL: Call = ("tell_story", {"narrative": " ".join(STORY), "suggested_actions": ["Look around", "Wait"]})
Json = dict[str, Any]


class ModelledCloud(CountedCloud):
    """A counted cloud with a model that says what it is told to, and a line to whoever is connected."""

    def __init__(self, assembly: Assembly) -> None:
        super().__init__(assembly, Assumptions())
        self.replies = deque[Call]()

    def answer(self, operation: str, asked: Any) -> Any | None:
        match operation:
            case "ConverseStream":
                return METADATA | {"stream": stream_tool_use(*self.replies.popleft())}
            case "Converse":
                return METADATA | read_call(*self.replies.popleft())
            case "PostToConnection":
                return METADATA
            case _:
                return super().answer(operation, asked)

    def note_answer(self, operation: str, asked: Any, answer: Any) -> None:
        if not operation.startswith("Converse"):  # calls to a model are not counted
            super().note_answer(operation, asked, answer)

    def _sendmessage(self, asked: Item) -> Item:
        """A story comes to the player while it is told; nothing else is sent in a turn that goes well."""
        sent = super()._sendmessage(asked)
        assert asked["QueueUrl"] == os.environ["NARRATION_QUEUE_URL"], asked
        record = {"messageId": "0", "receiptHandle": "0", "body": asked["MessageBody"], "eventSource": "aws:sqs"}
        self.invoke("gateway/narrate", {"Records": [record]})
        return sent


def read_call(tool: str, arguments: Json) -> Json:
    """The same call as the SDK reads it when nobody hears it."""
    used = {"toolUse": {"toolUseId": "one", "name": tool, "input": arguments}}
    usage = {"inputTokens": 200, "outputTokens": 40}
    return {"output": {"message": {"content": [used]}}, "stopReason": "tool_use", "usage": usage}


def stream_tool_use(tool: str, arguments: Json) -> Iterator[Json]:
    """A call of a tool as the SDK reads it from a ConverseStream."""
    yield {"contentBlockStart": {"contentBlockIndex": 0, "start": {"toolUse": {"toolUseId": "one", "name": tool}}}}
    for piece in pieces(json.dumps(arguments)):
        yield {"contentBlockDelta": {"contentBlockIndex": 0, "delta": {"toolUse": {"input": piece}}}}
    yield {"contentBlockStop": {"contentBlockIndex": 0}}
    yield {"messageStop": {"stopReason": "tool_use"}}
    yield {"metadata": {"usage": {"inputTokens": 200, "outputTokens": 40}}}


def connect(player: Rehearsal) -> None:
    """Open a WebSocket for the player and listen to the campaign."""
    name = player.campaign[:12]
    ticket = player.ask("POST", "/v1/tickets")["ticket"]
    socket(player, "CONNECT", name, queryStringParameters={"ticket": ticket})
    body = json.dumps({"type": "subscribe", "campaign_id": player.campaign})
    socket(player, "MESSAGE", name, body=body)


def socket(player: Rehearsal, kind: str, connection: str, **event: Any) -> None:
    context = {"eventType": kind, "connectionId": connection, "routeKey": "$default"}
    answer, _ = player.cloud.invoke("gateway/socket", {"requestContext": context, **event})
    assert answer["statusCode"] == 200, answer


def play_turns(cloud: ModelledCloud, players: list[Rehearsal], calls: tuple[Call, ...], turns: int) -> Json:
    """The work of so many turns of each of these players."""
    for number in range(WARM_UP + turns):
        if number == WARM_UP:
            cloud.begin_counting()
        for player in players:
            cloud.replies.extend(calls)
            turn = player.tell("I search the place")
            assert turn["told_by"] == "model" and turn["narrative"].startswith(" ".join(STORY)), turn
        cloud.deliver()
    return {"turns": turns * len(players), "rows": cloud.work.rows()}


def count(assembly: Assembly) -> Json:
    """Every kind of turn, by its name."""
    cloud = ModelledCloud(assembly)
    with counting(assembly, cloud):
        os.environ.update(
            DM_PROVIDER="bedrock",
            DM_MODEL="anthropic.claude-sonnet-4-6",
            WEBSOCKET_ENDPOINT="https://line.example/live",
            DAY_CEILING="1",
            DAY_BUDGET_MICRO_DOLLARS="20000000",
            DAY_SHARE_MICRO_DOLLARS="2000000",
        )
        alone, connected = Rehearsal(cloud, "alone"), Rehearsal(cloud, "connected")
        connect(connected)
        together = [Rehearsal(cloud, f"one-of-{number}") for number in range(TOGETHER)]
        return {
            "connected": play_turns(cloud, [connected], (SEARCH, TELL), TURNS),
            "alone": play_turns(cloud, [alone], (SEARCH, TELL), TURNS),
            "story only": play_turns(cloud, [alone], (TELL,), TURNS),
            "eight at once": play_turns(cloud, together, (SEARCH, TELL), 1),
        }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--assembly", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    drawn = Random(1).randbytes  # ids and times pack to the same length each time
    with (
        patch("os.urandom", drawn),
        patch("random._urandom", drawn),
        patch("services.campaign.wiring.now", lambda: NOON),
        patch("services.gateway.wiring.clients.now", lambda: NOON),
        patch("services.audit.wiring.now", lambda: NOON),
        patch("stagekit.events.datetime", Mock(now=lambda zone: NOON.astimezone(zone))),
        patch("services.campaign.handlers.create.token_bytes", lambda size: b"\x05" * size),  # the same dice each time
        patch("services.dm.wiring.clock", lambda: 0.0),  # an instant model, however busy this machine is
    ):
        report = count(read(given.assembly))
    given.out.write_text(json.dumps(report))


if __name__ == "__main__":
    main()
