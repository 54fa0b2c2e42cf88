"""A route in the document: its path, what it takes, what it answers."""

from __future__ import annotations

import inspect
import re
from collections import defaultdict
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from ninelives.contracttools.openapi.headers import list_headers, list_parameters
from ninelives.contracttools.openapi.words import BEFORE_THE_CODE, EXAMPLES, NAMED_BY, NAMES
from services.gateway.http.operations import Operation, SuccessResponse, find_operation
from services.gateway.http.problems import CONTENT_TYPE, ProblemType
from services.gateway.http.queries import IntegerParameter, QueryParameter

Json = dict[str, Any]
JSON = "application/json"
RATE = HTTPStatus.TOO_MANY_REQUESTS.value
"""The front limits the rate of all routes, whatever limits a route has of its own."""
REFERENCE = "#/components/schemas/{model}"
_GROUP = re.compile(r"\(\?P<(\w+)>((?:\[[^]]*\]|[^)[])*)\)")


def template(pattern: str) -> str:
    """`/v1/campaigns/{campaign_id}` of a route's pattern."""
    return _GROUP.sub(r"{\1}", pattern)


def path_parameters(pattern: str) -> list[Json]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": NAMED_BY[name],
            "schema": {"type": "string", "pattern": f"^{form}$"},
        }
        for name, form in _GROUP.findall(pattern)
    ]


def describe_operation(pattern: str, serve: Any, *, public: bool) -> Json:
    """The operation object of a route. Raises LookupError when its function says nothing of itself."""
    stated = find_operation(serve)
    summary, _, more = (inspect.getdoc(serve) or "").partition(".")
    refused = stated.problems(named="(?P<" in pattern, public=public)
    told: Json = {
        "operationId": stated.id,
        "tags": [stated.tag],
        "summary": summary.strip().replace("\n", " "),
        "description": " ".join(more.split()),
        "parameters": [*map(_query, stated.queries), *list_parameters(stated)],
        "requestBody": _body(stated),
        "responses": {**_answers(stated), **_refusals(refused)},
        "security": [] if public else [{"token": []}],
    }
    return {name: value for name, value in told.items() if value or name == "security"}


def link_operations(document_paths: Json) -> None:
    """From what a POST made to what can be done with it: links, in place."""
    named = {
        operation["operationId"]: frozenset(re.findall(r"{(\w+)}", path))
        for path, methods in document_paths.items()
        for method, operation in methods.items()
        if method != "parameters"
    }
    for methods in document_paths.values():
        for status, answer in methods.get("post", {"responses": {}})["responses"].items():
            made = answer.get("content", {}).get(JSON, {}).get("schema", {}).get("$ref", "").rpartition("/")[2]
            if status.startswith("2") and made in NAMES:
                parameters = {name: f"$response.body#{pointer}" for name, pointer in NAMES[made].items()}
                answer["links"] = {
                    operation: {"operationId": operation, "parameters": parameters}
                    for operation, needed in named.items()
                    if needed == parameters.keys()
                }


def _query(query: QueryParameter) -> Json:
    schema: Json
    if isinstance(query, IntegerParameter):
        schema = {"type": "integer", "default": query.default, "minimum": query.least, "maximum": query.most}
    else:
        schema = {"type": "string", "pattern": None if query.pattern == ".*" else f"^{query.pattern}$"}
        schema = {name: value for name, value in {**schema, "maxLength": query.most}.items() if value is not None}
    return {"name": query.name, "in": "query", "description": query.meaning, "schema": schema}


def _body(stated: Operation) -> Json | None:
    if stated.body is None:
        return None
    name = stated.body.__name__
    media = {"schema": {"$ref": REFERENCE.format(model=name)}, "examples": {"example": {"value": EXAMPLES[name]}}}
    return {"required": True, "content": {JSON: media}}


def _answers(stated: Operation) -> Json:
    replayed = ("Idempotency-Replayed",) if stated.keyed else ()
    perhaps = (*replayed, *(("Retry-After", "Preference-Applied") if stated.waits else ()))
    told = {str(status): _describe_answer(status, answer, perhaps) for status, answer in stated.answers.items()}
    unchanged = {"304": {"description": "Nothing has changed.", "headers": list_headers(("ETag",))}}
    return {**told, **(unchanged if stated.conditional else {})}


def _describe_answer(status: int, answer: SuccessResponse, perhaps: tuple[str, ...]) -> Json:
    told: Json = {"description": HTTPStatus(status).phrase, "headers": list_headers(answer.headers, perhaps)}
    if answer.body:
        name = answer.body.__name__
        told["content"] = {JSON: {"schema": {"$ref": REFERENCE.format(model=name)}}}
        if name in EXAMPLES:
            told["content"][JSON]["examples"] = {"example": {"value": EXAMPLES[name]}}
    return {name: value for name, value in told.items() if value}


def _refusals(kinds: Iterable[ProblemType]) -> Json:
    by_status: dict[int, list[ProblemType]] = defaultdict(list)
    for each in kinds:
        by_status[each.status].append(each)
    by_status.setdefault(RATE, [])
    return {str(status): _describe_refusal(status, by_status[status]) for status in sorted(by_status)}


def _describe_refusal(status: int, kinds: list[ProblemType]) -> Json:
    always = tuple(sorted(set.intersection(*(set(each.headers) for each in kinds)))) if kinds else ()
    perhaps = tuple(sorted({name for each in kinds for name in each.headers}))
    content: Json = {}
    if kinds:
        types = {"properties": {"type": {"enum": [each.type for each in kinds]}, "status": {"const": status}}}
        content[CONTENT_TYPE] = {
            "schema": {"allOf": [{"$ref": REFERENCE.format(model="Problem")}, types]},
            "examples": {each.kind: {"summary": each.title, "value": each.example} for each in kinds},
        }
    if status in BEFORE_THE_CODE:
        content[JSON] = {
            "schema": {"$ref": REFERENCE.format(model="FromTheFront")},
            "examples": {"front": {"value": {"message": BEFORE_THE_CODE[status]}}},
        }
    said = "; ".join(each.title for each in kinds) or BEFORE_THE_CODE[status]
    # The front sends none of these headers: where a status may come from there, none is certain.
    told = {
        "description": said,
        "headers": list_headers(() if JSON in content else always, perhaps),
        "content": content,
    }
    return {name: value for name, value in told.items() if value}
