"""The way from a client to a service of AWS and back, and the clients that `boto3.client` makes in a simulation.

A request takes time there and back, and others run meanwhile. Every attempt is struck by its own faults, and repeated
as botocore does it in mode `standard`: what passes, as often as the client's configuration says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Protocol

from botocore.exceptions import ClientError, ReadTimeoutError

from tests.simulation.chance import Chance
from tests.simulation.errors import RETRIED, Exceptions, client_error
from tests.simulation.faults import CONFLICTING, UNANSWERED, Plan, Site, kinds_at
from tests.simulation.scheduler import Process, Scheduler

QUICK, SLOW = 0.006, 0.8
"""Seconds there or back: usually at most, and at most."""
LASTING, HELD = 0.3, 2.0
"""The share of conflicts that last, and for how many seconds."""
LATE = 30.0
"""Seconds by which what is done late is done, at most."""
THROTTLE = {
    "dynamodb": "ProvisionedThroughputExceededException",
    "lambda": "TooManyRequestsException",
    "cognito-idp": "TooManyRequestsException",
    "s3": "SlowDown",
    "apigatewaymanagementapi": "LimitExceededException",
}
FAILURE = {
    "lambda": "ServiceException",
    "bedrock-runtime": "InternalServerException",
    "cognito-idp": "InternalErrorException",
    "s3": "InternalError",
    "apigatewaymanagementapi": "InternalServerErrorException",
}


class Service(Protocol):
    """A service that answers requests. `within`: the seconds that its client waits."""

    def perform(self, operation: str, params: Any, token: Any, partial: bool, within: float) -> Any: ...


class Network:
    """Carries requests."""

    def __init__(self, scheduler: Scheduler, chance: Chance, plan: Plan) -> None:
        self.scheduler, self.plan = scheduler, plan
        self.services: dict[str, Service] = {}
        self._chance = chance
        self._held: dict[tuple[str, int], float] = {}
        """The time until which another transaction holds the items that a process writes, by process."""

    def call(self, service: str, operation: str, params: Any, *, tries: int, patience: float) -> Any:
        """One call of a client, with all its attempts."""
        process = self.scheduler.running.process
        process.calls += 1
        token = f"{process.name}#{process.number}.{process.calls}"
        for attempt in range(tries):
            try:
                return self._attempt(service, operation, params, f"{token}.{attempt}", token, patience, process)
            except (ClientError, ReadTimeoutError) as error:
                if attempt == tries - 1 or not _passes(error):
                    raise
                self.scheduler.sleep(self._chance.between(0, 0.05 * 2**attempt, "backoff", token, attempt))
        raise AssertionError("a call has at least one try")

    def _attempt(
        self, service: str, operation: str, params: Any, at: str, token: str, patience: float, process: Process
    ) -> Any:
        fault = self.plan.fault(Site(process.name, f"{service}.{operation}", at), kinds_at(operation))
        if fault == "died before":
            process.die()
        self._travel("there", at)
        if operation in CONFLICTING and self.scheduler.now < self._held.get((process.name, process.number), 0.0):
            fault = "conflict"
        self._before(fault, service, operation, params, token, patience)
        answer, failed = None, None
        try:
            answer = self.services[service].perform(operation, params, token, fault == "partial", patience)
        except ClientError as error:
            failed = error
        if fault == "died after":
            process.die()
        if fault == "reply lost":
            self._give_up(patience)
        if fault == "failed after":
            raise client_error(FAILURE.get(service, "InternalServerError"), operation)
        self._travel("back", at)
        if failed is not None:
            raise failed
        return answer

    def _before(
        self, fault: str | None, service: str, operation: str, params: Any, token: str, patience: float
    ) -> None:
        """Do what this fault does to a request on its way to the service."""
        match fault:
            case "request lost":
                self._give_up(patience)
            case "done late":
                if operation not in UNANSWERED:
                    late = patience + self._chance.between(0, LATE, "late", token)
                    run = self._doing(service, operation, params, token)
                    self.scheduler.spawn(
                        f"late {operation}", run, process=Process(self.scheduler.running.process.name), after=late
                    )
                self._give_up(patience)
            case "throttled":
                raise client_error(THROTTLE.get(service, "ThrottlingException"), operation)
            case "failed before":
                raise client_error(FAILURE.get(service, "InternalServerError"), operation)
            case "conflict" if operation == "transact_write_items":
                self._hold(token)
                reasons = [{"Code": "TransactionConflict"}, *({"Code": "None"} for _ in params["TransactItems"][1:])]
                raise client_error("TransactionCanceledException", operation, CancellationReasons=reasons)
            case "conflict":
                raise client_error("TransactionConflictException", operation)

    def _hold(self, token: str) -> None:
        """Now and then the other transaction outlasts every try."""
        process = self.scheduler.running.process
        if (process.name, process.number) not in self._held:
            lasts = HELD if self._chance.happens(LASTING, "lasting", token) else 0.0
            self._held[process.name, process.number] = self.scheduler.now + lasts

    def _doing(self, service: str, operation: str, params: Any, token: str) -> Callable[[], None]:
        def do() -> None:
            with suppress(ClientError, ReadTimeoutError):  # nobody is there to hear it
                self.services[service].perform(operation, params, token, False, LATE)

        return do

    def _give_up(self, patience: float) -> None:
        self.scheduler.sleep(patience)
        raise ReadTimeoutError(endpoint_url="https://aws.simulated")

    def _travel(self, way: str, at: str) -> None:
        lucky = self._chance.number(f"{way}|{at}")
        self.scheduler.sleep(lucky * QUICK if lucky < 0.995 else SLOW * self._chance.number("slow", way, at))


def _passes(error: ClientError | ReadTimeoutError) -> bool:
    return not isinstance(error, ClientError) or error.response["Error"]["Code"] in RETRIED


class Client:
    """The client that `boto3.client` makes. It speaks to the network of whatever simulation runs."""

    exceptions = Exceptions()

    def __init__(self, network: Callable[[], Network], service: str, config: Any) -> None:
        self._network, self._service = network, service
        self._patience = float(getattr(config, "read_timeout", None) or 60)
        self._tries = int((getattr(config, "retries", None) or {}).get("total_max_attempts", 3))

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        if operation.startswith("__"):
            raise AttributeError(operation)

        def call(**params: Any) -> Any:
            if hasattr(params.get("Body"), "read"):
                params["Body"] = params["Body"].read()
            return self._network().call(self._service, operation, params, tries=self._tries, patience=self._patience)

        setattr(self, operation, call)
        return call

    def get_paginator(self, operation: str) -> Paginator:
        return Paginator(getattr(self, operation))

    def generate_presigned_url(self, operation: str, *, Params: Any, ExpiresIn: int) -> str:
        """A link that is made without asking anybody."""
        return f"https://{self._service}.simulated/{Params['Bucket']}/{Params['Key']}"


class Paginator:
    """Pages of a query."""

    def __init__(self, query: Callable[..., Any]) -> None:
        self._query = query

    def paginate(self, *, PaginationConfig: Any = None, **params: Any) -> Iterator[Any]:
        if PaginationConfig:
            params["Limit"] = PaginationConfig["PageSize"]
        while True:
            page = self._query(**params)
            yield page
            if "LastEvaluatedKey" not in page:
                return
            params["ExclusiveStartKey"] = page["LastEvaluatedKey"]
