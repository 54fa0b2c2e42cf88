"""The drills of CONTRIBUTING, one after the other in one copy of the tree: each changes the files that it names and no
others, and then every check of the repository takes what all of them have added."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.drills.additions import FOLDER, add_event, add_route, add_service, add_tool
from tests.drills.page import drill
from tests.drills.tree import Tree

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

DRILLS: dict[str, tuple[Callable[[Tree], None], int]] = {
    "Add a tool": (add_tool, 4),
    "Add an event and its consumer": (add_event, 6),
    "Add a route": (add_route, 4),
    "Add a service": (add_service, 8),
}
"""The function of each drill, and the most files that it writes by hand; of a service, beside its own folder."""

OF_SERVICES = (
    FOLDER,
    "services/tools/tests/test_listen_at.py",
    "services/tools/tests/test_catalogue.py",
    "services/tools/tests/test_registry.py",
    "services/dm/tests/test_intents.py",
    "services/campaign/tests/test_record.py",
    *(f"services/gateway/tests/test_{name}.py" for name in ("lives", "ownership", "security")),
    "tests/turn/test_life_lost.py",
    "tests/architecture",
    "-k",
    "listen or catalogue or tool_is_in_it or refers_to or record or lives or life_lost or achievements"
    " or source_rules or owners or vocabulary",
)
OF_CONTRACTS = (
    "tests/contracttools/compatibility/test_promises.py",
    "tests/contracttools/asyncapi",
    "tests/contracttools/openapi/test_document.py",
    "-k",
    "LifeLost or achievements or committed or lives or described or asyncapi and not parser and not page",
)
OF_EVERY_STACK = (
    "tests/infra/test_achievements_together.py",
    *(f"tests/infra/test_{name}.py" for name in ("events", "functions", "tables", "subscriptions", "delivery")),
    "tests/infra/test_least_privilege.py::test_every_call_a_service_makes_is_granted_to_one_of_its_functions",
    "tests/infra/test_dashboard.py::test_every_alarm_that_is_not_a_functions_own_is_shown",
    "tests/infra/test_dashboard.py::test_the_page_shows_the_log_of_every_function",
    "tests/infra/test_player_api.py",
    "-k",
    "not game_master and not shorter and (mourn or achievements or not registers)"
    " and (not player_api or calls_public or about_accounts)",
)
"""Tests of every stack; not those that synthesise other deployments, which have no part in it. And those of what all
drills have added, together."""


def test_what_the_drills_add_changes_the_files_they_name_and_passes_every_check(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    tree = Tree(tmp_path_factory.mktemp("drills"))
    for title, (add, most_files) in DRILLS.items():
        add(tree)
        written = tree.list_changed()
        tree.ninelives("contracts", "schemas")
        generated = tree.list_changed() - written

        assert drill(title).differences(written, generated) == [], title
        assert len({path for path in written if not path.startswith(FOLDER)}) <= most_files, title
        tree.commit()

    tree.copy("together")
    tree.lint()
    tree.ninelives("contracts", "schemas", "--check")
    tree.ninelives("contracts", "check-api")
    tree.pytest(*OF_SERVICES)
    tree.pytest(*OF_CONTRACTS)
    tree.pytest(*OF_EVERY_STACK)
    tree.ninelives("contracts", "release", "achievements")
