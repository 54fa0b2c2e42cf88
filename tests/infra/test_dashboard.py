"""Every metric on the dashboard, and every metric an alarm looks at, is one that somebody emits."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import boto3
import pytest
from moto import mock_aws

from infra.constructs.service_levels import SERVICE_LEVELS
from infra.constructs.watched_alarms import watched_alarms
from tests.infra.templates import ALARM, FUNCTION, Cloud
from tests.support.archived_events import make_events

REPOSITORY = Path(__file__).resolve().parents[2]
SERVICES = REPOSITORY / "services"
BY_AWS = {
    ("AWS/ApiGateway", "ApiId"): {"Count", "4xx", "5xx", "Latency", "IntegrationLatency"},
    ("AWS/Bedrock", "ModelId"): {"Invocations", "InvocationThrottles", "InvocationLatency"},
    ("AWS/DynamoDB", "TableName"): {
        "ConsumedReadCapacityUnits",
        "ConsumedWriteCapacityUnits",
        "ReadThrottleEvents",
        "WriteThrottleEvents",
        "TransactionConflict",
    },
    ("AWS/Lambda", "FunctionName"): {
        "Errors",
        "Throttles",
        "Duration",
        "Invocations",
        "ConcurrentExecutions",
        "IteratorAge",
    },
    ("AWS/Lambda", ""): {"Errors", "Throttles"},
    ("AWS/SQS", "QueueName"): {"ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage"},
    ("AWS/States", "StateMachineArn"): {
        "ExecutionsStarted",
        "ExecutionsFailed",
        "ExecutionsTimedOut",
        "ExecutionThrottled",
    },
}
"""By namespace and dimension, from docs.aws.amazon.com: what AWS itself measures of the resources we have."""


class Used(NamedTuple):
    """A metric that a widget or an alarm looks at. A dimension without a value is searched for."""

    where: str
    namespace: str
    name: str
    dimensions: dict[str, Any]


class Emitted(NamedTuple):
    name: str
    service: str
    dimension: str
    value: str


# --- what is used -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def board(closely: Cloud) -> dict[str, Any]:
    [dashboard] = closely.all("AWS::CloudWatch::Dashboard")
    body = dashboard.properties["DashboardBody"]
    parts = body["Fn::Join"][1]
    return json.loads("".join(part if isinstance(part, str) else str(next(iter(part.values()))) for part in parts))


def _of_board(board: dict[str, Any]) -> Iterator[Used]:
    for widget in board["widgets"]:
        properties = widget["properties"]
        for line in properties.get("metrics", []):
            if isinstance(line[0], dict):
                yield from _parse_searches(properties["title"], line[0]["expression"])
            else:
                words = [word for word in line if not isinstance(word, dict)]
                pairs = dict(zip(words[2::2], words[3::2], strict=True))
                yield Used(properties["title"], words[0], words[1], pairs)


def _parse_searches(where: str, expression: str) -> Iterator[Used]:
    for schema, terms in re.findall(r"SEARCH\('\{([^}]+)\} ([^']+)'", expression):
        namespace, *dimensions = schema.split(",")
        exact = dict(re.findall(r'(\w+)="([^"]+)"', terms))
        yield Used(where, namespace, exact["MetricName"], {name: exact.get(name) for name in dimensions})


def _of_alarms(cloud: Cloud) -> Iterator[Used]:
    for alarm in cloud.all(ALARM):
        properties = alarm.properties
        queries = [query["MetricStat"]["Metric"] for query in properties.get("Metrics", []) if "MetricStat" in query]
        for metric in queries or [properties]:
            dimensions = {each["Name"]: each["Value"] for each in metric.get("Dimensions", [])}
            yield Used(properties["AlarmName"], metric["Namespace"], metric["MetricName"], dimensions)


# --- what is emitted --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def emitted(closely: Cloud) -> set[Emitted]:
    settings = closely.function("metrics/count").properties["Environment"]["Variables"]
    return {*_by_figures(settings), *_by_code()}


def _by_figures(settings: dict[str, Any]) -> Iterator[Emitted]:
    """Metrics that the metrics service emits of a few campaigns, read from what it prints."""
    for line in _printed_by_metrics(make_events(campaigns=6, turns=8), settings):
        [directive] = json.loads(line)["_aws"]["CloudWatchMetrics"]
        body = json.loads(line)
        for names in directive["Dimensions"]:
            [dimension] = set(names) - {"service", "environment"}
            for metric in directive["Metrics"]:
                yield Emitted(metric["Name"], body["service"], dimension, body[dimension])


def _printed_by_metrics(events: list[dict[str, Any]], settings: dict[str, Any]) -> list[str]:
    import contextlib
    import io

    from services.metrics import wiring
    from services.metrics.handlers.count import handler

    records = [{"messageId": str(n), "body": json.dumps(e), "eventSource": "aws:sqs"} for n, e in enumerate(events)]
    printed = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        for name, value in {
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            **settings,
            "METRICS_TABLE": "metrics",
        }.items():
            patch.setenv(name, str(value))
        wiring.dynamodb.cache_clear()
        boto3.client("dynamodb").create_table(
            TableName="metrics",
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
            BillingMode="PAY_PER_REQUEST",
        )
        with contextlib.redirect_stdout(printed):
            answer = handler({"Records": records}, SimpleNamespace(get_remaining_time_in_millis=lambda: 9000))
        wiring.dynamodb.cache_clear()
    assert answer == {"batchItemFailures": []}
    return [line for line in printed.getvalue().splitlines() if line.startswith('{"_aws"')]


def _by_code() -> Iterator[Emitted]:
    """Metrics that handlers and stagekit count under their operation, read from their source."""
    handlers = [path for path in SERVICES.glob("*/handlers/*.py") if path.stem != "__init__"]
    shared = _names_counted(REPOSITORY / "stagekit" / "consumer.py") | _names_counted(
        REPOSITORY / "stagekit" / "observe.py"
    )
    relay = _names_counted(REPOSITORY / "stagekit" / "relay.py")
    for path in handlers:
        own = relay if path.stem == "relay" else _names_counted(path)
        for name in own | shared:
            yield Emitted(name, path.parents[1].name, "operation", path.stem)


def _names_counted(path: Path) -> set[str]:
    """The names in calls of `count`, and where `emit` is called, the keys of the module's dictionaries."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    calls = [node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    names = {word.arg for call in calls if call.func.id == "count" for word in call.keywords if word.arg}  # type: ignore[attr-defined]
    if any(call.func.id == "emit" for call in calls):  # type: ignore[attr-defined]
        keys = (key for node in nodes if isinstance(node, ast.Dict) for key in node.keys)
        names |= {key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str)}
    return names


