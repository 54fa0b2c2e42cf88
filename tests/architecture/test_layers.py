"""The domain of a service is pure: it is not even handed a clock or a wait."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
SERVICES = REPOSITORY / "services"
CLOCKS = {"now", "clock", "today"}
WAITS = {"pause", "sleep", "wait"}
DOMAIN = [path for path in sorted(SERVICES.glob("*/domain/**/*.py")) if "tests" not in path.parts]


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
