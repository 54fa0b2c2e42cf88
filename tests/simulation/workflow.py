"""Step Functions: the real definition of the turn on the emulator's interpreter, in simulated time.

An execution is Express: at least once when it was started without waiting, so it may run twice, and it may be lost. It
ends after five minutes. Branches and items of a Map run side by side.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError

from infra.workflows import interpreter
from tests.simulation.chance import Chance
from tests.simulation.faults import OF_AN_EXECUTION, Plan, Site
from tests.simulation.functions import FunctionFailed, Functions
from tests.simulation.scheduler import Process, Scheduler, Task
from tests.support.real_stages import HANDLERS

LONGEST = 300.0
"""Seconds that an Express execution may last."""
WORKFLOW = "turn workflow"


class Workflow:
    """The service."""

    def __init__(self, scheduler: Scheduler, chance: Chance, plan: Plan, functions: Functions) -> None:
        self._scheduler, self._chance, self._plan, self._functions = scheduler, chance, plan, functions
        self._started = 0
        self._ended: dict[int, dict[str, Any]] = {}
        """The status and output of each execution that has ended."""
        self.runs: Counter[str] = Counter()
        """The number of times that each turn was begun."""

    def perform(self, operation: str, params: Any, token: Any, partial: bool, within: float) -> Any:
        waits = operation == "start_sync_execution"
        assert waits or operation == "start_execution", operation
        self._started += 1
        at = f"execution*{self._started}"
        fault = self._plan.fault(Site(WORKFLOW, "execution", at), OF_AN_EXECUTION[1:] if waits else OF_AN_EXECUTION)
        ends = self._chance.between(0.0, 2.0, "lost", at) if fault == "execution lost" else LONGEST
        number = self._started
        task = self._execute(params["input"], number, ends)
        if fault == "run twice":
            self._started += 1
            self._execute(params["input"], self._started, LONGEST)
        if waits and not self._scheduler.join(task, within):
            raise ReadTimeoutError(endpoint_url="https://states.simulated")
        ended = self._ended.get(number, {"status": "FAILED", "output": None})
        return {"executionArn": "simulated", **(ended if waits else {})}

    def _execute(self, given: str, number: int, ends: float) -> Task:
        scheduler = self._scheduler
        self.runs[json.loads(given)["envelope"]["turn_id"]] += 1
        process = Process(WORKFLOW, number, dies_at=scheduler.now + ends)

        def run() -> None:
            paused = f"pause*{number}"

            def pause(seconds: float) -> None:
                process.calls += 1
                scheduler.sleep(self._chance.between(0.0, seconds, paused, process.calls))

            execution = interpreter.run(self._call, given, name_of=_name, pause=pause)
            self._ended[number] = {key: execution[key] for key in ("status", "output")}

        return scheduler.spawn(f"{WORKFLOW}#{number}", run, process=process)

    def _call(self, stage: str, asked: Any) -> Any:
        service, function = HANDLERS[stage]
        payload, seconds = asked
        return self._functions.invoke(f"{service}/{function}", payload, seconds)


def _name(error: Exception) -> str | None:
    return error.name if isinstance(error, FunctionFailed) else None


class _Pool:
    """A replacement of ThreadPoolExecutor: its work is tasks of the scheduler."""

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler
        self._tasks: list[Task] = []

    def submit(self, work: Callable[..., Any], *arguments: Any) -> Future[Any]:
        process = self._scheduler.running.process
        self._tasks.append(self._scheduler.spawn("map item", lambda: work(*arguments), process=process))
        return Future()

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def wait(self) -> None:
        for task in self._tasks:
            self._scheduler.join(task, LONGEST)


@contextmanager
def simulated_time(scheduler: Callable[[], Scheduler]) -> Iterator[None]:
    """The interpreter runs branches as tasks, waits in simulated time, and tells tasks how long they may take. It
    writes no history: nobody reads one."""
    emulator = interpreter._emulator()
    pools: list[_Pool] = []

    def pool(max_workers: int) -> _Pool:
        pools.append(_Pool(scheduler()))
        return pools[-1]

    def invoke(resource: str, arguments: dict[str, Any], timeout: float) -> dict[str, Any]:
        asked = (arguments["Payload"], float(timeout or LONGEST))
        return {"StatusCode": 200, "Payload": interpreter._running.get().invoke(arguments["FunctionName"], asked)}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(emulator, "ThreadPoolExecutor", pool)
        patch.setattr(emulator, "futures_wait", lambda futures: pools.pop().wait())
        patch.setattr(emulator, "_invoke_resource_with_timeout", invoke)
        patch.setattr(emulator, "_add_event", lambda execution, *told: None)
        patch.setattr(emulator, "now_iso", lambda: _iso(scheduler().now))
        yield


@lru_cache(1)
def _iso(now: float) -> str:
    return datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds")[:-6] + "Z"
