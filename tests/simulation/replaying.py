"""EventBridge's replays of its archive, and what feeds a consumer only while it is switched on.

A replay brings what the archive has of a window, in no order, to the queue of one rule alone.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from tests.simulation.chance import Chance
from tests.simulation.delivery import Bus, Queue
from tests.simulation.dynamodb import Item
from tests.simulation.errors import client_error
from tests.simulation.functions import LambdaService
from tests.simulation.scheduler import MORNING, Process, Scheduler

LONGEST = 30.0
"""Seconds that a replay takes, at most."""


class EventBridge:
    """The service: its bus, and replays of its archive into one queue."""

    def __init__(self, bus: Bus, queue: Queue, scheduler: Scheduler, chance: Chance) -> None:
        self._bus, self._queue, self._scheduler, self._chance = bus, queue, scheduler, chance
        self._replays: dict[str, Item] = {}

    def perform(self, operation: str, params: Any, token: Any, partial: bool, within: float) -> Item:
        match operation:
            case "put_events":
                return dict(self._bus.perform(operation, params, token, partial, within))
            case "describe_archive":
                known = {"ArchiveName": "archive", "ArchiveArn": "arn:archive", "EventSourceArn": "arn:bus"}
                return {**known, "CreationTime": _moment(MORNING - 3600), "EventCount": len(self._bus.archive)}
            case "start_replay":
                return self._start(params)
            case "describe_replay":
                return self._replay(params["ReplayName"], operation)
            case "cancel_replay":
                self._replay(params["ReplayName"], operation)["State"] = "CANCELLED"
                return {}
        raise AssertionError(operation)

    def _start(self, params: Item) -> Item:
        name = params["ReplayName"]
        if name in self._replays:
            raise client_error("ResourceAlreadyExistsException", "start_replay")
        replay = self._replays[name] = {**params, "State": "RUNNING"}
        window = (params["EventStartTime"].timestamp(), params["EventEndTime"].timestamp())
        found = [event for event in self._bus.archive if window[0] <= float(event["time"]) < window[1]]
        found.sort(key=lambda event: self._chance.number("replayed", name, event["id"]))

        def bring() -> None:
            for event in found:
                if replay["State"] != "RUNNING":
                    return
                if event["source"] == "ninelives.campaign":  # @consumer(…, others_of=…) of the handler
                    self._queue.send(json.dumps({**event, "replay-name": name}))
                self._scheduler.sleep(self._chance.between(0.0, LONGEST / len(found), "brings", name, event["id"]))
            replay["State"] = "COMPLETED"

        self._scheduler.spawn(f"replay {name}", bring, process=Process("events"))
        return {}

    def _replay(self, name: str, operation: str) -> Item:
        if name not in self._replays:
            raise client_error("ResourceNotFoundException", operation)
        return self._replays[name]


class SwitchingLambda(LambdaService):
    """Lambda's API, with the one mapping that feeds the rebuild."""

    def __init__(self, functions: Any, queue: Queue) -> None:
        super().__init__(functions)
        self._queue = queue

    def perform(self, operation: str, params: Any, token: Any, partial: bool, within: float) -> Any:
        match operation:
            case "list_event_source_mappings":
                return {"EventSourceMappings": [{"UUID": self._queue.name}]}
            case "update_event_source_mapping":
                self._queue.switch(on=params["Enabled"])
                return {}
        return super().perform(operation, params, token, partial, within)


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