def _is_emitted(used: Used, emitted: set[Emitted], models: tuple[str, ...] = ()) -> bool:
    if used.namespace != "NineLives":
        [dimension] = used.dimensions or [""]
        return used.name in BY_AWS.get((used.namespace, dimension), set())
    [dimension] = set(used.dimensions) - {"service", "environment"}
    service, value = used.dimensions["service"], used.dimensions[dimension]
    return used.dimensions["environment"] == "prod" and any(
        (each.name, each.dimension) == (used.name, dimension)
        and service in (None, each.service)
        and (value in (None, each.value) or value in models)
        for each in emitted
    )


# --- what must hold ---------------------------------------------------------------------------------------------


def test_everything_on_the_dashboard_is_emitted_by_somebody(board: dict[str, Any], emitted: set[Emitted]) -> None:
    used = list(_of_board(board))

    assert [each for each in used if not _is_emitted(each, emitted)] == []
    assert len(used) > 60


def test_everything_an_alarm_looks_at_is_emitted_by_somebody(closely: Cloud, aws: Cloud, emitted: set[Emitted]) -> None:
    used = [*_of_alarms(closely), *_of_alarms(aws)]

    assert [each for each in used if not _is_emitted(each, emitted)] == []


def test_what_the_model_alarms_look_at_is_emitted_by_somebody(tmp_path: Path, emitted: set[Emitted]) -> None:
    from tests.infra.templates import synthesise_stacks

    models = ("claude-sonnet-4-6", "nova-lite")
    settings = dict(zip(("dm_model", "dm_cheap_model"), models, strict=True)) | {"model_spend_alarm": "1000000"}
    cloud = synthesise_stacks(tmp_path, target="aws", only="operations", dm_provider="bedrock", **settings)
    watched = [each for each in _of_alarms(cloud) if "model-spend" in each.where or "understudy" in each.where]

    assert len(watched) == 4
    assert [each for each in watched if not _is_emitted(each, emitted, models=models)] == []


