"""The dm service: the game master and the judge of what it says."""

from __future__ import annotations

import aws_cdk as cdk
from constructs import Construct

from infra.constructs.acknowledged import acknowledge
from infra.constructs.deployment import Deployment
from infra.constructs.model_access import find_access
from infra.constructs.narration_queue import NarrationQueue
from infra.constructs.service_function import ServiceFunction
from infra.constructs.service_stack import ServiceStack
from infra.constructs.tables import StagesTable

MODEL_TIMEOUT_SECONDS = 20
INVOKE_TIMEOUT_SECONDS = 25
INVOKE = ("bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream")


class DungeonMasterStack(ServiceStack):
    """One model call per step, validated by a second step that trusts nothing."""

    service = "dm"

    def __init__(self, scope: Construct, deployment: Deployment) -> None:
        super().__init__(scope, deployment)
        invoke = ServiceFunction(
            self,
            "invoke_dungeon_master",
            purpose="Makes one call to the game master: a model, or the understudy.",
            timeout_seconds=INVOKE_TIMEOUT_SECONDS,
            environment=self._provider(),
        )
        invoke.announces(self)
        StagesTable(self).keeps([invoke])
        NarrationQueue(self).hears(invoke)
        self._allow_model(invoke)
        ServiceFunction(
            self, "validate_and_route", purpose="Checks a reply against rules and canon, and says what is next."
        )

    def _provider(self) -> dict[str, str]:
        deployment = self.deployment
        optional = {
            "DM_MODEL": deployment.dm_model,
            "DM_CHEAP_MODEL": deployment.dm_cheap_model,
            "DM_TURN_BUDGET_MICRO_DOLLARS": str(deployment.dm_turn_budget or ""),
            "DM_CAMPAIGN_BUDGET_MICRO_DOLLARS": str(deployment.dm_campaign_budget or ""),
            "DM_STRICT_TOOLS": "1" if deployment.dm_strict_tools else "",
            "DM_STREAM": "" if deployment.dm_stream else "0",
            "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": deployment.bedrock_endpoint,
            "OPENAI_BASE_URL": deployment.openai_base_url,
            "CHAOS": "1" if deployment.chaos else "",
        }
        return {
            "DM_PROVIDER": deployment.dm_provider,
            "DM_TIMEOUT_SECONDS": str(MODEL_TIMEOUT_SECONDS),
            **{name: value for name, value in optional.items() if value},
        }

    def _allow_model(self, invoke: ServiceFunction) -> None:
        if self.deployment.dm_provider != "bedrock":
            return
        models = dict.fromkeys((self.deployment.dm_model, self.deployment.dm_cheap_model))
        for access in (find_access(model) for model in models if model):
            invoke.may(INVOKE, access.asked)
            if access.answering:
                invoke.may_through(access.asked, INVOKE, access.answering)
                acknowledge(
                    invoke.role,
                    f"AwsSolutions::AwsSolutions-IAM5[Resource::{_as_nag_says(access.answering)}]",
                    "An inference profile sends a call to whichever of its regions has room: only through the profile.",
                )


def _as_nag_says(arn: str) -> str:
    return arn.replace(cdk.Aws.PARTITION, "<AWS::Partition>")
