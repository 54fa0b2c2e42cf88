"""Every turn is counted once, and what it cost is in the ledger to the micro-dollar."""

from __future__ import annotations

import json
import random
from contextlib import nullcontext
from types import SimpleNamespace

import boto3
import pytest
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st

from contracts.campaign import TurnResolvedV1
from contracts.gateway import StoryReportedData, StoryReportedV1, TurnAnsweredV1
from services.metrics import wiring
from services.metrics.domain.data_points import DataPoint, data_points, to_count
from services.metrics.domain.reasons import REASONS, reason_of
from services.metrics.handlers.count import handler
from tests.support.quick_dynamodb import dynamodb_alone

CAMPAIGN, TURN = "c_" + "a" * 26, "t_" + "b" * 26


@pytest.fixture
def table(monkeypatch):
    for name, value in {
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "METRICS_TABLE": "metrics",
        "TURN_TARGET_SECONDS": "10",
        "POWERTOOLS_SERVICE_NAME": "metrics",
        "POWERTOOLS_METRICS_NAMESPACE": "NineLives",
        "DEAD_LETTER_QUEUE_URL": "https://dead",
    }.items():
        monkeypatch.setenv(name, value)
    wiring.dynamodb.cache_clear()
    with dynamodb_alone():
        yield boto3.resource("dynamodb").create_table(
            TableName="metrics",
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
            BillingMode="PAY_PER_REQUEST",
        )
    wiring.dynamodb.cache_clear()


def metadata(event_id: str) -> dict:
    return {
        "event_id": event_id,
        "schema_version": "1.0",
        "occurred_at": "2026-03-04T05:06:07Z",
        "producer": "ninelives.campaign",
        "correlation_id": TURN,
        "causation_id": TURN,
        "idempotency_key": TURN,
        "campaign_id": CAMPAIGN,
        "stream": f"campaign/{CAMPAIGN}",
        "sequence": 1,
    }


def resolve_turn(
    event_id: str, micro_dollars: int = 700, told_by: str = "model", refusals: tuple[str, ...] = (), more: int = 1
) -> TurnResolvedV1:
    """A turn with these refusals, and `more` that the event does not name."""
    totals = {
        "tool_calls": 2, "refusals": len(refusals) + more, "rolls": 3, "model_calls": 2,
        "input_tokens": 100, "output_tokens": 50, "cached_tokens": 900, "micro_dollars": micro_dollars, "repairs": 0,
    }  # fmt: skip
    data = {
        "number": 1, "version": 2, "owner": "p", "told_by": told_by, "model": "sonnet" if told_by == "model" else None,
        "totals": totals, "place": {"id": "alley", "name": "Alley"}, "level": 1, "lives": 9, "status": "active",
        "state_hash": "0", "refusals": refusals,
    }  # fmt: skip
    return TurnResolvedV1.model_validate({"metadata": metadata(event_id), "data": data})


def body(event) -> str:
    return json.dumps(
        {"source": event.producer, "detail-type": event.detail_type, "detail": event.model_dump(mode="json")}
    )


def deliver(*events) -> None:
    records = [{"messageId": str(i), "body": body(e), "eventSource": "aws:sqs"} for i, e in enumerate(events)]
    answer = handler({"Records": records}, SimpleNamespace(get_remaining_time_in_millis=lambda: 9000))
    assert answer == {"batchItemFailures": []}


def ledger_of(table, model: str) -> dict[str, int]:
    item = table.get_item(Key={"pk": "LEDGER#2026-03-04", "sk": model})["Item"]
    return {name: int(value) for name, value in item.items() if name not in ("pk", "sk")}


def lines(capsys) -> list[dict]:
    """The lines told to CloudWatch, the consumer's own figures aside."""
    told = (json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith('{"_aws"'))
    return [line for line in told if "operation" not in line]


def sum_emitted(capsys, name: str) -> float:
    return sum(sum(line[name]) for line in lines(capsys) if name in line)


def answer_after(milliseconds: int, *stages: tuple[str, int, int]) -> TurnAnsweredV1:
    """An answer after this long, and its stages: name, attempts, milliseconds."""
    timings = [{"stage": stage, "attempts": attempts, "milliseconds": ms} for stage, attempts, ms in stages]
    data = {"owner": "p", "number": 1, "milliseconds": milliseconds, "stages": timings}
    return TurnAnsweredV1.model_validate({"metadata": metadata("answered"), "data": data})