@pytest.mark.parametrize(
    "used",
    [
        Used("", "NineLives", "TurnsRenamed", {"service": "metrics", "environment": "prod", "event_type": None}),
        Used("", "NineLives", "TurnsFailed", {"service": "metrics", "environment": "prod", "stage": None}),
        Used("", "NineLives", "TurnsFailed", {"service": "audit", "environment": "prod", "event_type": None}),
        Used("", "NineLives", "TurnsFailed", {"service": "metrics", "environment": "x", "event_type": None}),
        Used("", "NineLives", "TurnsFailed", {"service": "metrics", "environment": "prod", "event_type": "Other.v1"}),
        Used("", "AWS/SQS", "Depth", {"QueueName": None}),
        Used("", "AWS/SQS", "ApproximateAgeOfOldestMessage", {"Queue": None}),
    ],
)
def test_a_metric_nobody_emits_would_be_noticed(used: Used, emitted: set[Emitted]) -> None:
    assert not _is_emitted(used, emitted)


def test_the_promises_are_on_top_with_what_is_left_of_their_budgets(board: dict[str, Any]) -> None:
    top = [widget for widget in board["widgets"] if widget["y"] == 0]
    [status] = [widget for widget in top if widget["type"] == "alarm"]
    budgets = [widget["properties"] for widget in top if widget["type"] == "metric"]

    assert len(status["properties"]["alarms"]) == 2 * len(SERVICE_LEVELS)
    assert len(budgets) == len(SERVICE_LEVELS)
    for budget in budgets:
        assert (budget["view"], budget["start"], budget["setPeriodToTimeRange"]) == ("singleValue", "-P30D", True)


def test_nothing_lies_upon_anything_else_and_rows_are_full(board: dict[str, Any]) -> None:
    covered: dict[int, list[tuple[int, int]]] = {}
    for widget in board["widgets"]:
        covered.setdefault(widget["y"], []).append((widget["x"], widget["x"] + widget["width"]))

    for spans in covered.values():
        ends = [0, *(end for _, end in sorted(spans))]
        assert [start for start, _ in sorted(spans)] == ends[:-1]
        assert ends[-1] == 24


def test_every_alarm_that_is_not_a_functions_own_is_shown(closely: Cloud) -> None:
    functions = {each.properties["FunctionName"].removeprefix("ninelives-prod-") for each in closely.all(FUNCTION)}
    of_functions = {f"{name}-{kind}" for name in functions for kind in ("errors", "throttles", "p99")}
    names = {each.properties["AlarmName"].removeprefix("ninelives-prod-") for each in closely.all(ALARM)}
    windows = {name for name in names if re.search(r"x-\d+m$", name)}

    shown = [f"{service}-{name}" for service, name in watched_alarms()]
    assert set(shown) == names - of_functions - windows
    assert len(shown) == len(set(shown))


def test_the_page_shows_the_log_of_every_function(board: dict[str, Any], closely: Cloud) -> None:
    [logs] = [widget["properties"]["query"] for widget in board["widgets"] if widget["type"] == "log"]
    groups = set(re.findall(r"SOURCE '([^']+)'", logs))

    assert groups == {f"/aws/lambda/{each.properties['FunctionName']}" for each in closely.all(FUNCTION)}
    assert len(groups) <= 50  # of one query


def test_a_widget_of_alarms_takes_no_more_than_a_hundred(board: dict[str, Any]) -> None:
    for widget in board["widgets"]:
        assert len(widget["properties"].get("alarms", [])) <= 100
