"""Docstrings begin with the noun and the fact, and not with a circumlocution of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
ROOMS = ("contracts", "infra", "ninelives", "services", "stagekit", "tests")
CIRCUMLOCUTIONS = frozenset(
    {"What", "How", "Who", "Where", "When", "Why", "Which", "Whose", "Whom"}
    | {"Whatever", "Whoever", "Wherever", "Whichever"}
)
"""First words of a clause that stands for a noun. "Whether" is not among them: a predicate says so."""


def _list_texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The line and the text of each docstring, and of each string below a constant or a field, which documents it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if text := ast.get_docstring(node):
                yield node.body[0].lineno, text
            for before, here in zip(node.body, node.body[1:], strict=False):
                match before, here:
                    case ast.Assign() | ast.AnnAssign(), ast.Expr(value=ast.Constant(value=str() as text)):
                        yield here.lineno, text


@pytest.mark.parametrize("room", ROOMS)
def test_a_docstring_begins_with_the_noun(room: str) -> None:
    begun = [
        f"{path.relative_to(REPOSITORY)}:{line}: {text.splitlines()[0]}"
        for path in sorted((REPOSITORY / room).rglob("*.py"))
        for line, text in _list_texts(ast.parse(path.read_text(encoding="utf-8")))
        if text.split()[:1] and text.split()[0].strip(",.:;") in CIRCUMLOCUTIONS
    ]

    assert begun == []
