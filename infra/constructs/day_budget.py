"""The budget of a deployment for models in a day: told to the function that counts it, with an alarm when it is
reached."""

from __future__ import annotations

from infra.constructs.alarms import alarm
from infra.constructs.measured import metric_of
from infra.constructs.service_function import ServiceFunction
from infra.constructs.service_stack import ServiceStack
from infra.constructs.tables import ServiceTable

COUNTERS = 2
"""Copies of the function that count at once where a day has a budget, the fewest there may be: each hides a hundredth
of it from the others at most (services/metrics/application/watch.py)."""


def watch_day_budget(stack: ServiceStack, count: ServiceFunction, ledger: ServiceTable) -> None:
    """Let `count` sum up its ledger and say when the budget is spent, if there is one."""
    budget = stack.deployment.day_budget
    if not budget.is_set:
        return
    count.set("DAY_BUDGET_MICRO_DOLLARS", str(budget.micro_dollars))
    count.set("DAY_BUDGET_TOKENS", str(budget.tokens))
    ledger.lets(count, "Query", variable="METRICS_TABLE")
    count.announces(stack)
    alarm(
        stack,
        "day-ceiling",
        metric_of(stack.deployment, "metrics", "DayCeilingReached", {"operation": "count"}),
        at_least=1,
        because="The models have cost what they may in a day. Until midnight UTC the understudy tells.",
        runbook="model-spend",
    )
