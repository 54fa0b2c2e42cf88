"""Replies of somebody else's, a file of requests: each is answered by what the player would be told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from contracts.dm import ValidateAndRoute
from services.dm.domain.validate import validate_and_route
from services.dm.wiring import catalogue

Answer = dict[str, Any]


def answer_file(path: Path) -> Iterator[Answer]:
    """An answer for each line that is not blank, in the order of the lines."""
    with path.open("rb") as lines:
        yield from (answer(line) for line in lines if line.strip())


def answer(line: bytes | str) -> Answer:
    """`route`, `told` (null when no story is) and `report` for a `ValidateAndRoute` as JSON; `error` for anything else.
    An `id` beside the fields of the request comes back."""
    try:
        given = json.loads(line)
        if not isinstance(given, dict):
            return {"error": "not a JSON object"}
    except (ValueError, RecursionError) as error:
        return {"error": f"not JSON: {error}"}
    known = {"id": given["id"]} if "id" in given else {}
    try:
        request = ValidateAndRoute.model_validate_json(json.dumps(given))
    except ValidationError as error:
        return {**known, "error": _explain(error)}
    routed = validate_and_route(request, catalogue())
    report = routed.report.model_dump(mode="json")
    return {**known, "route": routed.route, "told": routed.narrative, "report": report}


def _explain(error: ValidationError) -> str:
    """The first thing that is wrong with a request, and where."""
    first = error.errors(include_url=False, include_input=False)[0]
    return f"no request: {'.'.join(map(str, first['loc'])) or 'the whole'}: {first['msg']}"
