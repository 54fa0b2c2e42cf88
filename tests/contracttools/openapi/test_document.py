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
from jsonschema_rs import Draft202012Validator

from ninelives.contracttools.openapi import document, paths, typescript
from ninelives.contracttools.openapi.document import ROUTES
from services.gateway.application.rate_limiter import RateLimiter
from services.gateway.domain.rejections import Rejection, TurnRunning
from services.gateway.http import account_routes, problems
from services.gateway.http.operations import find_operation
from services.gateway.http.paths import ACCOUNT_METHODS, PUBLIC_PATHS
from services.gateway.http.problems import ProblemType

ROUTE = [
    pytest.param(pattern, method, id=f"{method} {paths.template(pattern)}")
    for pattern in ROUTES
    for method in ROUTES[pattern]
]
HOUSE = "services.gateway."


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    return document.document()


def test_the_committed_document_and_its_types_are_what_the_code_generates() -> None:
    for made in (document, typescript):
        assert made.FILE.read_text(encoding="utf-8") == made.text(), "run `make schemas` and commit what it writes"


def test_it_is_valid_openapi(told: dict[str, Any]) -> None:
    from openapi_spec_validator import OpenAPIV31SpecValidator  # only here: it makes forty parsers when it is loaded

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
    stated = set(find_operation(serve).problems(named="(?P<" in pattern, public=pattern in PUBLIC_PATHS))

    assert _refused_by(serve) <= stated


@pytest.mark.parametrize(("pattern", "method"), ROUTE)
def test_whatever_is_told_of_it_alone_is_refused_by_its_code(pattern: str, method: str) -> None:
    serve = ROUTES[pattern][method]

    assert set(find_operation(serve).refuses) <= _refused_by(serve)


def test_a_kind_of_problem_is_described_once() -> None:
    types = [each for each in vars(problems).values() if isinstance(each, ProblemType)]

    assert len({each.kind for each in types}) == len(types) > 25
    assert all(400 <= each.status < 600 for each in types)


def test_every_rejection_has_a_problem() -> None:
    kinds = [each.kind for each in Rejection.__subclasses__()]

    assert len(kinds) == len(set(kinds)) > 15
    assert all(problems.find_type(kind).kind == kind for kind in kinds)


def test_a_problem_is_made_as_its_type_says() -> None:
    described = problems.TURN_IN_PROGRESS
    made = problems.to_problem(TurnRunning("c_" + "a" * 26, "t_" + "b" * 26))

    assert (described.type, described.status, described.title) == (
        made.problem.type, made.problem.status, made.problem.title,
    )  # fmt: skip
    assert made.problem.instance == f"/v1/campaigns/c_{'a' * 26}/turns/t_{'b' * 26}"
    assert described.example["detail"].split("…") == ["Wait for /v1/campaigns/", "/turns/", " to end, then act again."]
    assert tuple(described.headers) == tuple(made.headers) == ("Retry-After",)


def test_what_goes_to_accounts_is_what_the_accounts_serve() -> None:
    assert {path: tuple(methods) for path, methods in account_routes.ROUTES.items()} == ACCOUNT_METHODS


def test_every_example_is_what_its_schema_says(told: dict[str, Any]) -> None:
    seen = 0
    for media in _media(told["paths"]):  # a schema may have a property that is called content
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


def _refused_by(serve: Callable[..., Any]) -> set[ProblemType]:
    """The types of problems that a function's code names, or any function of the gateway's that it names."""
    seen: set[Any] = set()
    ahead: list[Any] = [serve]
    while ahead:
        found = ahead.pop()
        if found not in seen:
            seen.add(found)
            ahead += _named_in(found) if inspect.isfunction(found) else []
    return {each for each in seen if isinstance(each, ProblemType)}


def _named_in(function: Any) -> Iterator[Any]:
    """Functions of ours and types of problems that a body names, plainly or as a member of a module or of a value."""
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
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) and node.value.attr == "limiter":
            named = getattr(RateLimiter, node.attr, None)
        if inspect.isclass(named) and issubclass(named, Rejection) and named is not Rejection:
            yield problems.find_type(named.kind)
        elif isinstance(named, ProblemType) or (inspect.isfunction(named) and named.__module__.startswith(HOUSE)):
            yield named


def _method(whose: Any, name: str) -> Any:
    """`LIMIT.read` is the `read` of what LIMIT is."""
    return getattr(type(whose), name, None) if type(whose).__module__.startswith(HOUSE) else None
