"""The audit service: an append-only record of every event."""

from __future__ import annotations

from constructs import Construct

from infra.constructs.alarms import alarm
from infra.constructs.deployment import Deployment
from infra.constructs.event_consumer import NO_HURRY, EventConsumer
from infra.constructs.measured import metric_of
from infra.constructs.service_stack import ServiceStack
from infra.constructs.tables import ServiceTable


class AuditStack(ServiceStack):
    """Every event, once, for good."""

    service = "audit"

    def __init__(self, scope: Construct, deployment: Deployment) -> None:
        super().__init__(scope, deployment)
        purpose = "Writes every event down, once."
        record = EventConsumer(self, "events", "record", purpose=purpose, window_seconds=NO_HURRY).consumer
        calls = ("BatchGetItem", "PartiQLInsert", "PutItem", "Query")
        ServiceTable(self, "audit").lets(record, *calls, variable="AUDIT_TABLE")
        # One metric for both kinds, for each would be paid for: whoever comes verifies the record, which says which.
        alarm(
            self,
            "record-faults",
            metric_of(self.deployment, "audit", "RecordFaults", {"operation": "record"}),
            at_least=1,
            because="Facts did not reach the audit record for five minutes, or an event contradicts what is recorded.",
            runbook="record-faults",
        )
