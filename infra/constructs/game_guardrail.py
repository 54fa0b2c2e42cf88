"""The Bedrock guardrail that judges what players type and models answer: one of the account, or made by the stack."""

from __future__ import annotations

from dataclasses import dataclass

import aws_cdk as cdk
from aws_cdk import aws_bedrock as bedrock

from infra.constructs.service_function import ServiceFunction
from infra.constructs.service_stack import ServiceStack

MADE = "made"
DECLINED = "Sorry, that is no part of the story."
"""Bedrock's answer in the place of what it blocked. It is never told: it begins as no story does."""
TOPICS = {
    "self-harm": "A person who speaks of harming or killing themselves in real life, or asks how that is done.",
    "minors": "Anything sexual or romantic that involves a child, a teenager or somebody who is said to be young.",
    "real-people": "A living or recent person of the real world, by name, as a character or target of the story.",
}
"""Denied topics, by our categories of content: the filters know none of them."""


@dataclass(frozen=True)
class GameGuardrail:
    """A guardrail's ARN, id and version."""

    arn: str
    id: str
    version: str

    @classmethod
    def of(cls, stack: ServiceStack, named: str) -> GameGuardrail | None:
        """The guardrail of this name, `id:version` or `made`; None when there is none."""
        if not named:
            return None
        if named == MADE:
            return _make(stack)
        id, _, version = named.partition(":")
        return cls(stack.format_arn(service="bedrock", resource="guardrail", resource_name=id), id, version)

    def judges(self, function: ServiceFunction) -> None:
        """Let it call models under this guardrail, and tell it which one."""
        function.may(["bedrock:ApplyGuardrail"], self.arn)
        function.set("DM_GUARDRAIL", f"{self.id}:{self.version}")


def _make(stack: ServiceStack) -> GameGuardrail:
    """Violence passes: it is a game of claws. What is sexual or hateful does not, at the highest strength."""
    guardrail = bedrock.CfnGuardrail(
        stack,
        "Guardrail",
        name=stack.deployment.name("game"),
        blocked_input_messaging=DECLINED,
        blocked_outputs_messaging=DECLINED,
        content_policy_config=bedrock.CfnGuardrail.ContentPolicyConfigProperty(
            filters_config=[
                bedrock.CfnGuardrail.ContentFilterConfigProperty(
                    type=kind, input_strength="HIGH", output_strength="HIGH"
                )
                for kind in ("SEXUAL", "HATE")
            ]
        ),
        topic_policy_config=bedrock.CfnGuardrail.TopicPolicyConfigProperty(
            topics_config=[
                bedrock.CfnGuardrail.TopicConfigProperty(name=name, type="DENY", definition=definition)
                for name, definition in TOPICS.items()
            ]
        ),
    )
    guardrail.apply_removal_policy(cdk.RemovalPolicy.DESTROY)
    version = bedrock.CfnGuardrailVersion(stack, "GuardrailVersion", guardrail_identifier=guardrail.attr_guardrail_id)
    return GameGuardrail(guardrail.attr_guardrail_arn, guardrail.attr_guardrail_id, version.attr_version)
