"""Time, sleep, randomness and clients of the code under test: the seed decides them, and all are replaced here.

Where code takes its clock or its client as an argument, wiring still reads them from the places below.
"""

from __future__ import annotations

import datetime as real
import importlib
import os
import random
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import boto3
import pytest
from botocore.session import Session

from services.gateway.adapters.service_functions import FUNCTIONS, name_variable
from services.gateway.tests.caches import clear_wiring
from stagekit.observe import observe as observed
from tests.simulation.network import Client
from tests.simulation.workflow import simulated_time

ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "simulated",
    "AWS_SECRET_ACCESS_KEY": "simulated",
    "AWS_DEFAULT_REGION": "us-east-1",
    "GATEWAY_TABLE": "gateway",
    "CAMPAIGN_TABLE": "campaign",
    "PROJECTION_TABLE": "projection",
    "PROJECTION_SIDE_TABLE": "projection-side",
    "CHRONICLE_TABLE": "chronicle",
    "FRESH_SECONDS": "60",
    "AUDIT_TABLE": "audit",
    "METRICS_TABLE": "metrics",
    "STAGES_TABLE": "stages",
    "EVENT_BUS_NAME": "bus",
    "FAILED_TURNS_QUEUE_URL": "failed-turns",
    "DEAD_LETTER_QUEUE_URL": "dead-letters",
    "STATE_MACHINE_ARN": "turn",
    "WEBSOCKET_ENDPOINT": "https://socket.simulated",
    "USER_POOL_ID": "pool",
    "USER_POOL_CLIENT_ID": "game",
    "EXPORT_FUNCTION": "gateway/export",
    "EXPORTS_BUCKET": "exports",
    "TURN_ENDS_SECONDS": "300",
    "ERASURE_SETTLES_SECONDS": "90",
    "LIMITS": "turns=100000/60 campaigns=100000/60 forks=100000/60",
    "TURN_TARGET_SECONDS": "30",
    "WORLD": "nekopolis",
    "DM_MODEL": "us.anthropic.claude-sonnet-4-6",
    "DM_STREAM": "0",
    "POWERTOOLS_SERVICE_NAME": "simulated",
    "POWERTOOLS_METRICS_NAMESPACE": "NineLives",
    "POWERTOOLS_METRICS_DISABLED": "true",
    "POWERTOOLS_LOG_LEVEL": "CRITICAL",
    **{name_variable(request): "/".join(function) for request, function in FUNCTIONS.items()},
}
_DATETIMES = (
    "services.gateway.wiring.clients",
    "services.gateway.adapters.erasures",
    "services.campaign.wiring",
    "services.chronicle.wiring",
    "services.audit.wiring",
    "stagekit.events",
)
_CLIENTS = (
    ("idempotency", "_claims"),
    ("first_answers", "stages_table"),
    ("events", "bus"),
    ("dead_letters", "queues"),
)
_TOKENS = ("services.campaign.handlers.create", "services.campaign.handlers.fork")


@contextmanager
def seeded(system: Callable[[], Any]) -> Iterator[None]:
    """Code runs in whatever simulation `system` gives; it may be another one later."""

    def now() -> float:
        return float(system().scheduler.now)

    def sleep(seconds: float) -> None:
        system().scheduler.sleep(seconds)

    def token_bytes(size: int = 32) -> bytes:
        return bytes(system().draw(size))

    class Datetime(real.datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return real.datetime.fromtimestamp(now(), tz)

    def client(service: str, *, config: Any = None, **_: Any) -> Client:
        return Client(lambda: system().network, service, config)

    with pytest.MonkeyPatch.context() as patch, simulated_time(lambda: system().scheduler):
        for name, value in ENVIRONMENT.items():
            patch.setenv(name, value)
        patch.setattr(boto3, "client", client)
        patch.setattr(Session, "create_client", lambda self, service, config=None, **_: client(service, config=config))
        patch.setattr(boto3.Session, "client", lambda self, service, config=None, **_: client(service, config=config))
        patch.setattr(time, "time", now)
        patch.setattr(time, "monotonic", now)
        patch.setattr(time, "sleep", sleep)
        patch.setattr("stagekit.publishing.sleep", sleep)
        patch.setattr("stagekit.stage.uuid4", lambda: UUID(bytes=token_bytes(16)))
        for module in _TOKENS:  # imported here at the latest: with what is put in place below, they would keep it
            patch.setattr(f"{module}.token_bytes", token_bytes)
        patch.setattr(secrets, "token_urlsafe", lambda size=32: token_bytes(size).hex())
        patch.setattr(secrets, "token_bytes", token_bytes)
        patch.setattr(secrets, "token_hex", lambda size=32: token_bytes(size).hex())
        for module in _DATETIMES:
            patch.setattr(f"{module}.datetime", Datetime)
        patch.setattr(
            "stagekit.observe.emit", lambda operation, figures, **dimension: None
        )  # dear, and heard by nobody
        patch.setattr("stagekit.consumer.observe", _hear(system))
        _patch_defaults(patch, sleep)
        _forget_clients()
        yield
    forget_containers()
    _forget_clients()


def _hear(system: Callable[[], Any]) -> Callable[[str, Any], Any]:
    """A replacement of the consumers' `observe`: they give a message back whatever went wrong with it, so that a bug
    would be tried again until it hides."""

    @contextmanager
    def observe(operation: str, keys: Any) -> Iterator[None]:
        with observed(operation, keys):
            try:
                yield
            except Exception as error:
                system().functions.note(operation, error)
                raise

    return observe


def _patch_defaults(patch: pytest.MonkeyPatch, sleep: Callable[[float], None]) -> None:
    """Pauses that were bound when their module was imported."""
    from services.campaign.adapters.campaign_store import CampaignStore
    from services.gateway.adapters import conditional_writes
    from services.metrics.adapters.cost_table import CostTable

    for waits in (conditional_writes.commit, conditional_writes.write, CampaignStore.__init__, CostTable.__init__):
        patch.setattr(waits, "__defaults__", (sleep,))


def new_containers(seed: int, provider: str) -> None:
    """Make all functions cold, with no memory of another seed. `provider`: the dungeon master's."""
    os.environ["DM_PROVIDER"] = provider
    random.seed(seed)
    forget_containers()


def _forget_clients() -> None:
    """Empty the caches that hold a client and nothing else: they may serve one seed after the other."""
    for module, maker in _CLIENTS:
        getattr(importlib.import_module(f"stagekit.{module}"), maker).cache_clear()


def forget_containers() -> None:
    clear_wiring()
    for name in ("audit", "campaign", "chronicle", "dm", "metrics"):
        for made in vars(importlib.import_module(f"services.{name}.wiring")).values():
            if hasattr(made, "cache_clear") and made.__name__ != "catalogue":
                made.cache_clear()
