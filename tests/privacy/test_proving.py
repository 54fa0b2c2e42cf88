"""The parts of the proof that look at what was committed: the record, the lists, a new export."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from contracts.campaign import EraseCampaign
from ninelives.ops.audit.faults import Fault, FaultTally
from ninelives.ops.replay.rebuild import Timing
from ninelives.privacy import proving
from ninelives.privacy.marks import Marks
from services.campaign.adapters.campaign_eraser import CampaignEraser
from services.campaign.application.erase import erase
from services.campaign.tests.builders import CAT_NAME, NOON, campaign_id, envelope
from tests.ops.replay.archive import Archive
from tests.ops.replay.projected import NOW, TABLES, Deployed, deploy, one_dynamodb
from tests.support.archived_events import make_events

LATER = datetime(2031, 6, 1, tzinfo=UTC)
CLOCK = Timing(lambda: NOW, lambda seconds: None)


@pytest.fixture
def den() -> Iterator[Deployed]:
    """Two campaigns; the first of them is erased."""
    with one_dynamodb() as client:
        made = deploy(client)
        made.play(1)
        made.play(2)
        store = CampaignEraser(client, TABLES["campaign"])
        erase(EraseCampaign(envelope=envelope("erase", turn=None)), store, NOON)
        [last] = list(made.projection.owner.events(campaign_id(1), 4, 4))
        made.events.archived.append(last)
        made.project(last)
        yield made


def test_lists_that_are_rebuilt_know_no_more_of_an_erased_campaign_than_the_live_ones(den: Deployed) -> None:
    checked = proving.check_lists(den.site, CLOCK)

    assert (checked.looked_at, checked.faults) == ("2 campaigns, rebuilt", ())
    for table in ("projection", "projection-side"):
        lines = {key: str(item) for key, item in den.items(table).items()}
        assert [CAT_NAME in line for _, line in sorted(lines.items())] == [False, True]


def test_a_live_list_that_still_has_the_name_is_found(den: Deployed) -> None:
    kept = den.items("projection")[f"CAMPAIGN#{campaign_id(1)}"]
    line = kept["line"]["S"].replace('"name":null', f'"name":"{CAT_NAME}"')
    den.dynamodb.put_item(TableName=TABLES["projection"], Item={**kept, "line": {"S": line}})

    assert proving.check_lists(den.site, CLOCK).faults == (f"{campaign_id(1)}: name differs",)


def test_a_rebuild_is_given_up_whatever_happens(den: Deployed) -> None:
    den.events.stalls = True
    den.events.full = True

    with pytest.raises(Exception):  # noqa: B017
        proving.check_lists(den.site, CLOCK)

    assert den.projection.versions.read().building is None


@pytest.mark.parametrize(("value", "found"), [("a cat of no name", False), ("Alley Cat", True)])
def test_a_new_export_is_searched_row_by_row_and_deleted(
    monkeypatch: pytest.MonkeyPatch, value: str, found: bool
) -> None:
    archive = Archive(list(make_events(campaigns=2, turns=2)))
    monkeypatch.setattr(proving.ExportAccess, "of", lambda environment: archive.access())

    checked = proving.check_export(SimpleNamespace(name="local"), Marks.of([value]), LATER)  # type: ignore[arg-type]

    assert bool(checked.faults) == found
    assert all(".parquet" in fault for fault in checked.faults)


def test_every_fault_of_the_record_is_one_of_the_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    gap, broken = Fault("campaign/c", "gap", "2 is missing"), Fault("turns/c", "alteration", "the chain breaks at 3")
    verifier: Any = SimpleNamespace(
        names={"turns/c"},
        tally=FaultTally(streams=2, facts=5),
        begin=lambda: iter([gap]),
        check=lambda name: SimpleNamespace(faults=(broken,)),
    )
    monkeypatch.setattr(proving, "verifier_of", lambda *_: verifier)

    checked = proving.check_record(SimpleNamespace())  # type: ignore[arg-type]

    assert checked.faults == (str(gap), str(broken))
    assert checked.looked_at == "2 streams, 5 facts"
