"""A route of the player API is four files, and every check of routes takes it."""

from __future__ import annotations

import pytest

from tests.drills.additions import add_route
from tests.drills.page import drill
from tests.drills.tree import Tree

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
MOST_FILES = 4
TESTS = ("lives", "ownership", "security")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    return Tree(tmp_path_factory.mktemp("route"))


def test_a_route_is_added_as_contributing_says(tree: Tree) -> None:
    add_route(tree)
    written = tree.changed()
    tree.ninelives("contracts", "schemas")
    generated = tree.changed() - written

    assert drill("Add a route").differences(written, generated) == []
    assert len(written) <= MOST_FILES
    tree.lint()
    tree.ninelives("contracts", "schemas", "--check")
    tree.ninelives("contracts", "check-api")
    tree.pytest(
        *(f"services/gateway/tests/test_{name}.py" for name in ("lives", "ownership", "security")), "-k", "lives"
    )
    tree.pytest("tests/contracttools/openapi/test_document.py", "-k", "lives or committed or described")
