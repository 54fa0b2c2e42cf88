"""The live side on the gateway's table, with a sender that remembers what was said to whom."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from contracts import campaign, dm, gateway, lore, tools
from contracts.envelope import Event, EventMetadata
from contracts.gateway import PlayTurn
from services.gateway.adapters.connections import DynamoConnections
from services.gateway.adapters.feed import DynamoFeed
from services.gateway.adapters.tickets import DynamoTickets
from services.gateway.adapters.turn_repository import DynamoTurnRepository
from services.gateway.application.live.feed import record_facts, tell_progress
from services.gateway.application.live.narration import narrate
from services.gateway.application.live.ports import LiveDependencies
from services.gateway.domain.narration import keep_longest
from services.gateway.http import websocket
from services.gateway.tests import builders
from services.gateway.tests.player_client import SOCKET, TABLE, PlayerClient

SECRET = "not-for-players"
TOTALS = campaign.TurnTotals(
    tool_calls=1, refusals=0, rolls=1, model_calls=2, input_tokens=10, output_tokens=5, cached_tokens=0,
    micro_dollars=7, repairs=0,
)  # fmt: skip
ROLL = tools.Roll(
    key=f"{builders.TURN_ID}/0/0/0", purpose="attack", count=1, sides=20, faces=(20,), kept=(20,), total=20, target=12,
    outcome="critical",
)  # fmt: skip
DATA: dict[type[Event], Any] = {
    campaign.CampaignStartedV1: campaign.CampaignStartedData(
        owner=SECRET, class_id="prowler", world="nekopolis", world_version="1", seed_commitment="ab", state_hash=SECRET,
        summary={"x": SECRET},
    ),
    gateway.TurnAcceptedV1: gateway.TurnAcceptedData(owner=SECRET, accepted_at=builders.NOW, action_characters=9),
    lore.LoreRetrievedV1: lore.LoreRetrievedData(place="alley", passages=3, candidates=77),
    dm.DungeonMasterRespondedV1: dm.DungeonMasterRespondedData(
        told_by="model", stop="tool_use", calls=1, usage=dm.Usage(model="m"), claims=(SECRET,)
    ),
    dm.DungeonMasterFailedV1: dm.DungeonMasterFailedData(asked="model", error="ModelThrottled"),
    tools.ToolExecutedV1: tools.ToolExecutedData(tool="attack", verdict="done", rolls=1, effects=2),
    tools.WorldPlayedV1: tools.WorldPlayedData(acts=("enemy-turn",), thrown=(ROLL,)),
    campaign.TurnResolvedV1: campaign.TurnResolvedData(
        number=1, version=2, owner=SECRET, told_by="model", totals=TOTALS, rolls=(ROLL,), place=builders.ALLEY, level=1,
        lives=9, status="active", state_hash=SECRET,
    ),
    gateway.TurnAnsweredV1: gateway.TurnAnsweredData(
        owner=SECRET, number=1, milliseconds=900,
        stages=(gateway.StageTiming(stage="OpenTurn", attempts=1, milliseconds=3),),
    ),
    gateway.TurnFailedV1: gateway.TurnFailedData(owner=SECRET, error="Transient", stage="OpenTurn", milliseconds=5),
    campaign.CampaignEndedV1: campaign.CampaignEndedData(owner=SECRET, ending="home", turn=9, seed=SECRET),
}  # fmt: skip
"""One event's data of each kind; what a player must not see is SECRET."""


def event(kind: type[Event], campaign_id: str, event_id: str = "e-1") -> Any:
    meta = EventMetadata(
        event_id=event_id, schema_version=kind.schema_version, occurred_at=builders.NOW, producer=kind.producer,
        correlation_id="x", causation_id=SECRET, idempotency_key=SECRET, campaign_id=campaign_id,
        turn_id=builders.TURN_ID, stream="s", traceparent=SECRET,
    )  # fmt: skip
    return kind.model_validate({"metadata": meta, "data": DATA[kind]})


class Lines:
    """Messages that were sent, by connection. A connection in `gone` is not there any more."""

    def __init__(self) -> None:
        self.said: dict[str, list[dict[str, Any]]] = {}
        self.gone: set[str] = set()

    def close(self, connection: str) -> bool:
        self.gone.add(connection)
        return True

    def send(self, connection: str, message: str) -> bool:
        if connection in self.gone:
            return False
        self.said.setdefault(connection, []).append(json.loads(message))
        return True


class Live:
    def __init__(self, game: PlayerClient) -> None:
        self.game = game
        self.lines = Lines()
        self.deps = LiveDependencies(
            turns=DynamoTurnRepository(game.dynamodb, TABLE),
            feed=DynamoFeed(game.dynamodb, TABLE, game.clock.pause),
            tickets=DynamoTickets(game.dynamodb, TABLE, SOCKET),
            connections=DynamoConnections(game.dynamodb, TABLE),
            sender=self.lines,
            now=game.clock.now,
        )

    def ticket(self, player: str = "ada", session: str | None = None, issued: int | None = None) -> str:
        """A ticket for a token of this session, issued then (epoch seconds)."""
        return str(self.game.ask("POST", "/v1/tickets", player=player, session=session, issued=issued).json["ticket"])

    def connect(self, connection: str, player: str = "ada", session: str | None = None) -> str:
        assert websocket.connect(connection, self.ticket(player, session), self.deps) == 200
        return connection

    def say(self, connection: str, message: Any) -> list[dict[str, Any]]:
        """Returns the answers to a message: JSON, or text as it is."""
        before = len(self.lines.said.get(connection, []))
        websocket.receive(connection, message if isinstance(message, str) else json.dumps(message), self.deps)
        return self.lines.said.get(connection, [])[before:]

    def subscribe(self, connection: str, campaign_id: str, **more: Any) -> list[dict[str, Any]]:
        return self.say(connection, {"type": "subscribe", "campaign_id": campaign_id, **more})

    def happens(self, campaign_id: str, *events: str) -> None:
        """A turn was answered, once for each of these event ids, one after the other."""
        for each in events:
            record_facts([event(gateway.TurnAnsweredV1, campaign_id, each)], self.deps)

    def goes_on(self, campaign_id: str, *events: str) -> None:
        """A tool was executed, once for each of these event ids, all together."""
        tell_progress([event(tools.ToolExecutedV1, campaign_id, each) for each in events], self.deps)

    def tell(self, turn: PlayTurn, *stories: str) -> None:
        """The game master tells so much of this turn, in one batch of messages."""
        for narration in keep_longest(dm.NarrativeTold(envelope=turn.envelope, told=story) for story in stories):
            narrate(narration, self.deps)

    def narrations(self, connection: str) -> list[str]:
        """The parts of stories that a connection was told."""
        return [said["told"] for said in self.lines.said.get(connection, []) if said["type"] == "narration"]

    def list_heard(self, connection: str) -> list[int]:
        """The sequences of the events that a connection was told."""
        return [said["event"]["sequence"] for said in self.lines.said.get(connection, []) if said["type"] == "event"]

    def feed(self, campaign_id: str, query: str = "", **options: Any) -> Any:
        return self.game.ask("GET", f"/v1/campaigns/{campaign_id}/events{query}", **options).json

    def later(self, **time: int) -> None:
        self.game.clock.time += timedelta(**time)
