"""The metrics service: what the business looks at, counted from events."""

from __future__ import annotations

from constructs import Construct

from infra.constructs.alarms import alarm
from infra.constructs.deployment import Deployment
from infra.constructs.event_consumer import NO_HURRY, EventConsumer
from infra.constructs.measured import REPORTED, measured
from infra.constructs.service_stack import ServiceStack
from infra.constructs.tables import ServiceTable

TURN_TARGET_SECONDS = 10
"""What players are promised: an answer before their attention wanders, which takes ten seconds (see the service's
README). A promise of the product, not a setting of an environment."""


COUNTERS = 2
"""Copies of the function that count at once where a day has a budget, the fewest there may be: each hides a hundredth
of it from the others at most (services/metrics/application/watch.py)."""


class MetricsStack(ServiceStack):
    """Business metrics and the cost ledger."""

    service = "metrics"

    def __init__(self, scope: Construct, deployment: Deployment) -> None:
        super().__init__(scope, deployment)
        purpose = "Counts turns, tokens and dollars, once."
        budget = deployment.day_budget
        count = EventConsumer(
            self,
            "events",
            "count",
            purpose=purpose,
            window_seconds=NO_HURRY,
            at_once=COUNTERS if budget.is_set else None,
        ).consumer
        count.set("TURN_TARGET_SECONDS", str(TURN_TARGET_SECONDS))
        table = ServiceTable(self, "metrics", expires_by="expires_at")
        table.lets(count, "GetItem", "UpdateItem", variable="METRICS_TABLE")
        if budget.is_set:
            count.set("DAY_BUDGET_MICRO_DOLLARS", str(budget.micro_dollars))
            count.set("DAY_BUDGET_TOKENS", str(budget.tokens))
            table.lets(count, "Query", variable="METRICS_TABLE")
            count.announces(self)
            alarm(
                self,
                "day-ceiling",
                measured(deployment, "metrics", "DayCeilingReached", {"operation": "count"}),
                at_least=1,
                because="The models have cost what they may in a day. Until midnight UTC the understudy tells.",
                runbook="model-spend",
            )
        if deployment.watched_closely or deployment.dm_provider != "understudy":
            # What the understudy tells is written here, by us: a report of it can wait for who looks into the list.
            alarm(
                self,
                "stories-reported",
                measured(deployment, "metrics", "StoriesReported", REPORTED),
                at_least=1,
                because="A player reported a story.",
                runbook="stories-reported",
            )
