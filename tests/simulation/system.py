"""The whole system of one seed: every service's handlers, on simulated AWS, wired as the stacks wire it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from functools import cache
from typing import Any

from infra.subscriptions import ConsumerSubscription, subscriptions
from tests.simulation.bucket import Bucket
from tests.simulation.chance import Chance
from tests.simulation.delivery import Bus, Queue, Sqs, Stream
from tests.simulation.dynamodb import DynamoDB, Table
from tests.simulation.faults import Plan
from tests.simulation.functions import Functions
from tests.simulation.lines import Lines
from tests.simulation.model import Model
from tests.simulation.network import Network
from tests.simulation.pool import Pool
from tests.simulation.replaying import EventBridge, SwitchingLambda
from tests.simulation.scheduler import Scheduler
from tests.simulation.waking import WakingStream
from tests.simulation.workflow import Workflow

SLOW_BATCHES = 0.3
DEADLINE_WINDOW = 30.0  # infra/stacks/gateway.py
NO_HURRY = 5.0  # infra/constructs/event_consumer.py
WINDOWS = {"record": NO_HURRY, "remember": NO_HURRY, "count": NO_HURRY, "progress": 1.0}
REBUILD = "campaign/rebuild"
"""The consumer that hears replays alone."""
TABLES = ("gateway", "campaign", "projection", "projection-side", "chronicle", "audit", "metrics")


class _Tables:
    """DynamoDB's API. What reads many items reads them one after the other: together they are no moment."""

    def __init__(self, dynamodb: DynamoDB, scheduler: Scheduler, chance: Chance) -> None:
        self._dynamodb, self._scheduler, self._chance = dynamodb, scheduler, chance

    def perform(self, operation: str, params: Any, token: Any, partial: bool, within: float) -> Any:
        if operation != "batch_get_item" or partial or not self._chance.happens(SLOW_BATCHES, "batch", token):
            return self._dynamodb.perform(operation, params, token, partial)
        asked = params["RequestItems"]
        found: dict[str, list[Any]] = {table: [] for table in asked}
        places = [(table, key) for table, of_table in asked.items() for key in of_table["Keys"]]
        for number, (table, key) in enumerate(sorted(places, key=lambda place: self._chance.number(token, *place))):
            self._scheduler.sleep(self._chance.between(0.0, 0.01, "item", token, number))
            one = {"RequestItems": {table: {**asked[table], "Keys": [key]}}}
            found[table] += self._dynamodb.perform(operation, one, token, False)["Responses"][table]
        return {"Responses": found, "UnprocessedKeys": {}}


class GateHistory:
    """The times at which the gate of each campaign was shut, by which turn, and opened."""

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler
        self._changes: dict[str, list[tuple[float, str | None]]] = {}

    def see(self, item: Any) -> None:
        if item.get("entity") == {"S": "campaign"}:
            turn = item["active_turn"]["S"] if "active_turn" in item else None
            self._changes.setdefault(item["campaign_id"]["S"], []).append((self._scheduler.now, turn))

    def shut(self, campaign: str, began: float, ended: float) -> set[str]:
        """The turns that ran at some moment from the one to the other."""
        changes = self._changes.get(campaign, [])
        before = [turn for at, turn in changes if at <= began][-1:]
        return {turn for turn in (*before, *(turn for at, turn in changes if began < at <= ended)) if turn}


class System:
    """One simulation's world. `rate`: the share of all calls that a fault strikes, `focus`: where more of
    them; `deadline`: how many seconds a turn has."""

    def __init__(
        self,
        seed: int,
        rate: float,
        focus: str,
        bad_model: float,
        deadline: float,
        only: Collection[str] | None = None,
    ) -> None:
        self.chance, self._deadline = Chance(seed), deadline
        self.plan = Plan(self.chance, rate, focus, only)
        self.scheduler = Scheduler(self.chance)
        self.functions = Functions(self.scheduler, self.chance, self.plan)
        self.network = Network(self.scheduler, self.chance, self.plan)
        self.dynamodb = DynamoDB(*map(Table, TABLES), Table("stages", ("id",)))
        self.model = Model(self.scheduler, self.chance, bad_model)
        self.queues = {function: self._queue(function) for function in (*_consumers(), REBUILD)}
        self.queues[REBUILD].is_off = True
        self.streams = [self._stream("campaign", 0.0), self._stream("gateway", NO_HURRY)]
        self.waking = self._waking()
        self.pool, self.bucket = Pool(), Bucket()
        self.pool.now = lambda: datetime.fromtimestamp(self.scheduler.now, UTC)
        self.lines = Lines(self.scheduler, self.chance, self.functions)
        rules = [(heard, self.queues[function]) for function, heard in _consumers().items()]
        self.bus = Bus(rules, lambda: self.scheduler.now)
        self.workflow = Workflow(self.scheduler, self.chance, self.plan, self.functions)
        self.sqs = Sqs(self.scheduler, self.queues)
        self.network.services = {
            "dynamodb": _Tables(self.dynamodb, self.scheduler, self.chance),
            "events": EventBridge(self.bus, self.queues[REBUILD], self.scheduler, self.chance),
            "sqs": self.sqs,
            "lambda": SwitchingLambda(self.functions, self.queues[REBUILD]),
            "stepfunctions": self.workflow,
            "bedrock-runtime": self.model,
            "cognito-idp": self.pool,
            "s3": self.bucket,
            "apigatewaymanagementapi": self.lines,
        }
        self.functions.on_start, self.functions.on_end = self.model.hear, self.model.hear_end
        self.gates = GateHistory(self.scheduler)
        self.dynamodb.tables["gateway"].witnesses.append(self.gates.see)
        self._drawn = 0

    def draw(self, size: int) -> bytes:
        """Bytes that look random."""
        self._drawn += 1
        return self.chance.bytes("drawn", self._drawn, size=size)

    def items(self, table: str) -> list[Any]:
        return list(self.dynamodb.tables[table].items.values())

    def expire_guest(self, player: str) -> None:
        """The time of a guest is over: DynamoDB deletes the item that says that one came."""
        table = self.dynamodb.tables["gateway"]
        for place in [each for each in table.partitions.get(f"PLAYER#{player}", ()) if each[1].startswith("GUEST#")]:
            item = table.items[place]
            table.delete(place)
            self.waking.expire(item)

    def _queue(self, function: str) -> Queue:
        name = function.partition("/")[2]
        made = Queue(f"queue of {name}", function, self.scheduler, self.chance, self.plan, self.functions)
        made.window = WINDOWS.get(name, 0.0)
        if name == "deadline":
            made.delay, made.window = self._deadline, min(DEADLINE_WINDOW, self._deadline)
        return made

    def _stream(self, service: str, window: float) -> Stream:
        function = f"{service}/relay"
        made = Stream(f"stream of {service}", function, self.scheduler, self.chance, self.plan, self.functions, window)
        self.dynamodb.tables[service].listener = made.insert
        return made

    def _waking(self) -> WakingStream:
        """The second reader of the gateway's stream."""
        made = WakingStream("gateway/erase", self.scheduler, self.chance, self.plan, self.functions)
        relay = self.dynamodb.tables["gateway"].listener
        assert relay

        def hear(item: Any) -> None:
            relay(item)
            made.insert(item)

        self.dynamodb.tables["gateway"].listener = hear
        return made


@cache
def _consumers() -> dict[str, ConsumerSubscription]:
    heard = {f"{each.service}/{each.handler}": each for each in subscriptions()}
    return {function: each for function, each in heard.items() if function != REBUILD}
