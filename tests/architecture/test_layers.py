"""What the layers of a service promise beyond the order of their imports: purity, and entry points that load little."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
SERVICES = REPOSITORY / "services"
CLOCKS = {"now", "clock", "today"}
WAITS = {"pause", "sleep", "wait"}
DOMAIN = [path for path in sorted(SERVICES.glob("*/domain/**/*.py")) if "tests" not in path.parts]
STRANGERS = {
    "api": {"application.accounts", "adapters.cognito", "adapters.account_register", "wiring.accounts"},
    "accounts": {"application.turns", "application.campaigns", "application.live"},
    "push": {"http", "application.accounts", "application.campaigns", "application.turns", "adapters.workflow"},
    "narrate": {"http", "application.accounts", "application.campaigns", "application.turns", "adapters.workflow"},
    "socket": {"application.accounts", "application.campaigns", "application.turns", "adapters.workflow"},
    "format_response": {"http", "application.accounts", "application.campaigns", "adapters.service_functions"},
    "fail_turn": {"http", "application.accounts", "application.campaigns", "adapters.service_functions"},
    "deadline": {"http", "application.accounts", "application.campaigns", "adapters.workflow"},
}
"""By handler of the gateway: the rooms it has no business in."""


def _handed_in(tree: ast.Module) -> Iterator[str]:
    """Parameters and attributes that are a clock or a wait: called so and callable, or called in the body."""
    for node in ast.walk(tree):
        declared = None
        if isinstance(node, ast.arg) and node.annotation is not None:
            declared = (node.arg, node.annotation)
        elif isinstance(node, ast.AnnAssign):
            declared = (ast.unparse(node.target).rpartition(".")[2], node.annotation)
        if declared and declared[0].strip("_") in CLOCKS | WAITS and "Callable" in ast.unparse(declared[1]):
            yield f"{declared[0]}: {ast.unparse(declared[1])}"
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).rpartition(".")[2].strip("_")
            if called in CLOCKS | WAITS and not isinstance(node.func, ast.Name):
                yield f"{ast.unparse(node)}"


@pytest.mark.parametrize("source", [
    "def decide(seen, now: Callable[[], datetime]): ...",
    "class Desk:\n    pause: Callable[[float], None]",
    "def decide(desk): return desk.now()",
])  # fmt: skip
def test_a_clock_or_a_wait_that_is_handed_in_is_found(source: str) -> None:
    assert list(_handed_in(ast.parse(source)))


def test_no_domain_is_handed_a_clock_or_a_wait() -> None:
    offenders = {
        path.relative_to(REPOSITORY).as_posix(): found
        for path in DOMAIN
        if (found := list(_handed_in(ast.parse(path.read_text(encoding="utf-8")))))
    }

    assert offenders == {}


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    return grimp.build_graph("services", cache_dir=None)


@pytest.mark.parametrize("handler", STRANGERS)
def test_a_handler_of_the_gateway_loads_no_room_it_has_no_business_in(imports: grimp.ImportGraph, handler: str) -> None:
    entry = f"services.gateway.handlers.{handler}"
    closure = {name.removeprefix("services.gateway.") for name in imports.find_upstream_modules(entry)}

    print(f"{entry}: {len(closure)} modules: {', '.join(sorted(closure))}")
    assert not {name for name in closure if any(f"{name}.".startswith(f"{room}.") for room in STRANGERS[handler])}
