"""Lambda: runs of the services' own handlers, each a process of its own that may die, be late, or run twice."""

from __future__ import annotations

import importlib
import io
from collections import Counter
from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from orjson import dumps, loads

from contracts.errors import CampaignMissing, InvalidRequest, KeyReused, StageError
from services.gateway.adapters import service_functions
from services.gateway.handlers.export import NotExported
from stagekit.publishing import BusRefused
from stagekit.relay import Unpublishable
from tests.simulation.chance import Chance
from tests.simulation.errors import client_error
from tests.simulation.faults import OF_A_FUNCTION, Plan, Site
from tests.simulation.scheduler import Process, Scheduler, Task

TIMEOUTS = {
    "api": 29,
    "accounts": 15,
    "socket": 15,
    "export": 120,
    "gateway/erase": 600,
    "invoke_dungeon_master": 25,
    "judge_narrative": 25,
}
CONSUMERS = {"relay", "record", "remember", "count", "project", "rebuild", "push", "progress", "deadline"}
USUAL_TIMEOUT, CONSUMERS_TIMEOUT = 6, 30
EXPECTED = (StageError, ClientError, BotoCoreError, BusRefused, Unpublishable, service_functions.FunctionFailed)
"""The errors that a handler may raise: anything else is a bug in it."""


BUGS = (InvalidRequest, KeyReused, CampaignMissing)
"""The errors that a handler raises for a bug in its caller. No player of a simulation gives cause for it in a turn."""


ASYNCHRONOUS_PAUSES = (60.0, 120.0)
"""The seconds that Lambda waits before each retry of an asynchronous run."""


def seconds_of(function: str) -> float:
    """Returns the seconds that a run of this function may take."""
    handler = function.rpartition("/")[2]
    usual = CONSUMERS_TIMEOUT if handler in CONSUMERS else USUAL_TIMEOUT
    return TIMEOUTS.get(function, TIMEOUTS.get(handler, usual))


class FunctionFailed(Exception):
    """A run that failed, under the name that a workflow sees."""

    def __init__(self, name: str, message: str = "") -> None:
        super().__init__(message or name)
        self.name = name


class Context:
    """Lambda's context. It tells the time that is left to whichever run asks."""

    function_name = "simulated"

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler

    def get_remaining_time_in_millis(self) -> int:
        left = self._scheduler.running.process.dies_at - self._scheduler.now
        return int(left * 1000)


class Functions:
    """The functions of all services, by `service/handler`."""

    def __init__(self, scheduler: Scheduler, chance: Chance, plan: Plan) -> None:
        self._scheduler, self._chance, self._plan = scheduler, chance, plan
        self._runs: Counter[str] = Counter()
        self._context = Context(scheduler)
        self.surprises: list[str] = []
        """Errors that no contract names and no fault explains."""
        self.accused: list[tuple[str, str, Any]] = []
        """Functions that accused their caller, of what, and in which step of a turn."""
        self.on_start: Callable[[str, int, Any], None] = lambda function, number, request: None
        self.on_end: Callable[[str, int], None] = lambda function, number: None

    def invoke(self, function: str, payload: Any, within: float = 900.0) -> Any:
        """Run a function and wait for its answer. Raises FunctionFailed."""
        self._runs[function] += 1
        number, text = self._runs[function], dumps(payload)
        at = f"{function}!{number}"
        fault = self._plan.fault(Site(function, "run", at), OF_A_FUNCTION)
        if fault == "throttled":
            raise FunctionFailed("Lambda.TooManyRequestsException")
        if fault == "not taken":
            raise FunctionFailed("Lambda.ServiceException")
        start = self._chance.between(3.0, 12.0, "slow", at) if fault == "slow" else 0.002
        task = self._run(function, number, text, fault, start)
        if fault == "run twice":
            self._runs[function] += 1
            again = self._chance.between(0.0, 2.0, "again", at)
            self._run(function, self._runs[function], text, None, again).forgiven = True
        if not self._scheduler.join(task, within):
            task.forgiven = True
            raise FunctionFailed("States.Timeout")
        if fault == "answer lost":
            raise FunctionFailed("Lambda.SdkClientException")
        if task.died:
            raise FunctionFailed(
                "Sandbox.Timedout" if self._scheduler.now >= task.process.dies_at else "Runtime.ExitError"
            )
        if task.error is not None:
            raise FunctionFailed(type(task.error).__name__, str(task.error)) from task.error
        return loads(task.result)

    def invoke_later(self, function: str, payload: Any) -> None:
        """Run a function for which nobody waits: three times when it fails."""

        def run() -> None:
            for pause in (*ASYNCHRONOUS_PAUSES, None):
                try:
                    self.invoke(function, payload)
                    return
                except FunctionFailed:
                    if pause is not None:
                        self._scheduler.sleep(pause)

        self._scheduler.spawn(f"{function} later", run, process=Process("lambda"))

    def note(self, function: str, error: BaseException) -> None:
        """Remember an error that no contract names."""
        if isinstance(error, NotExported):
            error = error.__context__ or error  # it says so itself, without the words
        if not isinstance(error, EXPECTED):
            self.surprises.append(f"{function}: {type(error).__name__}: {error}")

    def _run(self, function: str, number: int, text: bytes, fault: str | None, start: float) -> Task:
        service, _, name = function.partition("/")
        process = Process(function, number, dies_at=self._scheduler.now + start + seconds_of(function))
        handler: Callable[[Any, Any], Any] = _module(service, name).handler

        def run() -> bytes:
            if fault == "died at once":
                process.die()
            try:
                request = loads(text)
                self.on_start(function, number, request)
                answer = dumps(handler(request, self._context))
                self.on_end(function, number)
            except Exception as error:
                if isinstance(error, BUGS) and request.get("envelope", {}).get("turn_id"):
                    self.accused.append((function, type(error).__name__, request["envelope"]))
                self.note(function, error)
                raise
            if fault == "died at the end":
                process.die()
            return answer

        task = self._scheduler.spawn(f"{function}#{number}", run, process=process, after=start)
        task.forgiven = True  # whoever waits reads how it ended
        return task


@cache
def _module(service: str, name: str) -> ModuleType:
    """The module of a handler. What it calls its handler may be replaced at any time."""
    return importlib.import_module(f"services.{service}.handlers.{name}")


class LambdaService:
    """Lambda's API: how the gateway calls other services' functions."""

    def __init__(self, functions: Functions) -> None:
        self._functions = functions

    def perform(self, operation: str, params: Any, token: Any, partial: bool, within: float) -> Any:
        assert operation == "invoke", operation
        if params.get("InvocationType") == "Event":
            self._functions.invoke_later(params["FunctionName"], loads(params["Payload"]))
            return {"StatusCode": 202}
        try:
            answer = self._functions.invoke(params["FunctionName"], loads(params["Payload"]), within)
        except FunctionFailed as failed:
            if failed.name.startswith("Lambda."):
                raise client_error(failed.name.removeprefix("Lambda."), "Invoke") from None
            said = dumps({"errorType": failed.name, "errorMessage": str(failed)})
            return {"FunctionError": "Unhandled", "Payload": io.BytesIO(said)}
        return {"Payload": io.BytesIO(dumps(answer))}
