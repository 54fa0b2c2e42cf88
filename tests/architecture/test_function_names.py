"""A function is named by a verb, or by the noun that it gives; not by a participle, which says neither."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
ROOMS = ("contracts", "stagekit", "services", "infra", "ninelives", "tests")
IRREGULAR = """
    beaten begun bent bitten blown borne bought bred broken brought built burnt caught chosen dealt done drawn
    driven drunk eaten fallen fed felt flown forbidden forgotten fought found frozen given gone gotten grown heard held
    hidden hung kept known laid learnt led lent lit lost made meant met paid proven ridden risen sent shaken shown
    slain sold spelt spent spoken stolen stood struck stuck sung sunk sworn swung taken taught thought thrown told
    torn trodden understood woken won worn woven written wrung
"""
"""The usual ones, without those that are their verb, like `read` and `shut`, or a noun, like `bound`."""
NO_PARTICIPLES = "bed bleed breed deed embed exceed feed heed indeed need proceed red reed seed shed speed succeed weed"
ADJECTIVE_OF_WHAT_IT_WRAPS = ("contextmanager", "asynccontextmanager", "fixture")
VALUE = ("property", "cached_property", "setter")
EXCEPTIONS: dict[str, str] = {}
"""`<file>:<function>` that must be named by a participle, each with the reason: somebody else calls it by that name."""


def is_participle(name: str) -> bool:
    word = name.strip("_")
    if not re.fullmatch("[a-z]+", word) or word in NO_PARTICIPLES.split():
        return False
    return word.endswith("ed") or re.sub("^(un|re)", "", word) in IRREGULAR.split()


def find_participles(tree: ast.AST) -> Iterator[str]:
    """The functions named by one that neither hold a value, nor answer yes or no, nor are entered by `with`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and is_participle(node.name):
            returns = ast.unparse(node.returns) if node.returns else ""
            marks = {ast.unparse(each).partition("(")[0].rpartition(".")[2] for each in node.decorator_list}
            exempt = marks.intersection(ADJECTIVE_OF_WHAT_IT_WRAPS + VALUE)
            if not exempt and returns != "bool" and not returns.startswith("AbstractContextManager["):
                yield node.name


def test_no_function_is_named_by_a_participle() -> None:
    found = {
        f"{path.relative_to(REPOSITORY).as_posix()}:{name}"
        for room in ROOMS
        for path in sorted((REPOSITORY / room).rglob("*.py"))
        for name in find_participles(ast.parse(path.read_text(encoding="utf-8")))
    }

    assert found - EXCEPTIONS.keys() == set()
    assert EXCEPTIONS.keys() - found == set(), "exceptions that are not needed"


@pytest.mark.parametrize("name", ["named", "_told", "resolved", "__kept", "untold", "rebuilt"])
def test_a_participle_is_found(name: str) -> None:
    for source in (
        f"def {name}(): ...",
        f"class A:\n async def {name}(self) -> str: ...",
        f"def a():\n def {name}(): ...",
    ):
        assert list(find_participles(ast.parse(source))) == [name]


@pytest.mark.parametrize(
    "source",
    [
        "def name(): ...",
        "def find_named(): ...",
        "def deed(): ...",
        "def seed(): ...",
        "def split(): ...",
        "def _locked(door: Door) -> bool: ...",
        "class A:\n    @property\n    def told(self) -> str: ...",
        "@pytest.fixture(scope='session')\ndef deployed(): ...",
        "@contextmanager\ndef throttled() -> Iterator[None]: ...",
        "def undelayed() -> AbstractContextManager[None]: ...",
    ],
)
def test_verbs_nouns_predicates_values_and_what_is_entered_are_no_fault(source: str) -> None:
    assert list(find_participles(ast.parse(source))) == []
