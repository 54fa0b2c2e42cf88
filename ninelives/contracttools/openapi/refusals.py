"""The problems a route can answer with, read from the source of the functions that make them."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

MAKERS = ("refusal", "problem")


@dataclass(frozen=True)
class Kind:
    """A kind of problem. `detail` has an ellipsis where a request's own facts stand."""

    name: str
    status: int
    title: str
    detail: str
    headers: tuple[str, ...]

    @property
    def type(self) -> str:
        return f"/problems/{self.name}"

    @property
    def example(self) -> dict[str, Any]:
        return {"type": self.type, "title": self.title, "status": self.status, "detail": self.detail}


class Unreadable(Exception):
    """A problem whose kind, status and title do not stand in the call that makes it."""


@cache
def kind(maker: Callable[..., object]) -> Kind:
    """The kind that this function makes. Raises Unreadable."""
    source = ast.parse(textwrap.dedent(inspect.getsource(maker)))
    said = {name.targets[0].id: name.value for name in ast.walk(source) if _is_assignment(name)}  # type: ignore[attr-defined]
    for call in (node for node in ast.walk(source) if isinstance(node, ast.Call)):
        if isinstance(call.func, ast.Name | ast.Attribute) and _last(call.func) in MAKERS and len(call.args) >= 4:
            name, status, title = (getattr(each, "value", None) for each in call.args[:3])
            if isinstance(name, str) and isinstance(status, int) and isinstance(title, str):
                return Kind(name, status, title, _text(call.args[3], said), _headers(call))
    raise Unreadable(f"{maker.__module__}.{maker.__qualname__}: no kind, status and title in what it returns")


def _is_assignment(node: ast.AST) -> bool:
    return isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)


def _last(name: ast.Name | ast.Attribute) -> str:
    return name.id if isinstance(name, ast.Name) else name.attr


def _text(node: ast.expr, said: dict[str, ast.expr]) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
    if isinstance(node, ast.Name) and node.id in said:
        return _text(said[node.id], {})
    return "…"


def _headers(call: ast.Call) -> tuple[str, ...]:
    given = next((each.value for each in call.keywords if each.arg == "headers"), None)
    keys = given.keys if isinstance(given, ast.Dict) else []
    return tuple(str(key.value) for key in keys if isinstance(key, ast.Constant))