def amounts(points: tuple[DataPoint, ...], name: str) -> list[float]:
    return [each.amount for point in points for each in point.measurements if each.name == name]


def test_duplicates_in_any_order_are_counted_once(table, capsys):
    deliveries = [resolve_turn(f"e{n}") for n in range(5)] * 3
    random.Random(9).shuffle(deliveries)

    deliver(*deliveries)

    assert ledger_of(table, "sonnet")["turns"] == 5
    assert ledger_of(table, "sonnet")["micro_dollars"] == 5 * 700
    assert sum_emitted(capsys, "TurnsResolved") == 5


def test_turns_told_by_the_understudy_have_a_line_of_their_own(table):
    deliver(resolve_turn("a"), resolve_turn("b", micro_dollars=0, told_by="understudy"))

    assert ledger_of(table, "understudy")["turns"] == 1
    assert ledger_of(table, "sonnet")["turns"] == 1


def test_an_event_that_could_not_be_counted_comes_back(table):
    table.delete()
    records = [{"messageId": "7", "body": body(resolve_turn("a")), "eventSource": "aws:sqs"}]

    answer = handler({"Records": records}, SimpleNamespace(get_remaining_time_in_millis=lambda: 9000))

    assert answer == {"batchItemFailures": [{"itemIdentifier": "7"}]}


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 9), st.integers(0, 60_000)), max_size=12))
def test_each_run_of_a_stage_adds_its_latency_and_its_retries(stages):
    points = data_points(answer_after(90_000, *stages), 10_000)

    assert amounts(points, "StageLatency") == [ms for _, _, ms in stages]
    assert sum(amounts(points, "StageRetries")) == sum(attempts - 1 for _, attempts, _ in stages)
    assert [point.value for point in points if point.dimension == "stage"] == [stage for stage, _, _ in stages]


@pytest.mark.parametrize(("milliseconds", "within", "late"), [(0, 1, 0), (10_000, 1, 0), (10_001, 0, 1)])
def test_an_answer_is_within_target_or_late(milliseconds, within, late):
    points = data_points(answer_after(milliseconds), 10_000)

    assert (amounts(points, "TurnsWithinTarget"), amounts(points, "TurnsLate")) == ([within], [late])


def test_the_target_is_a_setting(table, monkeypatch, capsys):
    monkeypatch.setenv("TURN_TARGET_SECONDS", "2.5")

    deliver(answer_after(2_501))

    assert sum_emitted(capsys, "TurnsLate") == 1


def test_reported_stories_are_counted_once(table, capsys):
    told = StoryReportedV1(metadata=metadata("e1"), data=StoryReportedData(reason="wrong"))

    deliver(told, told)

    assert sum_emitted(capsys, "StoriesReported") == 1


def test_refusals_are_counted_by_reason(table, capsys):
    deliver(resolve_turn("a", refusals=("locked", "needs-key", "no-such-npc", "brand-new-rule"), more=2))

    by_reason = {line["reason"]: line["Refusals"] for line in lines(capsys) if "reason" in line}
    assert by_reason == {"place": [2], "no-such-thing": [1], "other": [3]}


@given(st.lists(st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True), max_size=30), st.integers(0, 5))
def test_every_refusal_has_one_of_few_reasons(codes, more):
    points = data_points(resolve_turn("a", refusals=tuple(codes), more=more), 10_000)

    assert {point.value for point in points if point.dimension == "reason"} <= set(REASONS)
    assert sum(amounts(tuple(p for p in points if p.dimension == "reason"), "Refusals")) == len(codes) + more
    assert len(REASONS) <= 10
    assert {reason_of(code) for code in codes} <= set(REASONS)


def test_a_turn_is_one_line_for_each_dimension(table, capsys):
    deliver(resolve_turn("a", refusals=("locked",), more=0), answer_after(900, ("RetrieveLore", 1, 30)))

    told = [
        {name: line[name] for name in ("event_type", "model", "reason", "stage") if name in line}
        for line in lines(capsys)
    ]
    assert told == [
        {"event_type": "TurnResolved.v1"},
        {"model": "sonnet"},
        {"reason": "place"},
        {"event_type": "TurnAnswered.v1"},
        {"stage": "RetrieveLore"},
    ]


