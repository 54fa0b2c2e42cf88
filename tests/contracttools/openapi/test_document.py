"""The document says what the code says: every route, everything it can be asked, everything it can refuse."""

from __future__ import annotations

import ast
import importlib
import inspect
import textwrap
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from ninelives.contracttools.openapi import document, paths, refusals
from services.gateway.domain.limits import Limits
from services.gateway.http import problems
from services.gateway.http.operations import operation_of
from services.gateway.http.routes import PUBLIC_PATHS, ROUTES

ROUTE = [
    pytest.param(pattern, method, id=f"{method} {paths.template(pattern)}")
    for pattern in ROUTES
    for method in ROUTES[pattern]
]
HOUSE = "services.gateway."


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    return document.document()


def test_the_committed_document_is_what_the_code_generates() -> None:
    assert document.FILE.read_text(encoding="utf-8") == document.text(), "run `make schemas` and commit what it writes"


def test_it_is_valid_openapi(told: dict[str, Any]) -> None:
    OpenAPIV31SpecValidator(told).validate()


def test_every_route_is_told_and_nothing_else(told: dict[str, Any]) -> None:
    described = {
        (path, method) for path, methods in told["paths"].items() for method in methods if method != "parameters"
    }

    assert described == {(paths.template(pattern), method.lower()) for pattern in ROUTES for method in ROUTES[pattern]}


@pytest.mark.parametrize(("pattern", "method"), ROUTE)
def test_a_route_says_what_it_is(told: dict[str, Any], pattern: str, method: str) -> None:
    operation = told["paths"][paths.template(pattern)][method.lower()]

    assert operation["summary"]
    assert operation["tags"][0] in {tag["name"] for tag in told["tags"]}
    assert operation["security"] == ([] if pattern in PUBLIC_PATHS else [{"token": []}])


@pytest.mark.parametrize(("pattern", "method"), ROUTE)
def test_whatever_its_code_refuses_with_is_told(pattern: str, method: str) -> None:
    serve = ROUTES[pattern][method]
    stated = set(operation_of(serve).problems(named="(?P<" in pattern, public=pattern in PUBLIC_PATHS))

    assert _refused_by(serve) <= stated


@pytest.mark.parametrize(("pattern", "method"), ROUTE)
def test_whatever_is_told_of_it_alone_is_refused_by_its_code(pattern: str, method: str) -> None:
    serve = ROUTES[pattern][method]

    assert set(operation_of(serve).refuses) <= _refused_by(serve)


def test_no_two_problems_of_one_type_differ() -> None:
    makers = {each for methods in ROUTES.values() for s in methods.values() for each in operation_of(s).refuses}
    kinds = [refusals.kind(each) for each in makers]

    assert len({kind.type for kind in kinds}) == len(kinds)
    assert all(400 <= kind.status < 600 for kind in kinds)


def test_a_problem_is_read_as_it_is_made() -> None:
    made = problems.turn_in_progress("c_" + "a" * 26, "t_" + "a" * 26)
    read = refusals.kind(problems.turn_in_progress)

    assert (read.type, read.status, read.title) == (made.problem.type, made.problem.status, made.problem.title)
    assert read.headers == tuple(made.headers)


def test_every_example_is_what_its_schema_says(told: dict[str, Any]) -> None:
    seen = 0
    for media in _media(told):
        reader = Draft202012Validator({**media["schema"], "components": told["components"]})
        for example in media.get("examples", {}).values():
            reader.validate(example["value"])
            seen += 1
    assert seen > 50


def test_a_link_gives_every_id_that_its_operation_asks_for(told: dict[str, Any]) -> None:
    made = told["paths"]["/v1/campaigns"]["post"]["responses"]["201"]["links"]
    taken = told["paths"]["/v1/campaigns/{campaign_id}/turns"]["post"]["responses"]["202"]["links"]

    assert made["turns.take"]["parameters"] == {"campaign_id": "$response.body#/id"}
    assert taken["turns.show"]["parameters"]["turn_id"] == "$response.body#/id"


def _media(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        for name, value in part.items():
            if name == "content":
                yield from value.values()
            yield from _media(value)


def _refused_by(serve: Callable[..., Any]) -> set[Any]:
    """The makers of problems that a function's code names, or any function of the gateway's domain that it names."""
    seen: set[Any] = set()
    ahead: list[Any] = [serve]
    while ahead:
        found = ahead.pop()
        if found not in seen:
            seen.add(found)
            ahead += [] if found.__module__ == problems.__name__ else _named_in(found)
    return {each for each in seen if each.__module__ == problems.__name__ and _makes(each)}


def _named_in(function: Any) -> Iterator[Any]:
    """Functions of the domain that this one's body names: plainly, as a member of a module, or of the limits."""
    home = importlib.import_module(function.__module__)
    body = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(body, ast.FunctionDef)
    for node in (each for statement in body.body for each in ast.walk(statement)):
        named: Any = None
        if isinstance(node, ast.Name):
            named = getattr(home, node.id, None)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            whose = getattr(home, node.value.id, None)
            named = getattr(whose, node.attr, None) if isinstance(whose, ModuleType) else _method(whose, node.attr)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) and node.value.attr == "limits":
            named = getattr(Limits, node.attr, None)
        if inspect.isfunction(named) and named.__module__.startswith(HOUSE):
            yield named


def _method(whose: Any, name: str) -> Any:
    """`LIMIT.of` is the `of` of what LIMIT is."""
    return getattr(type(whose), name, None) if type(whose).__module__.startswith(HOUSE) else None


def _makes(function: Any) -> bool:
    try:
        return bool(refusals.kind(function))
    except refusals.Unreadable:
        return False
