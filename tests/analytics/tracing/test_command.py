"""`ninelives trace` shows what is recorded of a turn, and sends turns to a real receiver of OTLP."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import boto3
import duckdb
import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from contracts.envelope import Event
from infra.environment import Environment
from infra.errors import UserError
from ninelives.analytics.tracing.collector import MOST_SPANS, headers_of
from ninelives.analytics.tracing.span import trace_id_of
from ninelives.cli import trace as command
from services.audit.adapters.table import DynamoAuditTable
from services.audit.application.record import record
from services.audit.domain.entry import entry_of
from tests.analytics.report.export import write_export
from tests.analytics.tracing.collector import Receiver, receiving
from tests.analytics.tracing.told_turns import CAMPAIGN, MODEL, SECRET, TURN, acceptance, failed_turn, resolved_turn
from tests.support.archived_events import deliver, make_events
from tests.support.quick_dynamodb import quick_aws

CLIENT, ERROR = 3, 2
CALLERS = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as one:
        yield one


def run(*arguments: object) -> Result:
    app = typer.Typer()
    app.command()(command.trace)
    return CliRunner().invoke(app, [str(each) for each in arguments])


def refusal(*arguments: object) -> str:
    """The error with which the command refuses."""
    done = run(*arguments)
    assert isinstance(done.exception, UserError), done.output
    return str(done.exception)


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An audit table, and a function that has the audit service record events."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with quick_aws():
        dynamodb = boto3.client("dynamodb", region_name="us-east-1")
        dynamodb.create_table(
            TableName="audit",
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
            BillingMode="PAY_PER_REQUEST",
        )
        site = Environment("local", {"audit/table/audit": "audit"}, lambda service: dynamodb)
        monkeypatch.setattr(command, "find_environment", lambda environment: site)

        def are_recorded(events: Iterable[Event]) -> None:
            counts = dict.fromkeys(("turns", "campaign"), 0)
            for event in events:
                owner = {"ninelives.gateway": "turns", "ninelives.campaign": "campaign"}.get(event.producer)
                place: dict[str, Any] = {}
                if owner:
                    counts[owner] += 1
                    place = {"stream": f"{owner}/{CAMPAIGN}", "sequence": counts[owner]}
                metadata = event.metadata.model_copy(update=place)
                data = event.model_dump(mode="json")["data"]
                record(entry_of(event.producer, event.detail_type, metadata, data), DynamoAuditTable(dynamodb, "audit"))

        yield are_recorded


def test_a_recorded_turn_is_shown_as_a_tree(recorded: Any) -> None:
    recorded(resolved_turn())

    lines = run(TURN).stdout.splitlines()

    assert (
        lines[0] == "invoke_agent dungeon-master  +0.000 s  5,540 ms  turn 3 resolved · told by understudy · $0.001700"
    )
    assert "│   ├── chat  +0.150 s  950 ms  ModelThrottled" in lines
    assert f"│   └── chat {MODEL}  +1.100 s  2,050 ms  5,000 tokens in (4,000 cached) · 80 out · $0.001700" in lines
    assert "├── execute_tool buy  +3.155 s  60 ms  refused · no-credits" in lines
    assert lines[-1] == f"trace {trace_id_of(TURN)}"


def test_a_turn_without_any_progress_is_found_in_its_campaign(recorded: Any) -> None:
    recorded([acceptance(), failed_turn()[-1]])

    assert "--campaign" in refusal(TURN)
    assert "turn failed  Broken" in run(TURN, "--campaign", CAMPAIGN).stdout


def test_a_turn_reaches_the_collector_decoded_with_every_parent_and_without_a_word_of_the_player(
    recorded: Any, receiver: Receiver
) -> None:
    recorded(resolved_turn(traceparent=CALLERS))

    done = run(TURN, "--otlp", receiver.url)

    assert (done.exit_code, len(receiver.requests)) == (0, 1), done.output
    ids = {span.span_id for span in receiver.spans}
    root, *others = receiver.spans
    steps = {span.span_id for span in receiver.spans if span.name == "InvokeDungeonMaster"}
    assert len(ids) == len(receiver.spans) == 16
    assert {span.trace_id.hex() for span in receiver.spans} == {trace_id_of(TURN)}
    assert root.parent_span_id == b""
    assert {span.parent_span_id for span in others if span.name.startswith("chat")} == steps
    assert {span.parent_span_id for span in others if not span.name.startswith("chat")} == {root.span_id}
    assert [link.trace_id.hex() for link in root.links] == ["4bf92f3577b34da6a3ce929d0e0e4736"]
    assert root.end_time_unix_nano - root.start_time_unix_nano == 5_540_000_000
    (reply,) = [span for span in receiver.spans if span.name == f"chat {MODEL}"]
    said = {each.key: each.value for each in reply.attributes}
    assert (reply.kind, said["gen_ai.usage.input_tokens"].int_value) == (CLIENT, 5000)
    assert [each.string_value for each in said["gen_ai.response.finish_reasons"].array_value.values] == ["tool_use"]
    assert [(span.name, span.status.message) for span in receiver.spans if span.status.code == ERROR] == [
        ("chat", "ModelThrottled"),
        ("InvokeDungeonMaster", "ModelThrottled"),
        ("chat", "ModelThrottled"),
    ]
    assert SECRET in json.dumps([event.model_dump(mode="json") for event in resolved_turn()])
    assert SECRET not in receiver.raw[0]


def test_a_turn_that_is_sent_twice_is_the_same_request_twice(recorded: Any, receiver: Receiver) -> None:
    recorded(failed_turn())

    for _ in range(2):
        run(TURN, "--otlp", f"{receiver.url}/v1/traces")

    assert receiver.raw[0] == receiver.raw[1]


def test_an_open_turn_is_shown_and_not_sent(recorded: Any, receiver: Receiver) -> None:
    recorded(resolved_turn()[:4])

    assert "turn open" in run(TURN).stdout
    assert "is not sent" in refusal(TURN, "--otlp", receiver.url)
    assert receiver.requests == []


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    events = make_events(campaigns=8, turns=12) + [deliver(event) for event in resolved_turn(traceparent=CALLERS)]
    return write_export(tmp_path_factory.mktemp("traced"), events)


def test_an_export_is_sent_in_batches_of_whole_turns_with_its_environment(exported: Path, receiver: Receiver) -> None:
    ended = {
        event["detail"]["metadata"]["turn_id"]
        for event in make_events(campaigns=8, turns=12)
        if event["detail-type"] in ("TurnAnswered.v1", "TurnFailed.v1")
    }

    done = run("--export", exported, "--otlp", receiver.url)

    assert done.exit_code == 0, done.output
    assert {span.trace_id.hex() for span in receiver.spans} == {trace_id_of(turn) for turn in {*ended, TURN}}
    traces = [
        {span.trace_id for span in request.resource_spans[0].scope_spans[0].spans} for request in receiver.requests
    ]
    assert len(traces) > 1
    assert sum(map(len, traces)) == len(set.union(*traces))
    assert all(len(request.resource_spans[0].scope_spans[0].spans) <= MOST_SPANS for request in receiver.requests)
    about = {each.key: each.value.string_value for each in receiver.requests[0].resource_spans[0].resource.attributes}
    assert about == {"service.name": "ninelives", "deployment.environment.name": "local"}


def test_a_turn_is_the_same_trace_from_an_export_and_from_the_record(
    exported: Path, recorded: Any, receiver: Receiver
) -> None:
    recorded(resolved_turn(traceparent=CALLERS))

    run(TURN, "--otlp", receiver.url)
    run(TURN, "--export", exported, "--otlp", receiver.url)

    assert receiver.raw[0] == receiver.raw[1]
    assert len([link for span in receiver.spans for link in span.links]) == 2
    assert run(TURN, "--export", exported).stdout == run(TURN).stdout


def test_an_export_from_before_it_had_the_callers_traces_is_read_without_them(
    exported: Path, tmp_path: Path, receiver: Receiver
) -> None:
    older = shutil.copytree(exported, tmp_path / "older")
    for file in older.glob("events/*/*/*.parquet"):
        rows = f"SELECT * EXCLUDE (traceparent) FROM read_parquet('{file}', hive_partitioning = false)"
        duckdb.execute(f"COPY (SELECT * FROM ({rows})) TO '{tmp_path / 'one'}' (FORMAT parquet)")
        (tmp_path / "one").replace(file)

    for export in (older, exported):
        run(TURN, "--export", export, "--otlp", receiver.url)

    without, with_links = receiver.requests
    assert [len(each.resource_spans[0].scope_spans[0].spans[0].links) for each in (without, with_links)] == [0, 1]
    assert run(TURN, "--export", older).stdout == run(TURN, "--export", exported).stdout


@pytest.mark.parametrize(("status", "answer", "why"), [
    (503, {}, "status 503"),
    (200, {"partialSuccess": {"rejectedSpans": "3"}}, "3 of 16 spans rejected"),
])  # fmt: skip
def test_a_collector_that_does_not_take_all_of_it_is_an_error(
    recorded: Any, receiver: Receiver, status: int, answer: dict[str, Any], why: str
) -> None:
    recorded(resolved_turn())
    receiver.status, receiver.answer = status, answer

    assert why in refusal(TURN, "--otlp", receiver.url)


def test_a_collectors_headers_come_from_the_environment(
    recorded: Any, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(resolved_turn())
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20a%3Db, x-scope = nine")

    run(TURN, "--otlp", receiver.url)

    assert (receiver.headers[0]["authorization"], receiver.headers[0]["x-scope"]) == ("Bearer a=b", "nine")
    with pytest.raises(UserError):
        headers_of("nonsense")


def test_what_cannot_be_is_refused_in_a_line(tmp_path: Path, recorded: Any) -> None:
    assert "not the id of a turn" in refusal("t_1")
    assert "not the id of a campaign" in refusal(TURN, "--campaign", "c_1")
    assert "no export" in refusal("--export", tmp_path, "--otlp", "http://127.0.0.1:1")
    assert "no URL" in refusal(TURN, "--otlp", "127.0.0.1:4318")
    assert run().exit_code == 2
