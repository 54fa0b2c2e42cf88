"""The ceiling of a day: told when it is reached, looked at seldom, and never missed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from contracts.gateway import TurnFailedV1
from contracts.metrics import DayCeilingReachedData
from services.metrics import wiring
from services.metrics.application.watch import SpendingWatch
from services.metrics.domain.ceiling import DayCeiling
from services.metrics.domain.data_points import CostLine, Counted, data_points, to_count
from services.metrics.tests.test_count import deliver, ledger_of, metadata, resolve_turn, sum_emitted, table

__all__ = ["table"]
DAY = "2026-03-04"


class Ledger:
    """A ledger in memory, which counts how often it is read."""

    def __init__(self) -> None:
        self.sum = CostLine(day=DAY, model="all", turns=0)
        self.looks = 0

    def read_day(self, day: str) -> CostLine:
        self.looks += 1
        return self.sum


class Warned:
    def __init__(self) -> None:
        self.reached: list[DayCeilingReachedData] = []
        self.is_deaf = False

    def __call__(self, reached: DayCeilingReachedData, counted: Counted) -> None:
        if self.is_deaf:
            raise RuntimeError("the bus refused it")
        self.reached.append(reached)


def spend(watch: SpendingWatch, ledger: Ledger, *micro_dollars: int, start: int = 0) -> None:
    """A turn of each of these costs, one after the other."""
    for number, cost in enumerate(micro_dollars, start):
        event = resolve_turn(f"e{number}", cost)
        line = to_count(event).cost
        assert line
        ledger.sum = ledger.sum.plus(line)
        watch.count([event], frozenset({f"e{number}"}))


def test_the_ceiling_is_told_when_it_is_reached_and_not_before() -> None:
    ledger, told = Ledger(), Warned()
    watch = SpendingWatch(DayCeiling(10_000), ledger, told)

    spend(watch, ledger, *[500] * 19)
    assert not told.reached

    spend(watch, ledger, 500, start=19)
    assert [(str(each.day), each.micro_dollars) for each in told.reached] == [(DAY, 10_000)]


def test_models_without_a_price_are_held_by_their_tokens() -> None:
    ledger, told = Ledger(), Warned()
    watch = SpendingWatch(DayCeiling(tokens=3 * 1050), ledger, told)  # three turns of 1,050

    spend(watch, ledger, 0, 0)
    assert not told.reached

    spend(watch, ledger, 0, start=2)
    assert [each.tokens for each in told.reached] == [3150]


def test_the_ledger_is_read_once_in_a_hundredth_of_the_ceiling() -> None:
    ledger = Ledger()

    spend(SpendingWatch(DayCeiling(1_000_000), ledger, Warned()), ledger, *[100] * 1001)

    assert ledger.looks == 1 + 10


def test_a_ceiling_that_could_not_be_told_is_told_with_the_next_batch() -> None:
    ledger, told = Ledger(), Warned()
    watch = SpendingWatch(DayCeiling(100), ledger, told)
    told.is_deaf = True
    with pytest.raises(RuntimeError):
        spend(watch, ledger, 100)

    told.is_deaf = False
    watch.count([resolve_turn("e0", 100)], frozenset())  # comes again, and is counted no more

    assert len(told.reached) == 1


def test_without_a_ceiling_nothing_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DAY_BUDGET_MICRO_DOLLARS", "DAY_BUDGET_TOKENS"):
        monkeypatch.setenv(name, "0")
    wiring.watch.cache_clear()

    assert wiring.watch() is None
    wiring.watch.cache_clear()


def fail_turn(event_id: str, micro_dollars: int) -> TurnFailedV1:
    usage = {"model": "sonnet", "calls": 2, "input_tokens": 100, "micro_dollars": micro_dollars}
    data = {"owner": "p", "error": "Broken", "stage": "PersistCampaign", "milliseconds": 9, "usage": usage}
    return TurnFailedV1.model_validate({"metadata": metadata(event_id), "data": data})


def test_what_a_failed_turn_cost_is_counted_and_it_is_no_turn(table: Any, capsys: Any) -> None:
    deliver(resolve_turn("a"), fail_turn("b", 300))

    assert (ledger_of(table, "sonnet")["micro_dollars"], ledger_of(table, "sonnet")["turns"]) == (1000, 1)
    assert sum_emitted(capsys, "MicroDollars") == 1000


def test_a_turn_that_failed_before_anybody_was_paid_costs_nothing() -> None:
    event = fail_turn("b", 300)
    free = event.model_copy(update={"data": event.data.model_copy(update={"usage": None})})

    assert to_count(free).cost is None
    assert [point.dimension for point in data_points(free, 10)] == ["event_type"]


def test_the_consumer_says_it_on_the_bus_and_in_the_figure_of_the_alarm(
    table: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    said: list[Any] = []

    class Bus:
        def put_events(self, Entries: list[Any]) -> Any:
            said.extend(Entries)
            return {"FailedEntryCount": 0, "Entries": [{}]}

    monkeypatch.setenv("DAY_BUDGET_MICRO_DOLLARS", "1000")
    monkeypatch.setenv("EVENT_BUS_NAME", "bus")
    monkeypatch.setattr("stagekit.events.bus", Bus)
    wiring.watch.cache_clear()
    try:
        deliver(resolve_turn("a"), resolve_turn("b"))
    finally:
        wiring.watch.cache_clear()

    (entry,) = said
    assert entry["DetailType"] == "DayCeilingReached.v1"
    assert json.loads(entry["Detail"])["data"] == {"day": DAY, "micro_dollars": 1400, "tokens": 2100}
    figures = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "DayCeilingReached" in line]
    assert [each.get("operation") for each in figures if each.get("DayCeilingReached")] == ["count"]
