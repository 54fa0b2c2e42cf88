"""The chronicle service: what a story remembers beyond its last turns."""

from __future__ import annotations

from constructs import Construct

from infra.constructs.deployment import Deployment
from infra.constructs.event_consumer import NO_HURRY, EventConsumer
from infra.constructs.service_function import ServiceFunction
from infra.constructs.service_stack import ServiceStack
from infra.constructs.tables import ServiceTable

FRESH = {"aws": 60, "local": 0}
"""Seconds for which a fact is filed without a look whether its campaign was erased. It is less than an erasure waits
before it looks for such facts (`SETTLES` in gateway.py), by what filing may take."""


class ChronicleStack(ServiceStack):
    """Every fact of every turn, filed so that a bounded look finds what matters."""

    service = "chronicle"

    def __init__(self, scope: Construct, deployment: Deployment) -> None:
        super().__init__(scope, deployment)
        table = ServiceTable(self, "chronicle")
        purpose = "Files the facts of resolved turns."
        remember = EventConsumer(self, "facts", "remember", purpose=purpose, window_seconds=NO_HURRY).consumer
        remember.set("FRESH_SECONDS", str(FRESH[deployment.target]))
        table.lets(remember, "GetItem", "PartiQLInsert", "UpdateItem", variable="CHRONICLE_TABLE")
        recall = ServiceFunction(self, "recall", purpose="Finds what the story knows of what an action touches.")
        table.lets(recall, "GetItem", "Query", variable="CHRONICLE_TABLE")
        purpose = "Erases what was filed of a campaign."
        erase = ServiceFunction(self, "erase", purpose=purpose, awaited=False)
        table.lets(erase, "Query", "PutItem", "BatchWriteItem", variable="CHRONICLE_TABLE")
