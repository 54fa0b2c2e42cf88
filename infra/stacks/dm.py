"""The dm service: the game master and the judge of what it says."""

from __future__ import annotations

import aws_cdk as cdk
from constructs import Construct

from infra.constructs.acknowledged import acknowledge
from infra.constructs.deployment import FORMATS, PROFILES, Deployment
from infra.constructs.game_guardrail import GameGuardrail
from infra.constructs.model_access import find_access
from infra.constructs.narration_queue import NarrationQueue
from infra.constructs.service_function import ServiceFunction
from infra.constructs.service_stack import ServiceStack
from infra.constructs.tables import CLAIM, FORGETS, StagesTable
from infra.game_master import JUDGES

JUDGE_MODEL_SECONDS, JUDGE_SECONDS = 8, 12
"""A player waits for the second reader and can do without it."""
INVOKE = ("bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream")
INVOKE_WHOLE = ("bedrock:InvokeModel",)


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
            environment={**self._provider(deployment.turn_limits.model_seconds), **self._master()},
        )
        judge = ServiceFunction(
            self,
            "judge_narrative",
            purpose="Asks a second reader about sentences that the rules cannot read.",
            timeout_seconds=JUDGE_SECONDS,
            environment={
                **self._provider(JUDGE_MODEL_SECONDS),
                **_drop_empty({"DM_JUDGE_MODEL": deployment.dm_judge_model}),
            },
        )
        invoke.announces(self)
        stages = StagesTable(self)
        for function in (invoke, judge):
            stages.lets(function, *CLAIM)
        forget = ServiceFunction(self, "forget", purpose="Deletes kept replies of some turns.", awaited=False)
        stages.lets(forget, *FORGETS)
        NarrationQueue(self).hears(invoke)
        self._allow(invoke, INVOKE, deployment.dm_model, deployment.dm_cheap_model)
        self._allow(judge, INVOKE_WHOLE, deployment.dm_judge_model)
        guardrail = GameGuardrail.of(self, deployment.dm_guardrail)
        if guardrail:
            guardrail.judges(invoke)
        self._allow_key(invoke, *((judge,) if deployment.dm_judge != JUDGES[0] else ()))
        ServiceFunction(
            self,
            "validate_and_route",
            purpose="Checks a reply against rules and canon, and says what is next.",
            environment=deployment.content_ceiling,
        )

    def _provider(self, model_seconds: int) -> dict[str, str]:
        """The settings of every function that calls a model."""
        deployment = self.deployment
        optional = {
            "DM_TURN_BUDGET_MICRO_DOLLARS": str(deployment.dm_turn_budget or ""),
            "DM_CAMPAIGN_BUDGET_MICRO_DOLLARS": str(deployment.dm_campaign_budget or ""),
            "DM_STRICT_TOOLS": "1" if deployment.dm_strict_tools else "",
            "DM_JUDGE": "" if deployment.dm_judge == JUDGES[0] else deployment.dm_judge,
            "DM_FORMAT": deployment.dm_format if deployment.dm_format != FORMATS[0] else "",
            "DM_PROFILE": deployment.dm_profile if deployment.dm_profile != PROFILES[0] else "",
            "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": deployment.bedrock_endpoint,
            "OPENAI_BASE_URL": deployment.openai_base_url,
            "OPENAI_API_KEY_PARAMETER": deployment.openai_api_key_parameter,
        }
        return {
            "DM_PROVIDER": deployment.dm_provider,
            "DM_TIMEOUT_SECONDS": str(model_seconds),
            **_drop_empty(optional),
        }

    def _master(self) -> dict[str, str]:
        deployment = self.deployment
        return _drop_empty(
            {
                "DM_MODEL": deployment.dm_model,
                "DM_CHEAP_MODEL": deployment.dm_cheap_model,
                "DM_STREAM": "" if deployment.dm_stream else "0",
                "CHAOS": "1" if deployment.chaos else "",
                "CONTENT_HELP": deployment.content_help,
                **deployment.content_ceiling,
            }
        )

    def _allow(self, function: ServiceFunction, actions: tuple[str, ...], *named: str) -> None:
        """Let it call the models of these names, if it is Bedrock that has them."""
        if self.deployment.dm_provider != "bedrock":
            return
        for access in (find_access(model) for model in dict.fromkeys(named) if model):
            function.may(actions, access.asked)
            if access.answering:
                function.may_through(access.asked, actions, access.answering)
                acknowledge(
                    function.role,
                    f"AwsSolutions::AwsSolutions-IAM5[Resource::{_as_nag_says(access.answering)}]",
                    "An inference profile sends a call to whichever of its regions has room: only through the profile.",
                )

    def _allow_key(self, *functions: ServiceFunction) -> None:
        """Let them read the key of an OpenAI-compatible endpoint, if there is one. Whoever operates it puts it there:
        CloudFormation makes no SecureString."""
        if name := self.deployment.openai_api_key_parameter:
            arn = self.format_arn(service="ssm", resource="parameter", resource_name=name.removeprefix("/"))
            for function in functions:
                function.may(["ssm:GetParameter"], arn)


def _drop_empty(variables: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in variables.items() if value}


def _as_nag_says(arn: str) -> str:
    return arn.replace(cdk.Aws.PARTITION, "<AWS::Partition>")
