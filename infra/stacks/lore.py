"""The lore service: the world and what is known of it."""

from __future__ import annotations

import aws_cdk as cdk
from constructs import Construct

from infra.constructs.deployment import Deployment
from infra.constructs.service_function import ServiceFunction
from infra.constructs.service_stack import ServiceStack

WORLD = {"WORLD": "nekopolis"}


class LoreStack(ServiceStack):
    """Canon and retrieval: no table, the world pack ships with the code."""

    service = "lore"

    def __init__(self, scope: Construct, deployment: Deployment) -> None:
        super().__init__(scope, deployment)
        retrieve = ServiceFunction(
            self, "retrieve_lore", purpose="Finds what the story needs to know about a scene.", environment=WORLD
        )
        retrieve.announces(self)
        if deployment.knowledge_base:
            self._find_by_meaning(retrieve, deployment.knowledge_base)
        ServiceFunction(
            self, "describe_world", purpose="Describes the world: classes, places, tone.", environment=WORLD
        )

    def _find_by_meaning(self, retrieve: ServiceFunction, id: str) -> None:
        retrieve.set("KNOWLEDGE_BASE", id)
        arn = f"arn:{cdk.Aws.PARTITION}:bedrock:{cdk.Aws.REGION}:{cdk.Aws.ACCOUNT_ID}:knowledge-base/{id}"
        retrieve.may(["bedrock:Retrieve"], arn)
