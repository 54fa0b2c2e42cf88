"""The metrics service: what the business looks at, counted from events."""

from __future__ import annotations

from constructs import Construct

from infra.constructs.deployment import Deployment
from infra.constructs.event_consumer import EventConsumer
from infra.constructs.service_stack import ServiceStack
from infra.constructs.tables import ServiceTable

COUNTED = ("TurnAccepted.v1", "TurnAnswered.v1", "TurnFailed.v1", "TurnResolved.v1")


class Metrics(ServiceStack):
    """Business metrics and the cost ledger."""

    service = "metrics"

    def __init__(self, scope: Construct, deployment: Deployment) -> None:
        super().__init__(scope, deployment)
        purpose = "Counts turns, tokens and dollars, once."
        count = EventConsumer(self, "events", "count", purpose=purpose, detail_types=COUNTED).consumer
        table = ServiceTable(self, "metrics", expires_by="expires_at")
        table.lets(count, "PutItem", "UpdateItem", variable="METRICS_TABLE")
