"""What operators and analysts use: a door out of the archive, the dashboard, and the promises it is measured by."""

from __future__ import annotations

from constructs import Construct

from infra.constructs.dashboard import Dashboard
from infra.constructs.deployment import Deployment
from infra.constructs.export_queue import ReplayExportQueue
from infra.constructs.model_watch import watch_model
from infra.constructs.service_levels import ServiceLevels
from infra.constructs.service_stack import ServiceStack


class OperationsStack(ServiceStack):
    """The export queue, the dashboard and the service levels."""

    service = "operations"

    def __init__(self, scope: Construct, deployment: Deployment) -> None:
        super().__init__(scope, deployment)
        ReplayExportQueue(self)
        Dashboard(self, ServiceLevels(self), watch_model(self))
