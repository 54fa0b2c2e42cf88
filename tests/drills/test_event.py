"""An event with a consumer is six files, and every check of events takes it."""

from __future__ import annotations

import pytest

from tests.drills.page import drill
from tests.drills.tree import Tree

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
MOST_FILES = 6
EVERY_RULE = "not shorter and (mourn or not registers)"
CONTRACT = '''

class LifeLostData(Value):
    owner: PlayerId
    turn: int = Field(ge=1)
    left: int = Field(ge=0, le=9)


class LifeLostV1(Event):
    """A cat has lost one of its lives."""

    detail_type = "LifeLost.v1"
    producer = "ninelives.campaign"
    data: LifeLostData
'''
LOST = """\
    lost = [each for one in played.settled for each in one.consequences if each.kind == "life-lost"]
    told = [turn]
    if lost:
        left = LifeLostData(owner=owner, turn=played.state.turn, left=played.state.character.lives)
        told.append(_event(LifeLostV1, request.envelope, sequence + 1, now, left))
"""
ONGOING = """\
    if played.state.status == "active":
        return tuple(told)
"""
ENDED = "return (*told, _event(CampaignEndedV1, request.envelope, sequence + len(told), now, data))"
TOLD = """\
        if any(effect.kind == "life-lost" for effect in effects):
            lost = LifeLostData(owner=self.owner, turn=self.turn, left=self.lives)
            yield self._event(LifeLostV1, lost, turn_id, "persist")
"""
MOURNS = """\
        mourn = EventConsumer(self, "lives", "mourn", purpose="Counts the lives that are lost.").consumer
"""
SHOWN = (
    "tests/infra/test_dashboard.py::test_every_alarm_that_is_not_a_functions_own_is_shown",
    "tests/infra/test_least_privilege.py::test_every_call_a_service_makes_is_granted_to_one_of_its_functions",
)
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
    contract, record = "contracts/campaign.py", "services/campaign/domain/record.py"
    happened, stack = "tests/support/archived_events.py", "infra/stacks/metrics.py"
    tree.copy("event")
    tree.insert(contract, '    "LifeLostV1",\n', before='    "ListCampaigns",\n')
    tree.append(contract, CONTRACT)
    tree.insert(record, "    LifeLostData,\n    LifeLostV1,\n", before="    PersistCampaign,\n")
    tree.insert(record, LOST, before='    if played.state.status == "active":\n        return (turn,)\n')
    tree.replace(record, '    if played.state.status == "active":\n        return (turn,)\n', ONGOING)
    tree.replace(record, "return (turn, _event(CampaignEndedV1, request.envelope, sequence + 1, now, data))", ENDED)
    tree.insert(happened, "    LifeLostData,\n    LifeLostV1,\n", before="    TurnResolvedData,\n")
    tree.insert(happened, TOLD, before="        if self.ending:\n            end = CampaignEndedData(")
    tree.insert(stack, MOURNS, before='        table = ServiceTable(self, "metrics"')
    tree.append(stack, '        table.lets(mourn, "PutItem", variable="METRICS_TABLE")\n')
    written = tree.changed()
    tree.ninelives("contracts", "schemas")
    generated = tree.changed() - written

    assert drill("Add an event and its consumer").differences(written, generated) == []
    assert len(written) <= MOST_FILES
    tree.lint()
    tree.pytest("tests/turn/test_life_lost.py")
    tree.pytest("services/campaign/tests/test_record.py")
    tree.pytest("tests/contracttools/compatibility/test_promises.py", "-k", "LifeLost or committed")
    tree.pytest("tests/contracttools/asyncapi", "-k", "not parser and not page")
    tree.pytest("tests/infra/test_subscriptions.py", "tests/infra/test_events.py", *SHOWN, "-k", EVERY_RULE)
    tree.python(NO_FACT_MISSING)
