"""The stream of the gateway's table to whoever erases players: rows that wake it, and guests whose time is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.simulation.chance import Chance
from tests.simulation.dynamodb import Item
from tests.simulation.faults import OF_A_BATCH, Plan, Site
from tests.simulation.functions import FunctionFailed, Functions
from tests.simulation.scheduler import Process, Scheduler

OLDEST = 20 * 3600.0  # infra/constructs/erasure_worker.py
LONGEST_PAUSE = 60.0


@dataclass
class WakingStream:
    """One record at a time, those of one partition in their order and of several side by side; one that fails is tried
    again until it is too old. `lost` are those."""

    function: str
    scheduler: Scheduler
    chance: Chance
    plan: Plan
    functions: Functions
    name: str = "stream of wakes"
    lanes: dict[str, list[Item]] = field(default_factory=dict)
    lost: list[Item] = field(default_factory=list)
    batches: int = 0

    def insert(self, item: Item) -> None:
        """Hear of an item that was inserted; only those that wake somebody pass the filter."""
        if item.get("entity") == {"S": "wake"}:
            keys = {"pk": item["pk"], "sk": item["sk"]}
            self._take({"eventName": "INSERT", "dynamodb": {"Keys": keys, "NewImage": item}})

    def expire(self, item: Item) -> None:
        """Hear that DynamoDB has deleted the item of a guest."""
        keys = {"pk": item["pk"], "sk": item["sk"]}
        self._take({"eventName": "REMOVE", "dynamodb": {"Keys": keys}})

    def _take(self, record: Item) -> None:
        place = record["dynamodb"]["Keys"]["pk"]["S"]
        lane = self.lanes.setdefault(place, [])
        lane.append(record)
        if len(lane) == 1:
            self.scheduler.spawn(f"wake {place}", self._reader(lane), process=Process(self.name), after=0.1)

    def _reader(self, lane: list[Item]) -> Callable[[], None]:
        def read() -> None:
            while lane:
                began, pause = self.scheduler.now, 1.0
                while not self._hand_over(lane[0]):
                    if self.scheduler.now - began > OLDEST:
                        self.lost.append(lane[0])
                        break
                    self.scheduler.sleep(pause)
                    pause = min(LONGEST_PAUSE, 2 * pause)
                del lane[0]

        return read

    def _hand_over(self, record: Item) -> bool:
        self.batches += 1
        fault = self.plan.fault(Site(self.name, "batch", f"{self.name}={self.batches}"), OF_A_BATCH)
        if fault == "failed before":
            return False
        try:
            self.functions.invoke(self.function, {"Records": [record]})
        except FunctionFailed:
            return False
        return fault != "batch twice"
