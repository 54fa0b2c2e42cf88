"""Rules of cdk-nag that we break on purpose, each with its reason, beside the resource that breaks it."""

from __future__ import annotations

import aws_cdk as cdk
from constructs import IConstruct


def acknowledge(construct: IConstruct, rule: str, reason: str) -> None:
    """Accept a finding on `construct`: `<Pack>::<Rule>`, e.g. `AwsSolutions::AwsSolutions-IAM5[Resource::*]`."""
    cdk.Validations.of(construct).acknowledge(cdk.Acknowledgment(id=rule, reason=reason))
