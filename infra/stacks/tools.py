"""The tools service: the rules of the game."""

from __future__ import annotations

from constructs import Construct

from infra.constructs.deployment import Deployment
from infra.constructs.service_function import ServiceFunction
from infra.constructs.service_stack import ServiceStack
from infra.constructs.tables import COUNTED_FAULTS, FIRST_ANSWER, FORGETS, StagesTable


class ToolsStack(ServiceStack):
    """Pure rules with kept answers: a die rolled is a die rolled."""

    service = "tools"

    def __init__(self, scope: Construct, deployment: Deployment) -> None:
        super().__init__(scope, deployment)
        execute = ServiceFunction(self, "execute_tool", purpose="Works out what one call of a tool does.")
        world = ServiceFunction(self, "play_world", purpose="Works out how the world answers.")
        for function in (execute, world):
            function.announces(self)
        stages = StagesTable(self)
        stages.lets(execute, *FIRST_ANSWER)
        forget = ServiceFunction(self, "forget", purpose="Deletes kept outcomes of some turns.", awaited=False)
        stages.lets(forget, *FORGETS)
        if deployment.chaos:
            execute.set("CHAOS", "1")
            stages.lets(execute, *COUNTED_FAULTS)
