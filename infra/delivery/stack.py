"""The role that the workflows of one GitHub repository assume to deploy. `python -m infra.delivery.stack` writes it.

Context: `repository` (OWNER/NAME), `environment` (of the game), `provider` (true: the account trusts GitHub already).
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.errors import UserError

GITHUB = "token.actions.githubusercontent.com"
APPROVED_AS = "production"
"""The environment of GitHub that the job which deploys belongs to: who may approve it is set there."""
QUALIFIER = "hnb659fds"
BY_THE_CDK = ("deploy-role", "file-publishing-role")
"""Roles of the bootstrap. What creates resources is CloudFormation's own, which the first of them passes on."""


class DeliveryStack(cdk.Stack):
    """Least privilege: the CDK's command asks by its own roles; beside it the files of the web game are put."""

    def __init__(self, scope: Construct, environment: str, repository: str, *, provider: bool = False) -> None:
        name = delivery_name(environment)
        super().__init__(scope, name, description=f"Nine Lives ({environment}): who may deploy it.")
        if not re.fullmatch(r"[\w.-]+/[\w.-]+", repository):
            raise UserError(f"repository is {repository!r}: write it as OWNER/NAME.")
        trusted = f"arn:{self.partition}:iam::{self.account}:oidc-provider/{GITHUB}"
        if not provider:
            made = iam.CfnOIDCProvider(self, "GitHub", url=f"https://{GITHUB}", client_id_list=["sts.amazonaws.com"])
            made.apply_removal_policy(cdk.RemovalPolicy.RETAIN)  # others in the account may have come to use it
            trusted = made.attr_arn
        only = {f"{GITHUB}:aud": "sts.amazonaws.com", f"{GITHUB}:sub": f"repo:{repository}:environment:{APPROVED_AS}"}
        self.role = iam.Role(
            self,
            "Role",
            role_name=name,
            description=f"Workflows of {repository} deploy {environment}, as the environment {APPROVED_AS} alone.",
            assumed_by=iam.WebIdentityPrincipal(trusted, {"StringEquals": only}),
            max_session_duration=cdk.Duration.hours(1),
        )
        self._allow(environment)
        cdk.CfnOutput(self, "RoleArn", value=self.role.role_arn, description="The variable AWS_DEPLOY_ROLE.")

    def _allow(self, environment: str) -> None:
        roles = [f"cdk-{QUALIFIER}-{role}-{self.account}-{self.region}" for role in BY_THE_CDK]
        names = [f"parameter/cdk-bootstrap/{QUALIFIER}/version", f"parameter/ninelives/{environment}/web/bucket"]
        bucket = f"arn:{self.partition}:s3:::ninelives-{environment}-web-*"
        for actions, resources in (
            (["sts:AssumeRole"], [f"arn:{self.partition}:iam::{self.account}:role/{role}" for role in roles]),
            (["ssm:GetParameter"], [self._of("ssm", name) for name in names]),
            (["s3:ListBucket"], [bucket]),
            (["s3:PutObject", "s3:DeleteObject"], [f"{bucket}/*"]),
        ):
            self.role.add_to_policy(iam.PolicyStatement(actions=actions, resources=resources))

    def _of(self, service: str, what: str) -> str:
        return f"arn:{self.partition}:{service}:{self.region}:{self.account}:{what}"


def delivery_name(environment: str) -> str:
    """Of the stack and of its role. Not one of the game's stacks: `ninelives-<environment>-*` does not match it."""
    return f"ninelives-delivery-{environment}"


def main() -> None:
    given: Mapping[str, str] = json.loads(os.environ.get("CDK_CONTEXT_JSON") or "{}")
    made = cdk.App(outdir=os.environ.get("CDK_OUTDIR"), analytics_reporting=False, tree_metadata=False)
    DeliveryStack(made, given["environment"], given["repository"], provider=given.get("provider") == "true")
    made.synth()


if __name__ == "__main__":
    main()
