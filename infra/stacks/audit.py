"""The audit service: an append-only record of every event."""

from __future__ import annotations

from constructs import Construct

from infra.constructs.deployment import Deployment
from infra.constructs.event_consumer import EventConsumer
from infra.constructs.service_stack import ServiceStack
from infra.constructs.tables import ServiceTable


class Audit(ServiceStack):
    """Every event, once, for good."""

    service = "audit"

    def __init__(self, scope: Construct, deployment: Deployment) -> None:
        super().__init__(scope, deployment)
        record = EventConsumer(self, "events", "record", purpose="Writes every event down, once.").consumer
        ServiceTable(self, "audit").lets(record, "PutItem", variable="AUDIT_TABLE")
