"""The AsyncAPI document: a channel per kind of event, who sends it and who receives it, and what it looks like."""

from __future__ import annotations

import json
import pkgutil
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

from pydantic.json_schema import models_json_schema

import contracts
from contracts.envelope import Event
from infra.subscriptions import ConsumerSubscription, subscriptions

Json = dict[str, Any]
FILE = Path(__file__).resolve().parents[3] / "docs" / "asyncapi.json"
VERSION = "3.1.0"
BUS = "bus"
REFERENCE = "#/components/schemas/{model}"

ABOUT = """\
Every fact and every step of progress of Nine Lives, as it crosses the event bus.

**Facts** (streams `campaign/…` and `turns/…`) are written in the transaction that made them true, and published from
there: none is lost, none is invented. `metadata.sequence` counts them per stream from 1 without a gap;
`metadata.event_id` is `<stream>/<sequence>`. **Progress** (streams `progress/…`) has no sequence and may be lost; the
turn's own event carries the totals.

Delivery is at least once and in any order: consumers drop what they have by `event_id`. Readers ignore fields they do
not know; a kind changes only by optional additions, and anything else is a new major version with a name of its own
(`TurnResolved.v2`). No event holds what a player typed. Each is at most 64 KiB.
"""


def events() -> tuple[type[Event], ...]:
    """Every kind of event in the contracts, by owner and name."""
    for module in pkgutil.walk_packages(contracts.__path__, "contracts."):
        import_module(module.name)
    return tuple(sorted(Event.__subclasses__(), key=lambda kind: (kind.producer, kind.detail_type)))


def document() -> Json:
    """The whole document. The same code gives the same document."""
    kinds, hearers = events(), subscriptions()
    _, schemas = models_json_schema([(kind, "validation") for kind in kinds], ref_template=REFERENCE)
    return {
        "asyncapi": VERSION,
        "info": {
            "title": "Nine Lives: events",
            "version": "1.0.0",
            "description": ABOUT,
            "license": {"name": "Apache-2.0"},
            "tags": [{"name": owner} for owner in sorted({_owner(kind) for kind in kinds})],
        },
        "defaultContentType": "application/json",
        "servers": {BUS: _bus()},
        "channels": {_name(kind): _channel(kind) for kind in kinds},
        "operations": _operations(kinds, hearers),
        "components": {
            "messages": {_name(kind): _message(kind) for kind in kinds},
            "schemas": dict(sorted(schemas["$defs"].items())),
        },
    }


def text() -> str:
    """The document as it is committed."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


def _bus() -> Json:
    return {
        "host": "events.{region}.amazonaws.com",
        "protocol": "eventbridge",
        "description": "The bus `ninelives-{environment}`. Every consumer has its own rule, queue and dead letters.",
        "variables": {
            "region": {"default": "us-east-1", "description": "Where it is deployed."},
            "environment": {"default": "local", "description": "Which deployment."},
        },
    }


def _channel(kind: type[Event]) -> Json:
    return {
        "address": kind.detail_type,
        "title": kind.detail_type,
        "description": f"EventBridge `detail-type` {kind.detail_type}, `source` {kind.producer}.",
        "servers": [{"$ref": f"#/servers/{BUS}"}],
        "messages": {_name(kind): {"$ref": f"#/components/messages/{_name(kind)}"}},
        "tags": [{"name": _owner(kind)}],
    }


def _message(kind: type[Event]) -> Json:
    return {
        "name": kind.detail_type,
        "title": kind.detail_type,
        "summary": " ".join((kind.__doc__ or "").split()),
        "contentType": "application/json",
        "payload": {"$ref": REFERENCE.format(model=kind.__name__)},
        "correlationId": {"location": "$message.payload#/metadata/correlation_id", "description": "The turn."},
        "x-schema-version": kind.schema_version,
    }


def _operations(kinds: Iterable[type[Event]], hearers: Iterable[ConsumerSubscription]) -> Json:
    told = {f"{_owner(kind)}.sends.{_name(kind)}": _sends(kind) for kind in kinds}
    heard = {
        f"{who.service}.{who.handler}.receives.{_name(kind)}": _receives(who, kind)
        for who in hearers
        for kind in kinds
        if who.hears(kind.producer, kind.detail_type)
    }
    return {**told, **heard}


def _sends(kind: type[Event]) -> Json:
    return _operation("send", kind, f"{_owner(kind)} tells {kind.detail_type}.", _owner(kind))


def _receives(who: ConsumerSubscription, kind: type[Event]) -> Json:
    return _operation("receive", kind, f"{who.service}/{who.handler}: {who.purpose}.", who.service)


def _operation(action: str, kind: type[Event], summary: str, service: str) -> Json:
    channel = f"#/channels/{_name(kind)}"
    return {
        "action": action,
        "channel": {"$ref": channel},
        "summary": summary,
        "messages": [{"$ref": f"{channel}/messages/{_name(kind)}"}],
        "tags": [{"name": service}],
    }


def _owner(kind: type[Event]) -> str:
    return kind.producer.removeprefix("ninelives.")


def _name(kind: type[Event]) -> str:
    """A key of the document: `TurnResolvedV1`. Dots are not for keys."""
    return kind.__name__
