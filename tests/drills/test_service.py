"""A whole service is its folder and four files more, and every check of services takes it."""

from __future__ import annotations

import pytest

from tests.drills.page import drill
from tests.drills.tree import Tree

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
MOST_FILES_BESIDE_ITS_FOLDER = 8
FOLDER = "services/achievements/"
CONTRACTS = (
    "tests/contracttools/compatibility/test_promises.py",
    "tests/contracttools/asyncapi",
    "-k",
    "achievements or asyncapi and not parser and not page",
)
INFRA = (
    *(f"tests/infra/test_{name}.py" for name in ("events", "functions", "tables", "subscriptions", "delivery")),
    "tests/infra/test_least_privilege.py::test_every_call_a_service_makes_is_granted_to_one_of_its_functions",
    "tests/infra/test_dashboard.py::test_every_alarm_that_is_not_a_functions_own_is_shown",
    "tests/infra/test_dashboard.py::test_the_page_shows_the_log_of_every_function",
    "-k",
    "not game_master and not shorter and (achievements or not registers)",
)
"""What is asked of every stack; not what synthesises other deployments, which have no part in it."""

SYNTHESISED = """
import tempfile
from infra.app import app
from infra.changed import reached

app({"target": "aws", "only": "achievements", "nag": "true"}, tempfile.mkdtemp()).synth()
assert reached("services/achievements/domain/badges.py") == {"achievements"}
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    return Tree(tmp_path_factory.mktemp("service"))


def test_a_service_is_added_as_contributing_says(tree: Tree) -> None:
    tree.copy("service")
    lock = (tree.root / "services" / "metrics" / "requirements.txt").read_text()
    tree.write(f"{FOLDER}requirements.txt", lock.replace("services/metrics", FOLDER.rstrip("/")))
    tree.insert(
        "CODEOWNERS",
        "/contracts/achievements.py          @ninelives/achievements @ninelives/platform\n"
        "/infra/stacks/achievements.py       @ninelives/achievements\n"
        "/services/achievements/             @ninelives/achievements\n",
        before="/contracts/campaign.py ",
    )
    tree.insert(
        "README.md",
        "| [`services/achievements`](services/achievements) | what a campaign has done that is worth a badge |\n",
        before="| [`services/campaign`]",
    )
    written = tree.changed()
    tree.ninelives("contracts", "schemas")
    generated = tree.changed() - written

    assert drill("Add a service").differences(written, generated) == []
    assert len({path for path in written if not path.startswith(FOLDER)}) <= MOST_FILES_BESIDE_ITS_FOLDER
    tree.lint()
    tree.pytest(FOLDER, "tests/architecture", "-k", "achievements or source_rules or owners or vocabulary")
    tree.pytest(*CONTRACTS)
    tree.pytest(*INFRA)
    tree.python(SYNTHESISED)
    tree.ninelives("contracts", "release", "achievements")
