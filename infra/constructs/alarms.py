"""Alarms that go to the operators. No data is good news: every metric here is silent while nothing happens."""

from __future__ import annotations

from aws_cdk import aws_cloudwatch as cloudwatch

from infra.constructs.service_stack import ServiceStack

RUNBOOKS = "docs/runbooks"


def alarm(
    stack: ServiceStack,
    name: str,
    metric: cloudwatch.IMetric,
    *,
    at_least: float,
    because: str,
    runbook: str,
    periods: int = 1,
) -> cloudwatch.Alarm:
    """Alarm when `metric` is `at_least` that much for `periods` in a row.

    `because` tells operators what it means, and `runbook` names the page of docs/runbooks that says what to do.
    """
    raised = cloudwatch.Alarm(
        stack,
        f"Alarm:{name}",
        alarm_name=stack.deployment.name(stack.service, name),
        alarm_description=describe_alarm(stack, because, runbook),
        metric=metric,
        threshold=at_least,
        evaluation_periods=periods,
        comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
    )
    raised.add_alarm_action(stack.alarm_action)
    return raised


def describe_alarm(stack: ServiceStack, because: str, runbook: str) -> str:
    """The alarm's description for an operator: the meaning, and where the page is that says what to do.

    Pages are named as they lie in the repository, or below the CDK context `runbook_base_url` when it is given.
    """
    base = str(stack.node.try_get_context("runbook_base_url") or RUNBOOKS).rstrip("/")
    return f"{because} Runbook: {base}/{runbook}.md"
