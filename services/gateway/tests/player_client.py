"""A player of the gateway: HTTP API events in, HTTP answers out, with doubles behind the gateway's own table."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from time import sleep
from typing import Any

from contracts.campaign import StageTrace
from contracts.gateway import FailTurn, FormatResponse, PlayTurn, TurnClosed
from contracts.playerapi import FeedEvent
from services.gateway.adapters.account_register import DynamoAccountRegister
from services.gateway.adapters.cognito.pool import CognitoPool
from services.gateway.adapters.connections import DynamoConnections
from services.gateway.adapters.erasures import DynamoErasures
from services.gateway.adapters.exports import DynamoExports, PlayerArchives
from services.gateway.adapters.feed import DynamoFeed
from services.gateway.adapters.guests import DynamoGuests
from services.gateway.adapters.player_items import DynamoPlayerItems
from services.gateway.adapters.player_sockets import DynamoPlayerSockets
from services.gateway.adapters.purses import DynamoPurses
from services.gateway.adapters.reports import DynamoReports
from services.gateway.adapters.request_counter import DynamoRequestCounter
from services.gateway.adapters.tickets import DynamoTickets
from services.gateway.adapters.turn_repository import DynamoTurnRepository
from services.gateway.application.accounts.ports import AccountDependencies
from services.gateway.application.erasing.ports import ErasingDependencies
from services.gateway.application.ports import ExportDependencies, PlayerDependencies
from services.gateway.application.rate_limiter import RateLimiter
from services.gateway.application.turns import closing
from services.gateway.application.turns.closing import DeadlineDependencies
from services.gateway.domain.exports import LINK_LIFE, DownloadLink, ExportJob
from services.gateway.domain.limits import RateLimit
from services.gateway.domain.purses import Share
from services.gateway.http import account_routes, player_routes
from services.gateway.http.api_gateway import parse_request, render_response
from services.gateway.http.exchange import HttpRequest, HttpResponse
from services.gateway.http.paths import is_of_accounts
from services.gateway.tests import builders
from services.gateway.tests.cognito import Cognito
from services.gateway.tests.doubles import Clock, FailedTurns, Stages, Workflow
from stagekit.packing import unpack

TABLE = "gateway"
SOCKET = "wss://socket.example/live"
SETTLES, TURN_ENDS = timedelta(seconds=90), timedelta(seconds=300)
JSON = {"content-type": "application/json"}


def link_archive(export_id: str, now: datetime) -> DownloadLink:
    return DownloadLink(f"https://archives.example/{export_id}", now + LINK_LIFE)


@dataclass(frozen=True)
class Answered:
    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def problem(self) -> str:
        assert self.headers["Content-Type"] == "application/problem+json", self
        assert self.json["status"] == self.status
        return str(self.json["type"]).removeprefix("/problems/")


@dataclass
class PlayerClient:
    dynamodb: Any
    workflow: Workflow = field(default_factory=Workflow)
    stages: Stages = field(default_factory=Stages)
    failed: FailedTurns = field(default_factory=FailedTurns)
    clock: Clock = field(default_factory=Clock)
    notices: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    """Connections that somebody closed."""
    stays: set[str] = field(default_factory=set)
    """Connections that cannot be closed."""
    numbers: Any = field(default_factory=count)
    cognito: Cognito = field(default_factory=Cognito)
    limiter: RateLimiter = field(default_factory=RateLimiter)
    told: list[tuple[FeedEvent, tuple[str, ...]]] = field(default_factory=list)
    waits: Callable[[float], None] = lambda seconds: sleep(seconds / 100)
    """The wait of a request about accounts for another one: the clock stands, the other one goes on."""
    open_turn: Any = None
    """The turn as its end sees it, where a test has it see something else."""
    uncounted: int = 0
    removed: list[str] = field(default_factory=list)
    """Archives that an erasure deleted."""
    jobs: list[ExportJob] = field(default_factory=list)
    """Archives that were asked for."""
    chaos: bool = False
    share: Share | None = None
    story_key: Any = None

    @property
    def player_dependencies(self) -> PlayerDependencies:
        return PlayerDependencies(
            DynamoTurnRepository(self.dynamodb, TABLE, lambda: self.clock.now().date(), DynamoPurses(TABLE)),
            self.workflow,
            self.stages,
            self.clock.now,
            self.clock.pause,
            self.notices.append,
            limiter=self.limiter,
            chaos=self.chaos,
            share=self.share,
            feed=DynamoFeed(self.dynamodb, TABLE, self.clock.pause),
            tickets=DynamoTickets(self.dynamodb, TABLE, SOCKET),
            reports=DynamoReports(self.dynamodb, TABLE),
            exports=ExportDependencies(DynamoExports(self.dynamodb, TABLE), self.jobs.append, link_archive),
            tell=self.tell,
            story_key=self.story_key,
            erasures=DynamoErasures(self.dynamodb, TABLE),
        )

    @property
    def account_dependencies(self) -> AccountDependencies:
        self.cognito.now = self.clock.now
        pool: Any = CognitoPool(self.cognito, "pool", "app", self.notices.append)  # type: ignore[arg-type]
        return AccountDependencies(
            pool=pool,
            register=DynamoAccountRegister(self.dynamodb, TABLE),
            guests=DynamoGuests(self.dynamodb, TABLE),
            sockets=DynamoPlayerSockets(self.dynamodb, TABLE),
            close=self.close,
            forget=DynamoConnections(self.dynamodb, TABLE).forget,
            now=self.clock.now,
            pause=self.waits,
            notice=self.notices.append,
            limiter=self.limiter,
            erasures=DynamoErasures(self.dynamodb, TABLE),
            settles=SETTLES,
        )

    @property
    def erasing_dependencies(self) -> ErasingDependencies:
        accounts = self.account_dependencies
        pool: Any = accounts.pool
        register: Any = accounts.register
        return ErasingDependencies(
            DynamoErasures(self.dynamodb, TABLE), DynamoPlayerItems(self.dynamodb, TABLE),
            pool, register,
            accounts.sockets, DynamoConnections(self.dynamodb, TABLE), self.close, self.stages,
            self.clock.now, self.clock.pause, TURN_ENDS, SETTLES,
            PlayerArchives(DynamoExports(self.dynamodb, TABLE), self.removed.append),
        )  # fmt: skip

    def close(self, connection: str) -> bool:
        """Whether a connection was closed; not while it is one of those that stay."""
        self.closed.append(connection)
        return connection not in self.stays

    def erase(self, player: str = "ada", username: str = "ada-in-the-pool", confirm: Any = "erase") -> Answered:
        body = {"confirm": confirm}
        return self.ask("DELETE", "/v1/account", body, player=player, username=username, headers=JSON)

    @property
    def deadline_dependencies(self) -> DeadlineDependencies:
        turns = DynamoTurnRepository(self.dynamodb, TABLE)
        if self.open_turn:
            turns.open_turn = self.open_turn  # type: ignore[method-assign]
        return DeadlineDependencies(
            turns, self.tell, self.clock.now, self.clock.pause, self.failed, self.stages, self.notices.append
        )

    def tell(self, event: FeedEvent, listeners: Sequence[str]) -> None:
        self.told.append((event, tuple(listeners)))

    def serve(self, request: HttpRequest) -> HttpResponse:
        """The answer of the function that the API routes this request to."""
        if is_of_accounts(request.method, request.path):
            return account_routes.ROUTER.serve(request, self.account_dependencies)
        return player_routes.ROUTER.serve(request, self.player_dependencies)

    def limit(self, **limits: RateLimit) -> None:
        """From now on only so many requests are granted."""
        self.limiter = RateLimiter(limits, DynamoRequestCounter(self.dynamodb, TABLE), self._not_counted)

    def _not_counted(self) -> None:
        self.uncounted += 1

    def ask(
        self, method: str, target: str, body: Any = None, *, player: str | None = "ada", raw: bytes | None = None,
        headers: dict[str, str] | None = None, username: str | None = None, address: str = "198.51.100.7",
        token_use: str = "access", session: str | None = None, issued: int | None = None,
    ) -> Answered:  # fmt: skip
        path, _, query = target.partition("?")
        claims = {"sub": player, "username": username, "token_use": token_use, "origin_jti": session}
        claims |= {"iat": str(issued)} if issued else {}
        sent = raw if raw is not None else None if body is None else json.dumps(body).encode()
        event = {
            "version": "2.0",
            "rawPath": path,
            "queryStringParameters": dict(part.split("=", 1) for part in query.split("&")) if query else None,
            "headers": headers or {},
            "requestContext": {
                "http": {"method": method, "path": path, "sourceIp": address},
                "stage": "$default",
                "authorizer": {"jwt": {"claims": claims}} if player else None,
            },
            "body": base64.b64encode(sent).decode() if sent is not None else None,
            "isBase64Encoded": sent is not None,
        }
        response = render_response(self.serve(parse_request(event)))
        return Answered(response["statusCode"], response["headers"], response["body"])

    def new_key(self) -> str:
        return f"key-{next(self.numbers)}"

    def start(self, player: str = "ada", key: str | None = None, **character: Any) -> Answered:
        body = {"character": {"name": "Ash", "class_id": "prowler", **character}}
        headers = {**JSON, "Idempotency-Key": key or self.new_key()}
        return self.ask("POST", "/v1/campaigns", body, player=player, headers=headers)

    def campaign(self, player: str = "ada") -> str:
        """The id of a new campaign."""
        return str(self.start(player).json["id"])

    def fork(self, campaign: str, at_turn: Any = 7, *, key: str | None = None, player: str = "ada") -> Answered:
        headers = {**JSON, "Idempotency-Key": key or self.new_key()}
        return self.ask("POST", f"/v1/campaigns/{campaign}/forks", {"at_turn": at_turn}, player=player, headers=headers)

    def act(
        self, campaign: str, action: str = "I wait", *, key: str | None = None, wait: int | None = None,
        player: str = "ada", address: str = "198.51.100.7", **body: Any,
    ) -> Answered:  # fmt: skip
        prefer = {} if wait is None else {"Prefer": f"wait={wait}"}
        headers = {**JSON, "Idempotency-Key": key or self.new_key(), **prefer}
        path = f"/v1/campaigns/{campaign}/turns"
        return self.ask("POST", path, {"action": action, **body}, player=player, headers=headers, address=address)

    def turn(self, campaign: str, turn: str, **options: Any) -> Answered:
        return self.ask("GET", f"/v1/campaigns/{campaign}/turns/{turn}", **options)

    def resolve(
        self, turn: PlayTurn, number: int = 1, status: str = "active", trace: tuple[StageTrace, ...] = builders.TRACE
    ) -> TurnClosed:
        """Resolve the turn as the workflow does when all went well."""
        committed = builders.committed_as(turn.envelope, number, status)
        envelope = turn.envelope.child(f"{turn.envelope.turn_id}/format")
        return closing.resolve(
            FormatResponse(envelope=envelope, committed=committed, trace=trace), self.deadline_dependencies
        )

    def fail(self, turn: PlayTurn, error: str = "Transient") -> TurnClosed:
        """Fail the turn as the workflow does when it gave up."""
        envelope = turn.envelope.child(f"{turn.envelope.turn_id}/fail")
        request = FailTurn(envelope=envelope, error=error, cause="a secret of ours", stage="OpenTurn")
        return closing.fail(request, self.deadline_dependencies)

    def deadline(self, *turns: PlayTurn) -> None:
        overdue = [(turn.envelope.campaign_id, turn.envelope.turn) for turn in turns]
        closing.close_overdue(overdue, self.deadline_dependencies)

    def items(self, kind: str = "") -> list[dict[str, Any]]:
        """Everything in the table, or what has this kind of sort key or entity."""
        found = self.dynamodb.scan(TableName=TABLE)["Items"]
        return [each for each in found if each["sk"]["S"].startswith(kind) or each.get("entity", {}).get("S") == kind]

    def events(self) -> list[dict[str, Any]]:
        """The outbox in stream order."""
        stored = sorted(self.items("event"), key=lambda each: each["sk"]["S"])
        return [json.loads(unpack(each["event"]["S"])) for each in stored]
