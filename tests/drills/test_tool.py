"""A tool of the game is four files, and every check of tools takes it."""

from __future__ import annotations

import pytest

from tests.drills.page import drill
from tests.drills.tree import Tree

pytestmark = [pytest.mark.timeout(900), pytest.mark.slow]
MOST_FILES = 4
CALLED = """
from services.dm.domain.presence import gather_presence
from services.dm.tests.builders import briefing, scene
from services.dm.wiring import catalogue

[tool] = [tool for tool in catalogue().tools if tool.name == "listen_at"]
present = gather_presence(scene(), briefing()).of(tool, "doorway")
assert present, "a model that names an exit would be handed back: not-here"
"""
"""What the game master's validation makes of the new argument, which has a name that nobody has used before."""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    return Tree(tmp_path_factory.mktemp("tool"))


def test_a_tool_is_added_as_contributing_says(tree: Tree) -> None:
    registry = "services/tools/domain/registry.py"
    tree.copy("tool")
    tree.insert(
        registry,
        "from services.tools.domain.intents.listen_at import ListenAt, listen_at\n",
        before="from services.tools.domain.intents.move_to import",
    )
    tree.insert(registry, '    Tool(ListenAt, listen_at, spends="action"),\n', before="    Tool(MoveTo,")
    tree.insert(
        "services/tools/tests/test_registry.py",
        '    "listen_at": (scene(), {"doorway": "pier-cellar"}),\n',
        before='    "move_to": (scene()',
    )
    written = tree.changed()
    tree.ninelives("contracts", "schemas")
    generated = tree.changed() - written

    assert drill("Add a tool").differences(written, generated) == []
    assert len(written) <= MOST_FILES
    tree.ninelives("contracts", "schemas", "--check")
    tree.lint()
    tree.pytest(
        "services/tools/tests/test_listen_at.py",
        "services/tools/tests/test_catalogue.py",
        "services/tools/tests/test_registry.py",
        "-k",
        "listen or catalogue or description or tool_is_in_it",
    )
    tree.pytest("services/dm/tests/test_intents.py", "-k", "refers_to or listen")
    tree.python(CALLED)
