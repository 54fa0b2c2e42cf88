"""A whole service is its folder and four files more, and every check of services takes it."""

from __future__ import annotations

import pytest

from tests.drills.additions import FOLDER, add_service
from tests.drills.page import drill
from tests.drills.tree import Tree

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
MOST_FILES_BESIDE_ITS_FOLDER = 8
CONTRACTS = (
    "tests/contracttools/compatibility/test_promises.py",
    "tests/contracttools/asyncapi",
    "-k",
    "achievements or asyncapi and not parser and not page",
)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    return Tree(tmp_path_factory.mktemp("service"))


def test_a_service_is_added_as_contributing_says(tree: Tree) -> None:
    add_service(tree)
    written = tree.changed()
    tree.ninelives("contracts", "schemas")
    generated = tree.changed() - written

    assert drill("Add a service").differences(written, generated) == []
    assert len({path for path in written if not path.startswith(FOLDER)}) <= MOST_FILES_BESIDE_ITS_FOLDER
    tree.lint()
    tree.pytest(FOLDER, "tests/architecture", "-k", "achievements or source_rules or owners or vocabulary")
    tree.pytest(*CONTRACTS)
    tree.ninelives("contracts", "release", "achievements")
