"""The modules of its own service that a handler loads, read from the sources.

What an import at the top of a module brings is loaded, and so is what a function imports, for it may be called. A
service's `wiring` is read function by function: a handler loads what the functions import that it asks for by name.
Imports for type checkers only are not followed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parents[2]

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Imported(NamedTuple):
    """A module, and the name asked of it; no name is all of it."""

    module: str
    name: str | None


def closure(handler: str) -> frozenset[str]:
    """The modules below `services` that importing and calling this handler loads, packages without a line left out."""
    seen: set[Imported] = set()
    waiting = [Imported(handler, None)]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += _imports(one)
    return frozenset(each.module for each in seen if lines(each.module))


@cache
def lines(module: str) -> int:
    """The lines of a module that run: those for type checkers only do not count."""
    unread = (node for node in _parse(module).body if _is_for_type_checkers(node))
    unread_lines = sum((node.end_lineno or node.lineno) - node.lineno + 1 for node in unread)
    return len(_path(module).read_text(encoding="utf-8").splitlines()) - unread_lines


def exists(module: str) -> bool:
    """Whether there is a module or package of this name."""
    at = REPOSITORY.joinpath(*module.split("."))
    return at.with_suffix(".py").is_file() or (at / "__init__.py").is_file()


def _imports(one: Imported) -> Iterator[Imported]:
    tree = _parse(one.module)
    if ".wiring" not in one.module or one.name is None:
        yield from _find_imports(_statements(tree, into_functions=".wiring" not in one.module))
        return
    yield Imported(one.module, None)  # what stands at the top of a wiring
    functions = {node.name: node for node in tree.body if isinstance(node, Function)}
    called = functions.get(one.name)
    if called is not None:
        yield from _find_imports(ast.walk(called))
        names = {node.id for node in ast.walk(called) if isinstance(node, ast.Name)}
        yield from (Imported(one.module, name) for name in names & functions.keys())


def _statements(tree: ast.Module, *, into_functions: bool) -> Iterator[ast.AST]:
    """Everything in a module that may run, but blocks for type checkers."""
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if _is_for_type_checkers(node):
            continue
        elif into_functions or not isinstance(node, Function):
            yield node
            waiting += ast.iter_child_nodes(node)


def _is_for_type_checkers(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING" and not node.orelse


def _find_imports(nodes: Iterable[ast.AST]) -> Iterator[Imported]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (Imported(name.name, None) for name in node.names if name.name.startswith("services."))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("services."):
            assert node.module is not None
            for name in node.names:
                below = f"{node.module}.{name.name}"
                yield Imported(below, None) if exists(below) else Imported(node.module, name.name)


@cache
def _parse(module: str) -> ast.Module:
    return ast.parse(_path(module).read_text(encoding="utf-8"))


def _path(module: str) -> Path:
    at = REPOSITORY.joinpath(*module.split("."))
    return at / "__init__.py" if at.is_dir() else at.with_suffix(".py")
