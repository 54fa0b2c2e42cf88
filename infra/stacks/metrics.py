"""The metrics service: what the business looks at, counted from events."""

from __future__ import annotations

from constructs import Construct

from infra.constructs.alarms import alarm
from infra.constructs.day_budget import COUNTERS, watch_day_budget
from infra.constructs.deployment import Deployment
from infra.constructs.event_consumer import NO_HURRY, EventConsumer
from infra.constructs.measured import REPORTED, metric_of
from infra.constructs.service_stack import ServiceStack
from infra.constructs.tables import ServiceTable

TURN_TARGET_SECONDS = 10
"""The time in which players are promised an answer: before their attention wanders, which takes ten seconds (see the
service's README). A promise of the product, not a setting of an environment."""


class MetricsStack(ServiceStack):
    """Business metrics and the cost ledger."""

    service = "metrics"

    def __init__(self, scope: Construct, deployment: Deployment) -> None:
        super().__init__(scope, deployment)
        purpose = "Counts turns, tokens and dollars, once."
        count = EventConsumer(
            self,
            "events",
            "count",
            purpose=purpose,
            window_seconds=NO_HURRY,
            at_once=COUNTERS if deployment.day_budget.is_set else None,
        ).consumer
        count.set("TURN_TARGET_SECONDS", str(TURN_TARGET_SECONDS))
        table = ServiceTable(self, "metrics", expires_by="expires_at")
        table.lets(count, "GetItem", "UpdateItem", variable="METRICS_TABLE")
        watch_day_budget(self, count, table)
        alarm(
            self,
            "stories-reported",
            metric_of(deployment, "metrics", "StoriesReported", REPORTED),
            at_least=1,
            because="A player reported a story.",
            runbook="stories-reported",
        )
