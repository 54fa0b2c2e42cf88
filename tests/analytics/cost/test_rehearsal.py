"""Turns that are played with everything counted."""

from __future__ import annotations

import json

import pytest

from ninelives.analytics.cost.counted_cloud import CountedStep, duration_of
from ninelives.analytics.cost.playing import Played, rehearse
from ninelives.analytics.cost.prices import price_table
from ninelives.analytics.cost.tally import total
from ninelives.analytics.cost.tape import embedded_metrics
from tests.support.assemblies import shared_assembly

EVERY_TURN = ("campaign/open_turn", "campaign/persist_campaign", "gateway/format_response", "gateway/deadline")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return rehearse(5, plain=True, assembly=shared_assembly(tmp_path_factory, "aws", target="aws"))


def test_each_stage_of_a_turn_is_counted_once_and_nothing_is_failed(plain: Played) -> None:
    assert [plain.calls_per_turn[stage] for stage in EVERY_TURN] == [1] * len(EVERY_TURN)
    assert not {"gateway/fail_turn", "campaign/void_turn"} & set(plain.calls_per_turn)


def test_amounts_are_for_a_thousand_turns(plain: Played) -> None:
    assert plain.tally.amounts["gateway", "express-request"] == pytest.approx(1000)
    assert plain.tally.amounts["gateway", "api-request"] == pytest.approx(1000)


def test_every_event_reaches_the_record_and_is_archived(plain: Played) -> None:
    published = sum(amount for (_, price), amount in plain.tally.amounts.items() if price == "event")

    assert plain.tally.amounts["audit", "queue-request"] == pytest.approx(3 * published)  # sent, received, deleted
    assert plain.calls_per_turn["audit/record"] == 1  # a turn is shorter than the audit collects
    assert plain.tally.amounts["platform", "archive-gb"] > 0


def test_a_commit_is_charged_as_a_transaction_of_its_items(plain: Played) -> None:
    assert plain.tally.amounts["campaign", "dynamodb-write"] >= 1000 * 2 * 4


def test_the_prompt_a_model_would_get_is_measured_for_each_call(plain: Played) -> None:
    assert plain.model_calls == plain.calls_per_turn["dm/invoke_dungeon_master"]
    assert len({prompt.fixed for prompt in plain.prompts}) == 1


def test_a_thousand_turns_with_tools_cost_less_than_fifteen_cents_beside_the_model(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with_tools = rehearse(8, assembly=shared_assembly(tmp_path_factory, "aws", target="aws"))

    assert with_tools.calls_per_turn["tools/execute_tool"] > 0.5
    assert 0.05 < total(with_tools.tally.lines(price_table())) <= 0.15


def test_intents_of_one_reply_take_as_long_as_the_slowest() -> None:
    steps = [
        CountedStep("tools/execute_tool", "t/0/0", 10, 0, 0),
        CountedStep("tools/execute_tool", "t/0/1", 30, 0, 0),
        CountedStep("tools/execute_tool", "t/1/0", 5, 0, 0),
        CountedStep("campaign/settle_effects", "t/settle/0", 7, 0, 0),
    ]

    assert duration_of(steps) == 42


def test_a_metric_is_another_one_under_other_dimensions() -> None:
    directive = {"Dimensions": [["service", "operation"]], "Metrics": [{"Name": "Duration"}]}
    line = {"_aws": {"CloudWatchMetrics": [directive]}, "service": "lore", "operation": "retrieve_lore", "Duration": 1}

    assert list(embedded_metrics(json.dumps(line))) == [("Duration", "operation=retrieve_lore")]
    assert list(embedded_metrics('{"message": "answered"}')) == []
