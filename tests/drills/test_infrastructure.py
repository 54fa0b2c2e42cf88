"""Every check of the infrastructure takes what the drills add, synthesised once for all of them."""

from __future__ import annotations

import pytest

from tests.drills.additions import add_event, add_route, add_service
from tests.drills.tree import Tree

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
EVERY_STACK = (
    *(f"tests/infra/test_{name}.py" for name in ("events", "functions", "tables", "subscriptions", "delivery")),
    "tests/infra/test_least_privilege.py::test_every_call_a_service_makes_is_granted_to_one_of_its_functions",
    "tests/infra/test_dashboard.py::test_every_alarm_that_is_not_a_functions_own_is_shown",
    "tests/infra/test_dashboard.py::test_the_page_shows_the_log_of_every_function",
    "tests/infra/test_player_api.py",
    "-k",
    "not game_master and not shorter and (mourn or achievements or not registers)"
    " and (not player_api or calls_public or about_accounts)",
)
"""What is asked of every stack; not what synthesises other deployments, which have no part in it."""

SYNTHESISED = """
import tempfile
from infra.app import app
from infra.changed import reached

app({"target": "aws", "only": "achievements", "nag": "true"}, tempfile.mkdtemp()).synth()
assert reached("services/achievements/domain/badges.py") == {"achievements"}
"""


def test_every_check_of_the_infrastructure_takes_what_the_drills_add(tmp_path_factory: pytest.TempPathFactory) -> None:
    tree = Tree(tmp_path_factory.mktemp("infrastructure"))
    add_event(tree)
    add_route(tree)
    add_service(tree)
    tree.ninelives("contracts", "schemas")

    tree.pytest(*EVERY_STACK)
    tree.python(SYNTHESISED)
