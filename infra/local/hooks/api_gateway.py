"""CORS of an HTTP API declared in a template is honoured: a browser's preflight gets its headers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ministack.services.cloudformation import provisioners

from infra.local.hooks.surface import EmulatorChanged, need

API = "AWS::ApiGatewayV2::Api"


def _as_stored(properties: dict[str, Any]) -> dict[str, Any]:
    """CloudFormation spells the keys in PascalCase; the service reads what it stores in camelCase."""
    cors = properties.get("CorsConfiguration")
    if not cors:
        return properties
    camel = {key[:1].lower() + key[1:]: value for key, value in cors.items()}
    return {**properties, "CorsConfiguration": camel}


def _create(create: Callable[..., Any]) -> Callable[..., Any]:
    return lambda logical_id, properties, stack: create(logical_id, _as_stored(properties), stack)


def _update(update: Callable[..., Any]) -> Callable[..., Any]:
    return lambda api_id, old, new, *rest: update(api_id, _as_stored(old), _as_stored(new), *rest)


def install() -> None:
    need(provisioners, "_RESOURCE_HANDLERS")
    handler = provisioners._RESOURCE_HANDLERS.get(API, {})
    if not {"create", "update"} <= handler.keys():
        raise EmulatorChanged(f"{API} is no longer provisioned by create and update.")
    handler.update(create=_create(handler["create"]), update=_update(handler["update"]))