def test_what_a_dashboard_needs_of_a_turn_is_there(table, capsys):
    deliver(resolve_turn("a"), resolve_turn("b", told_by="understudy"))

    told = lines(capsys)
    turns = [line for line in told if line.get("event_type") == "TurnResolved.v1"]
    assert [line["TurnsByUnderstudy"] for line in turns] == [[0], [1]]
    assert turns[0].items() >= {"TurnsResolved": [1], "Repairs": [0], "Rolls": [3], "ToolCalls": [2]}.items()
    [spent] = [line for line in told if line.get("model") == "sonnet"]
    assert (
        spent.items() >= {"MicroDollars": [700], "InputTokens": [100], "OutputTokens": [50], "ModelCalls": [2]}.items()
    )


def test_the_costs_of_a_batch_are_added_up_and_written_in_one_transaction(table, monkeypatch):
    client = wiring.dynamodb()
    asked = []
    write = client.transact_write_items
    monkeypatch.setattr(client, "transact_write_items", lambda **items: asked.append(items) or write(**items))

    deliver(*(resolve_turn(f"e{n}") for n in range(3)), resolve_turn("u", told_by="understudy"), answer_after(900))

    [transaction] = asked
    written = [each["Update"]["Key"] for each in transaction["TransactItems"]]
    lines = [key["sk"]["S"] for key in written if key["pk"]["S"].startswith("LEDGER#")]
    assert sorted(lines) == ["sonnet", "understudy"]
    assert ledger_of(table, "sonnet")["turns"] == 3
    assert ledger_of(table, "sonnet")["micro_dollars"] == 3 * 700


@given(st.lists(st.lists(st.integers(0, 60), max_size=70), max_size=4))
def test_however_batches_overlap_each_event_is_counted_once(batches):
    from services.metrics.adapters.cost_table import CostTable
    from tests.support.dynamodb import DynamoDB

    client = DynamoDB()
    costs = CostTable(client, "metrics")  # type: ignore[arg-type]
    new = [costs.count_all([_of_a_turn(n) for n in dict.fromkeys(batch)], 0.0) for batch in batches]

    once = {n for batch in batches for n in batch}
    assert sorted(event_id for ids in new for event_id in ids) == sorted(f"e{n}" for n in once)
    ledger = client.tables.get("metrics", {}).get(("LEDGER#2026-03-04", "sonnet"), {})
    assert int(ledger.get("turns", {"N": "0"})["N"]) == len(once)
    assert int(ledger.get("micro_dollars", {"N": "0"})["N"]) == sum(once)


def _of_a_turn(n):
    """Three events each belong to a turn."""
    counted = to_count(resolve_turn(f"e{n}", n))
    return counted.model_copy(update={"turn": f"t{n // 3}"})


def test_the_events_of_a_turn_share_a_mark_however_often_they_come(table):
    told, answer = (_in_turn(event) for event in (resolve_turn("a"), answer_after(900)))
    deliver(told)
    deliver(answer, told)
    deliver(told, answer)

    (mark,) = (item for item in table.scan()["Items"] if item["pk"].startswith("COUNTED#"))
    assert mark["pk"] == f"COUNTED#{TURN}"
    assert {"a", "answered"} <= mark.keys()
    assert ledger_of(table, "sonnet")["turns"] == 1


def _in_turn(event):
    return event.model_copy(update={"metadata": event.metadata.model_copy(update={"turn_id": TURN})})


@pytest.mark.parametrize(("conflicts", "counted"), [(0, True), (1, True), (7, True), (8, False)])
def test_who_counts_the_same_day_at_the_same_moment_is_waited_for(conflicts, counted):
    from services.metrics.adapters.cost_table import CostTable
    from tests.support.conflicts import Conflicting
    from tests.support.dynamodb import DynamoDB

    client, paused = Conflicting(DynamoDB(), conflicts), []
    costs = CostTable(client, "metrics", paused.append)  # type: ignore[arg-type]
    given = [to_count(resolve_turn("e1", 700))]

    with nullcontext() if counted else pytest.raises(ClientError, match="TransactionCanceled"):
        assert costs.count_all(given, 0.0) == {"e1"}
    assert len(paused) == min(conflicts, 7)
    assert sum(paused) < 1  # of the 30 seconds that the function has
    assert bool(client.tables) is counted
