"""The bill at rest is counted from the templates."""

from __future__ import annotations

import copy
import gzip
import re
from pathlib import Path
from typing import Any

import pytest

from infra.local.home import REPOSITORY
from infra.local.settings import dungeon_master_from
from infra.web.files import files
from ninelives.analytics.cost.assembly import Assembly, synthesise
from ninelives.analytics.cost.assumptions import Assumptions
from ninelives.analytics.cost.prices import FILE, Price, price_table
from ninelives.analytics.cost.resting import Resting, at_rest
from ninelives.analytics.cost.tally import CostTally, total

MODEL = dungeon_master_from({"NINELIVES_DM": "bedrock", "NINELIVES_DM_MODEL": "eu.amazon.nova-lite-v1:0"}).context()
ALARM = {"Type": "AWS::CloudWatch::Alarm", "Properties": {"MetricName": "Errors"}}


@pytest.fixture(scope="module")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    return synthesise(tmp_path_factory.mktemp("bill"))


def _with(assembly: Assembly, **resources: Any) -> Resting:
    templates = copy.deepcopy(assembly.templates)
    templates["platform"]["Resources"] |= resources
    return at_rest(Assembly(templates), Assumptions())


def _usd(resting: Resting) -> float:
    return total(resting.tally.lines(price_table()))


def test_another_alarm_costs_another_ten_cents(assembly: Assembly) -> None:
    assert _usd(_with(assembly, More=ALARM)) == pytest.approx(_usd(_with(assembly)) + 0.10)


def test_an_alarm_on_metric_math_is_charged_by_its_metrics(assembly: Assembly) -> None:
    metrics = [{"MetricStat": {}}, {"MetricStat": {}}, {"Expression": "m1/m2"}]
    burn = {"Type": "AWS::CloudWatch::Alarm", "Properties": {"Metrics": metrics}}

    assert _usd(_with(assembly, Burn=burn)) == pytest.approx(_usd(_with(assembly)) + 0.20)


def test_every_queue_that_is_polled_costs_and_a_tables_stream_does_not(assembly: Assembly) -> None:
    queue = {"EventSourceArn": {"Fn::GetAtt": ["Queue", "Arn"]}, "FunctionName": {"Ref": "F"}}
    stream = {"EventSourceArn": {"Fn::GetAtt": ["Table", "StreamArn"]}, "FunctionName": {"Ref": "F"}}
    kind = "AWS::Lambda::EventSourceMapping"
    before = _usd(_with(assembly))

    assert _usd(_with(assembly, S={"Type": kind, "Properties": stream})) == pytest.approx(before)
    assert _usd(_with(assembly, Q={"Type": kind, "Properties": queue})) == pytest.approx(before + 657_000 * 0.4e-6)
    off = {**queue, "Enabled": False}
    assert _usd(_with(assembly, O={"Type": kind, "Properties": off})) == pytest.approx(before)


@pytest.mark.parametrize(
    ("kept", "usd"), [({}, 1.98), ({"ProvisionedConcurrencyConfig": {"ProvisionedConcurrentExecutions": 2}}, 2 * 4.38)]
)
def test_what_is_kept_ready_costs_by_its_memory_called_or_not(
    assembly: Assembly, kept: dict[str, Any], usd: float
) -> None:
    function = {"Type": "AWS::Lambda::Function", "Properties": {"MemorySize": 512}}
    alias = {"Type": "AWS::Lambda::Alias", "Properties": {"FunctionName": {"Ref": "Napper"}, **kept}}
    ready = _with(assembly, Napper=function, Live=alias)

    assert _usd(ready) == pytest.approx(_usd(_with(assembly)) + usd, abs=0.01)
    assert not ready.unpriced


def test_a_month_in_which_nobody_plays_costs_under_five_dollars_and_is_what_the_docs_say(assembly: Assembly) -> None:
    month = _usd(_with(assembly))

    assert month <= 5
    assert f"| **together** | | **{month:.2f}** |" in (REPOSITORY / "docs" / "costs.md").read_text()
    assert f"At rest they cost ${month:.2f} a month" in (REPOSITORY / "docs" / "aws-only.md").read_text()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (MODEL, "${month:.2f} in all"),
        ({"watched_closely": "true"}, "| **together** | | **{month:.2f}** |"),
        ({"starts": "snapstart"}, "with snapshots a deployment rests at ${month:.0f} a month"),
        ({"starts": "provisioned"}, "with one of each kept running at ${month:.0f}."),
    ],
    ids=["model", "watched closely", "snapstart", "provisioned"],
)
def test_what_else_may_rest_costs_what_the_docs_say(tmp_path: Path, settings: dict[str, str], said: str) -> None:
    month = _usd(at_rest(synthesise(tmp_path, settings), Assumptions()))

    assert said.format(month=month) in (REPOSITORY / "docs" / "costs.md").read_text()
    if settings is MODEL:
        assert f"(${month:.2f} with a model)" in (REPOSITORY / "docs" / "aws-only.md").read_text()


def test_what_a_player_downloads_of_the_page_is_what_the_docs_say() -> None:
    [(said, many)] = re.findall(r"(\d+) KB in (\d+) files", (REPOSITORY / "docs" / "costs.md").read_text())
    sizes = [min(len(file.content), len(gzip.compress(file.content))) for file in files()]

    assert sum(sizes) / 1000 == pytest.approx(int(said), rel=0.1)
    assert len(sizes) == pytest.approx(int(many), rel=0.1)


def test_nothing_in_the_templates_is_without_a_price(assembly: Assembly) -> None:
    assert not at_rest(assembly, Assumptions()).unpriced


def test_a_kind_of_resource_that_nobody_priced_is_named(assembly: Assembly) -> None:
    assert _with(assembly, Nat={"Type": "AWS::EC2::NatGateway"}).unpriced == {"AWS::EC2::NatGateway": 1}


def test_the_free_tier_is_taken_off_once_and_never_below_nothing() -> None:
    price = Price(usd=0.10, per=1, unit="alarms", free=10)

    assert price.of(12) == pytest.approx(1.20)
    assert price.after_free_tier(12) == pytest.approx(0.20)
    assert price.after_free_tier(3) == 0


def test_everything_that_is_counted_has_a_price() -> None:
    tally = CostTally.of([("a", "event", 2_000_000), ("b", "queue-request", 1_000_000)])

    assert [(line.service, line.usd) for line in tally.scale(0.5).lines(price_table())] == [("a", 1.0), ("b", 0.2)]


def test_the_assembly_says_what_feeds_what(assembly: Assembly) -> None:
    listening = {one.function: one for one in assembly.subscriptions()}

    assert listening["gateway/deadline"].detail_types == {"TurnAccepted.v1"}
    assert listening["audit/record"].detail_types is None
    assert listening["audit/record"].wants("ninelives.gateway", "TurnAccepted.v1")
    assert listening["campaign/project"].wants("ninelives.campaign", "ItemTraded.v1")
    assert not listening["campaign/project"].wants("ninelives.gateway", "TurnAccepted.v1")
    assert set(assembly.relays().values()) == {"campaign/relay", "gateway/relay"}
    assert assembly.tasks()["OpenTurnArn"] == "campaign/open_turn"


def test_prices_say_where_and_when_they_are_from() -> None:
    table = price_table()

    assert table.source
    assert table.as_of
    assert FILE.exists()
