"""The rows of the dashboard about the game: turns, how long they take, and the model that tells them."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch

from infra.constructs.dashboard_widgets import graph, heading
from infra.constructs.deployment import Deployment
from infra.constructs.measured import ACCEPTED, ANSWERED, FAILED, RESOLVED, by_each, metric_of

HOUR = Duration.hours(1)
Row = list[cloudwatch.IWidget]


def turns(deployment: Deployment) -> list[Row]:
    def count(name: str, kind: dict[str, str], label: str) -> cloudwatch.Metric:
        return metric_of(deployment, "metrics", name, kind, label=label)

    resolved = count("TurnsResolved", RESOLVED, "resolved")
    share = cloudwatch.MathExpression(
        expression="100 * FILL(told, 0) / all",
        using_metrics={"told": count("TurnsByUnderstudy", RESOLVED, "by the understudy"), "all": resolved},
        label="% by the understudy",
    )
    return [
        [heading("## Turns")],
        [
            graph(
                "Turns",
                [count("TurnsAccepted", ACCEPTED, "accepted"), resolved, count("TurnsFailed", FAILED, "failed")],
                [share],
            ),
            graph("What the rules refused, by reason", [by_each(deployment, "metrics", "Refusals", "reason")]),
            graph(
                "In a turn",
                [
                    count("ToolCalls", RESOLVED, "tool calls"),
                    count("Rolls", RESOLVED, "rolls"),
                    count("Repairs", RESOLVED, "repairs"),
                ],
            ),
        ],
    ]


def latency(deployment: Deployment) -> list[Row]:
    whole = [
        metric_of(deployment, "metrics", "TurnLatency", ANSWERED, statistic=statistic, label=statistic)
        for statistic in ("p50", "p95", "p99")
    ]
    late = [
        metric_of(deployment, "metrics", name, ANSWERED, label=label)
        for name, label in (("TurnsWithinTarget", "within the target"), ("TurnsLate", "late"))
    ]
    return [
        [heading("## How long players wait")],
        [
            graph("From asked to answered (ms)", whole),
            graph("Answers against the target", late, stacked=True),
            graph("By stage, p95 (ms)", [by_each(deployment, "metrics", "StageLatency", "stage", statistic="p95")]),
        ],
    ]


def model(deployment: Deployment) -> list[Row]:
    def each(name: str, period: Duration = HOUR) -> cloudwatch.SearchExpression:
        return by_each(deployment, "metrics", name, "model", period=period)

    throttled = cloudwatch.SearchExpression(
        expression="SEARCH('{AWS/Bedrock,ModelId} MetricName=\"InvocationThrottles\"', 'Sum')",
        label="throttled, ${PROP('Dim.ModelId')} (whole account)",
    )
    retried = metric_of(
        deployment, "metrics", "StageRetries", {"stage": "InvokeDungeonMaster"}, label="asked again by the workflow"
    )
    repaired = metric_of(deployment, "metrics", "Repairs", RESOLVED, label="replies repaired")
    return [
        [heading("## The model")],
        [
            graph("Calls an hour", [each("ModelCalls")], columns=6),
            graph(
                "Tokens an hour: in, out, cached",
                [each(f"{kind}Tokens") for kind in ("Input", "Output", "Cached")],
                columns=6,
            ),
            graph("Micro-dollars an hour", [each("MicroDollars")], columns=6),
            graph("When it does not answer", [throttled, retried, repaired], columns=6),
        ],
    ]
