"""An event with a consumer is six files, and every check of events takes it."""

from __future__ import annotations

import pytest

from tests.drills.additions import add_event
from tests.drills.page import drill
from tests.drills.tree import Tree

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
MOST_FILES = 6
NO_FACT_MISSING = """
from contracts.campaign import LifeLostV1, TurnResolvedV1
from services.campaign.domain.projection import absorb, read_event
from tests.support.archived_events import happened

rows, kinds = {}, set()
for event in happened(campaigns=8, turns=40):
    stream = event["detail"]["metadata"]["stream"]
    if stream.startswith("campaign/"):
        kinds.add(event["detail-type"])
        rows[stream] = absorb(rows.get(stream), read_event(event["detail-type"], event["detail"]))
assert {LifeLostV1.detail_type, TurnResolvedV1.detail_type} <= kinds
assert [row.seen for row in rows.values() if row.seen.missing] == [], "facts missing"
"""
"""The projection hears the new kind, which no list shows, and finds no hole where it stands in the stream."""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    return Tree(tmp_path_factory.mktemp("event"))


def test_an_event_and_its_consumer_are_added_as_contributing_says(tree: Tree) -> None:
    add_event(tree)
    written = tree.changed()
    tree.ninelives("contracts", "schemas")
    generated = tree.changed() - written

    assert drill("Add an event and its consumer").differences(written, generated) == []
    assert len(written) <= MOST_FILES
    tree.lint()
    tree.pytest("tests/turn/test_life_lost.py", "services/campaign/tests/test_record.py")
    tree.pytest("tests/contracttools/compatibility/test_promises.py", "-k", "LifeLost or committed")
    tree.pytest("tests/contracttools/asyncapi", "-k", "not parser and not page")
    tree.python(NO_FACT_MISSING)
