"""The rows of the dashboard about the machine: API, workflow, events, queues, tables, functions, and what they log."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_stepfunctions as sfn

from infra.assets.contents import REPOSITORY
from infra.constructs.dashboard_widgets import WIDTH, graph, heading
from infra.constructs.deployment import Deployment
from infra.constructs.measured import FIVE_MINUTES, metric_of, of_ours
from infra.constructs.service_stack import ServiceStack
from infra.constructs.watched_alarms import OUTBOXES

MINUTE = Duration.minutes(1)
Row = list[cloudwatch.IWidget]


def door_and_workflow(stack: ServiceStack) -> list[Row]:
    api = stack.name_of("gateway", "api-id")

    def api_metric(name: str, statistic: str = "Sum", label: str | None = None) -> cloudwatch.Metric:
        return cloudwatch.Metric(
            namespace="AWS/ApiGateway",
            metric_name=name,
            dimensions_map={"ApiId": api},
            statistic=statistic,
            period=FIVE_MINUTES,
            label=label,
        )

    machine = sfn.StateMachine.from_state_machine_name(stack, "Turn", stack.deployment.name("turn"))
    return [
        [heading("## API and workflow")],
        [
            graph("Requests", [api_metric("Count", label="all"), api_metric("4xx"), api_metric("5xx")]),
            graph(
                "Answer time (ms)", [api_metric("Latency", statistic, statistic) for statistic in ("p50", "p95", "p99")]
            ),
            graph(
                "The turn's workflow",
                [
                    machine.metric_started(period=FIVE_MINUTES, label="started"),
                    machine.metric_failed(period=FIVE_MINUTES, label="failed"),
                    machine.metric_timed_out(period=FIVE_MINUTES, label="timed out"),
                    machine.metric_throttled(period=FIVE_MINUTES, label="throttled"),
                ],
            ),
        ],
    ]


def events(deployment: Deployment) -> list[Row]:
    def depth(name: str) -> cloudwatch.SearchExpression:
        return of_ours(deployment, "AWS/SQS", "QueueName", name, statistic="Maximum", period=MINUTE)

    def projection(name: str, statistic: str, label: str) -> cloudwatch.Metric:
        return metric_of(deployment, "campaign", name, {"operation": "project"}, statistic=statistic, label=label)

    relayed = [
        metric_of(deployment, service, name, {"operation": "relay"}, label=f"{service}: {said}")
        for service in OUTBOXES
        for name, said in (("EventsRelayed", "published"), ("EntriesRefused", "refused by the bus"))
    ]
    record = {"operation": "record"}
    facts = [
        metric_of(deployment, "audit", "Gaps", record, label="audit: missing"),
        metric_of(deployment, "audit", "Alterations", record, label="audit: altered"),
        metric_of(deployment, "audit", "Duplicates", record, label="audit: duplicates dropped"),
        projection("Gaps", "Sum", "lists: missing"),
    ]
    return [
        [heading("## Events and queues")],
        [
            graph("Oldest message (s)", [depth("ApproximateAgeOfOldestMessage")], columns=6),
            graph(
                "Messages waiting, dead letters among them", [depth("ApproximateNumberOfMessagesVisible")], columns=6
            ),
            graph("Facts on their way", relayed, columns=6),
            graph("Facts missing, altered, or twice", facts, columns=6),
        ],
        [
            graph(
                "Lists behind the stories (ms)",
                [projection("ProjectionLag", statistic, statistic) for statistic in ("p50", "p99")],
                [projection("EventsProjectedLate", "Sum", "late events")],
                line=(10_000, "late"),
            ),
            graph(
                "Oldest event in an outbox (ms)",
                [of_ours(deployment, "AWS/Lambda", "FunctionName", "IteratorAge", statistic="Maximum", period=MINUTE)],
            ),
            graph("Consumers: unreadable messages", [_poison(deployment)]),
        ],
    ]


def tables_and_functions(deployment: Deployment) -> list[Row]:
    def table(name: str) -> cloudwatch.SearchExpression:
        return of_ours(deployment, "AWS/DynamoDB", "TableName", name)

    def function(name: str, statistic: str = "Sum") -> cloudwatch.SearchExpression:
        return of_ours(deployment, "AWS/Lambda", "FunctionName", name, statistic=statistic)

    return [
        [heading("## Tables and functions")],
        [
            graph("Tables: units written", [table("ConsumedWriteCapacityUnits")]),
            graph("Tables: units read", [table("ConsumedReadCapacityUnits")]),
            graph(
                "Tables: throttled, and transactions in each other's way",
                [table("WriteThrottleEvents"), table("ReadThrottleEvents"), table("TransactionConflict")],
            ),
        ],
        [
            graph("Functions: errors", [function("Errors")], columns=6),
            graph("Functions: throttled", [function("Throttles")], columns=6),
            graph("Functions: at once", [function("ConcurrentExecutions", "Maximum")], columns=6),
            graph("Functions: duration p99 (ms)", [function("Duration", "p99")], columns=6),
        ],
    ]


def latest_errors(deployment: Deployment) -> list[Row]:
    return [
        [heading("## The latest warnings and errors")],
        [
            cloudwatch.LogQueryWidget(
                title="All functions",
                log_group_names=[f"/aws/lambda/{deployment.name(*each)}" for each in functions()],
                query_lines=[
                    "fields @timestamp, service, operation, level, message, error, errorMessage, turn_id",
                    'filter level in ["WARNING", "ERROR", "CRITICAL"]',
                    "sort @timestamp desc",
                    "limit 50",
                ],
                width=WIDTH,
                height=8,
            )
        ],
    ]


def functions() -> list[tuple[str, str]]:
    """Service and name of every function there is: one per handler file."""
    handlers = sorted((REPOSITORY / "services").glob("*/handlers/*.py"))
    return [(path.parents[1].name, path.stem) for path in handlers if path.stem != "__init__"]


def _poison(deployment: Deployment) -> cloudwatch.SearchExpression:
    wanted = f'MetricName="Poison" environment="{deployment.environment}"'
    return cloudwatch.SearchExpression(
        expression=f"SEARCH('{{NineLives,service,environment,operation}} {wanted}', 'Sum')",
        label="${PROP('Dim.operation')}",
        period=FIVE_MINUTES,
    )
