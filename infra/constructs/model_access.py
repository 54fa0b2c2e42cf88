"""Permissions of a role so that a Converse call with a model's id or ARN goes through.

A call to an inference profile needs the profile and, in each region it may be sent to, the foundation model behind it.
Which regions these are is AWS's to change. The model is therefore named for every region and allowed through that
profile alone, which is how the Bedrock User Guide limits a role to a profile ("Prerequisites for inference profiles").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import aws_cdk as cdk

GEOGRAPHIES = ("us", "eu", "apac", "jp", "au", "ca", "us-gov", "global")
_PROFILE = re.compile(
    r"arn:(?P<partition>[\w-]+):bedrock:[\w-]*:\d*:(?P<kind>inference-profile|application-inference-profile)/(?P<id>.+)"
)


@dataclass(frozen=True)
class ModelAccess:
    """`asked` is what a call names. `answering`: what answers behind a profile, in any region; empty without one."""

    asked: str
    answering: str = ""


def find_access(model: str) -> ModelAccess:
    """The access that a foundation model's id, an inference profile's id, or an ARN asks for.

    The ARN of an application inference profile does not say its model, and nothing is looked up in the account: every
    model is allowed through that profile, which leads to one.
    """
    profile = _PROFILE.fullmatch(model)
    if profile:
        plain = "*" if profile["kind"].startswith("application") else profile["id"].partition(".")[2]
        return ModelAccess(model, _in_any_region(profile["partition"], plain))
    if model.startswith("arn:"):
        return ModelAccess(model)
    own = f"arn:{cdk.Aws.PARTITION}:bedrock:{cdk.Aws.REGION}"
    geography, _, plain = model.partition(".")
    if geography in GEOGRAPHIES:
        profile_arn = f"{own}:{cdk.Aws.ACCOUNT_ID}:inference-profile/{model}"
        return ModelAccess(profile_arn, _in_any_region(cdk.Aws.PARTITION, plain))
    return ModelAccess(f"{own}::foundation-model/{model}")


def _in_any_region(partition: str, model: str) -> str:
    """Of a global profile, too: the region of its models is empty."""
    return f"arn:{partition}:bedrock:*::foundation-model/{model}"
