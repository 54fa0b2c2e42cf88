"""The dm service: the game master and the judge of what it says."""

from __future__ import annotations

import aws_cdk as cdk
from constructs import Construct

from infra.constructs.acknowledged import acknowledge
from infra.constructs.deployment import FORMATS, PROFILES, Deployment
from infra.constructs.narration_queue import NarrationQueue
from infra.constructs.service_function import ServiceFunction
from infra.constructs.service_stack import ServiceStack
from infra.constructs.tables import StagesTable

GEOGRAPHIES = ("us", "eu", "apac", "jp", "au", "ca", "us-gov", "global")


class DungeonMasterStack(ServiceStack):
    """One model call per step, validated by a second step that trusts nothing."""

    service = "dm"

    def __init__(self, scope: Construct, deployment: Deployment) -> None:
        super().__init__(scope, deployment)
        invoke = ServiceFunction(
            self,
            "invoke_dungeon_master",
            purpose="Makes one call to the game master: a model, or the understudy.",
            timeout_seconds=deployment.turn_limits.function_seconds,
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
            "DM_FORMAT": deployment.dm_format if deployment.dm_format != FORMATS[0] else "",
            "DM_PROFILE": deployment.dm_profile if deployment.dm_profile != PROFILES[0] else "",
            "DM_STREAM": "" if deployment.dm_stream else "0",
            "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": deployment.bedrock_endpoint,
            "OPENAI_BASE_URL": deployment.openai_base_url,
            "CHAOS": "1" if deployment.chaos else "",
        }
        return {
            "DM_PROVIDER": deployment.dm_provider,
            "DM_TIMEOUT_SECONDS": str(deployment.turn_limits.model_seconds),
            **{name: value for name, value in optional.items() if value},
        }

    def _allow_model(self, invoke: ServiceFunction) -> None:
        if self.deployment.dm_provider != "bedrock" or not self.deployment.dm_model:
            return
        models = dict.fromkeys((self.deployment.dm_model, self.deployment.dm_cheap_model))
        arns = list(dict.fromkeys(arn for model in models if model for arn in model_arns(model)))
        invoke.may(["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"], *arns)
        for arn in arns:
            if "*" in arn:
                acknowledge(
                    invoke.role,
                    f"AwsSolutions::AwsSolutions-IAM5[Resource::{arn.replace(cdk.Aws.PARTITION, '<AWS::Partition>')}]",
                    "An inference profile sends a call to whichever of its regions has room; the model is named.",
                )


def model_arns(model: str) -> list[str]:
    """What a Converse call with this model id, inference profile id or ARN must be allowed."""
    if model.startswith("arn:"):
        return [model]
    geography, _, plain = model.partition(".")
    if geography in GEOGRAPHIES:
        return [
            f"arn:{cdk.Aws.PARTITION}:bedrock:{cdk.Aws.REGION}:{cdk.Aws.ACCOUNT_ID}:inference-profile/{model}",
            f"arn:{cdk.Aws.PARTITION}:bedrock:*::foundation-model/{plain}",
        ]
    return [f"arn:{cdk.Aws.PARTITION}:bedrock:{cdk.Aws.REGION}::foundation-model/{model}"]
