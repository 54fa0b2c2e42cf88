"""The means of operators and analysts: exports of the archive, the dashboard, and the promises it is measured by."""

from __future__ import annotations

from constructs import Construct

from infra.constructs.dashboard import Dashboard
from infra.constructs.deployment import Deployment
from infra.constructs.export_queue import ReplayExportQueue
from infra.constructs.function_watch import watch_functions
from infra.constructs.model_watch import watch_model
from infra.constructs.service_levels import ServiceLevels
from infra.constructs.service_stack import ServiceStack


class OperationsStack(ServiceStack):
    """The export queue, the service levels, and the dashboard or what stands for it."""

    service = "operations"

    def __init__(self, scope: Construct, deployment: Deployment) -> None:
        super().__init__(scope, deployment)
        ReplayExportQueue(self)
        levels, model = ServiceLevels(self), watch_model(self)
        if deployment.watched_closely:
            Dashboard(self, levels, model)
        else:
            watch_functions(self)
