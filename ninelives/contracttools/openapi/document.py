"""The OpenAPI document: every route of the player API with what it takes and what it answers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from contracts.playerapi import Problem
from ninelives.contracttools.openapi.headers import ANSWERED, ASKED
from ninelives.contracttools.openapi.paths import (
    REFERENCE,
    describe_operation,
    link_operations,
    path_parameters,
    template,
)
from ninelives.contracttools.openapi.words import ABOUT, TAGS
from services.gateway.http import account_routes, player_routes
from services.gateway.http.exchange import HttpResponse
from services.gateway.http.operations import Operation, find_operation
from services.gateway.http.paths import PUBLIC_PATHS
from services.gateway.http.security import HEADERS

Json = dict[str, Any]
FILE = Path(__file__).resolve().parents[3] / "docs" / "openapi.json"
VERSION = "3.1.0"
ROUTES: dict[str, dict[str, Callable[..., HttpResponse]]] = {
    pattern: dict(methods)
    for routes in (account_routes.ROUTES, player_routes.ROUTES)
    for pattern, methods in routes.items()
}
_QUALIFIED = re.compile(r"contracts__([a-z]+)__(?:[a-z_]+?__)?([A-Z]\w*)")
FRONT = {
    "type": "object",
    "description": "What the HTTP API in front of the code says when it refuses a request itself.",
    "properties": {"message": {"type": ["string", "null"]}},
    "required": ["message"],
    "additionalProperties": False,
}


def document() -> Json:
    """The whole document. The same code gives the same document. Raises LookupError when a route says nothing."""
    operations = [find_operation(serve) for methods in ROUTES.values() for serve in methods.values()]
    paths = {template(pattern): _path(pattern) for pattern in ROUTES}
    link_operations(paths)
    used = {operation.tag for operation in operations}
    return {
        "openapi": VERSION,
        "info": {
            "title": "Nine Lives: player API",
            "version": "1.0.0",
            "summary": "Tell the city what your cat does.",
            "description": f"{ABOUT}\n{_guards()}",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/", "description": "Where this document is served, or the address of a deployment."}],
        "tags": [{"name": name, "description": meaning} for name, meaning in TAGS.items() if name in used],
        "paths": paths,
        "components": {
            "schemas": _schemas(operations),
            "parameters": {name: {"name": name, "in": "header", **stated} for name, stated in ASKED.items()},
            "headers": ANSWERED,
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "JWT",
                    "description": "The `access_token` of a session. It is short-lived: renew it before it ends.",
                }
            },
        },
    }


def text() -> str:
    """The document as it is committed."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


def _path(pattern: str) -> Json:
    methods = {
        method: describe_operation(pattern, serve, public=pattern in PUBLIC_PATHS)
        for method, serve in ROUTES[pattern].items()
    }
    named = path_parameters(pattern)
    return {**({"parameters": named} if named else {}), **{name.lower(): told for name, told in methods.items()}}


def _schemas(operations: list[Operation]) -> Json:
    told = {answer.body for operation in operations for answer in operation.answers.values() if answer.body}
    asked = {operation.body for operation in operations if operation.body}
    models: set[type[BaseModel]] = {*told, *asked, Problem}
    ordered = sorted(models, key=lambda model: model.__name__)
    _, schemas = models_json_schema([(model, "validation") for model in ordered], ref_template=REFERENCE)
    plain = json.loads(_QUALIFIED.sub(_plainly, json.dumps(schemas["$defs"])))
    return dict(sorted({**_drop_titles(plain), "FromTheFront": FRONT}.items()))


def _drop_titles(schema: Any) -> Any:
    """Without the titles that only repeat the names of fields. A field may be called `title`: its value is a schema."""
    if isinstance(schema, list):
        return [_drop_titles(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {name: _drop_titles(part) for name, part in schema.items() if name != "title" or not isinstance(part, str)}


def _plainly(qualified: re.Match[str]) -> str:
    """The name of a schema where two owners call different things alike: the player API's is plain, `Dice`, and
    `CanonDice`."""
    owner = "" if qualified[1] == Problem.__module__.split(".")[1] else qualified[1].capitalize()
    return f"{owner}{qualified[2]}"


def _guards() -> str:
    named = ", ".join(f"`{name}`" for name in sorted({*HEADERS, "Cache-Control"}))
    return f"Every answer of the code carries {named}.\n"
