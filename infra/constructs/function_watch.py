"""Two alarms for all functions together, where they are not watched closely."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch

from infra.constructs.alarms import alarm
from infra.constructs.service_stack import ServiceStack

FIVE_MINUTES = Duration.minutes(5)


def watch_functions(stack: ServiceStack) -> None:
    """Alarms on what Lambda counts for the account and region, ours and any others in it: an alarm is paid for by the
    metrics it looks at, and this is one instead of one a function. Which function it was is in their metrics, which
    are there for each all the same."""
    alarm(
        stack,
        "functions-errors",
        _of_all("Errors"),
        at_least=5,
        because="The account's functions failed five times in five minutes. Their metrics say which, its log says why.",
        runbook="function-errors",
    )
    alarm(
        stack,
        "functions-throttles",
        _of_all("Throttles"),
        at_least=1,
        because="A function was throttled: the account's Lambda concurrency is used up.",
        runbook="function-throttles",
    )


def _of_all(name: str) -> cloudwatch.Metric:
    """Without a dimension: of all functions."""
    return cloudwatch.Metric(namespace="AWS/Lambda", metric_name=name, statistic="Sum", period=FIVE_MINUTES)
