"""The figures our own code emits, as metrics: namespace NineLives, with service, environment and one dimension more."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch

from infra.constructs.deployment import Deployment

NAMESPACE = "NineLives"
FIVE_MINUTES = Duration.minutes(5)
ACCEPTED, ANSWERED = {"event_type": "TurnAccepted.v1"}, {"event_type": "TurnAnswered.v1"}
RESOLVED, FAILED = {"event_type": "TurnResolved.v1"}, {"event_type": "TurnFailed.v1"}
REPORTED = {"event_type": "StoryReported.v1"}


def metric_of(
    deployment: Deployment,
    service: str,
    name: str,
    dimension: dict[str, str],
    *,
    statistic: str = "Sum",
    period: Duration = FIVE_MINUTES,
    label: str | None = None,
) -> cloudwatch.Metric:
    """One figure of one service."""
    return cloudwatch.Metric(
        namespace=NAMESPACE,
        metric_name=name,
        dimensions_map={"service": service, "environment": deployment.environment, **dimension},
        statistic=statistic,
        period=period,
        label=label,
    )


def by_each(
    deployment: Deployment,
    service: str,
    name: str,
    dimension: str,
    *,
    statistic: str = "Sum",
    period: Duration = FIVE_MINUTES,
) -> cloudwatch.SearchExpression:
    """The same figure for every value that `dimension` has had in the last two weeks. For graphs, not for alarms."""
    wanted = f'MetricName="{name}" service="{service}" environment="{deployment.environment}"'
    return cloudwatch.SearchExpression(
        expression=f"SEARCH('{{{NAMESPACE},service,environment,{dimension}}} {wanted}', '{statistic}')",
        label=f"${{PROP('Dim.{dimension}')}}",
        period=period,
    )


def of_ours(
    deployment: Deployment,
    namespace: str,
    dimension: str,
    name: str,
    *,
    statistic: str = "Sum",
    period: Duration = FIVE_MINUTES,
) -> cloudwatch.SearchExpression:
    """An AWS metric for each resource of this deployment, found by the words its name begins with.

    A search matches words anywhere in a name, so an environment `prod` also sees those of `prod-2` in its account.
    """
    words = " ".join(f"{dimension}={word}" for word in deployment.name().split("-"))
    return cloudwatch.SearchExpression(
        expression=f"SEARCH('{{{namespace},{dimension}}} MetricName=\"{name}\" {words}', '{statistic}')",
        label=f"${{PROP('Dim.{dimension}')}}",
        period=period,
    )
