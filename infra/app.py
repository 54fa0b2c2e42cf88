"""The CDK app: one flat list of stacks. `python -m infra.app` writes the cloud assembly.

Context: `target` (local | aws), `environment`, `dm_provider`, `dm_model`, `dm_cheap_model`, `dm_turn_budget` and
`dm_campaign_budget` (micro-dollars), `dm_strict_tools`, `dm_stream` (0: whole replies only), `bedrock_endpoint`,
`openai_base_url`, `turn_deadline_seconds`, `chaos` (true: players may break things on purpose; never in prod),
`web_origins` (of other sites that may ask the API; none if unset), the limits of infra/constructs/player_limits.py
(`turns_per_minute` …), `only` (services to synthesise, comma-separated), `nag` (true: refuse what cdk-nag finds).
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from typing import Any

import aws_cdk as cdk

from infra.assets.build import Package, build
from infra.constructs.deployment import Deployment
from infra.constructs.service_stack import ServiceStack
from infra.errors import UserError
from infra.stacks.audit import Audit
from infra.stacks.campaign import Campaign
from infra.stacks.chronicle import Chronicle
from infra.stacks.dm import DungeonMaster
from infra.stacks.gateway import Gateway
from infra.stacks.lore import Lore
from infra.stacks.metrics import Metrics
from infra.stacks.operations import Operations
from infra.stacks.platform import Platform
from infra.stacks.tools import Tools
from infra.stacks.web import Web

STACKS: tuple[type[ServiceStack], ...] = (
    Platform,
    Lore,
    DungeonMaster,
    Tools,
    Campaign,
    Chronicle,
    Gateway,
    Audit,
    Metrics,
    Operations,
    Web,
)
WITHOUT_CODE = (Platform, Operations, Web)
DEPLOYED_AFTER: dict[str, tuple[str, ...]] = {
    **{stack.service: ("platform",) for stack in STACKS if stack is not Platform},
    "gateway": ("platform", "lore", "dm", "tools", "campaign", "chronicle"),
    "operations": ("platform", "gateway"),
    "web": ("platform", "gateway"),
}
"""A stack reads names that these publish, so on a first deployment they go before it."""

BEHAVIOUR: dict[str, Any] = {
    "@aws-cdk/aws-iam:minimizePolicies": True,
    "@aws-cdk/aws-events:eventsTargetQueueSameAccount": True,
    "@aws-cdk/core:target-partitions": ["aws"],
    "aws:cdk:disable-stack-trace": True,
}


def app(
    context: Mapping[str, Any], outdir: str | None = None, packages: Mapping[str, Package] | None = None
) -> cdk.App:
    """The app for this context. Packages are built unless they are given. Raises UserError."""
    made = cdk.App(context={**BEHAVIOUR, **context}, outdir=outdir, analytics_reporting=False, tree_metadata=False)
    chosen = _chosen(context)
    if packages is None:
        services = [stack.service for stack in chosen if stack not in WITHOUT_CODE]
        packages = build(services, context.get("target", "local"))
    deployment = Deployment.from_context(context, packages)
    stacks = {stack.service: stack(made, deployment) for stack in chosen}
    for service, others in DEPLOYED_AFTER.items():
        for other in others:
            if service in stacks and other in stacks:
                stacks[service].add_stack_dependency(stacks[other])
    if str(context.get("nag", "")).lower() == "true":
        _refuse_what_nag_finds(made)
    return made


def _chosen(context: Mapping[str, Any]) -> list[type[ServiceStack]]:
    only = {name for name in str(context.get("only") or "").split(",") if name}
    unknown = only - {stack.service for stack in STACKS}
    if unknown:
        raise UserError(f"There is no service {', '.join(sorted(unknown))}.")
    return [stack for stack in STACKS if not only or stack.service in only]


def _refuse_what_nag_finds(made: cdk.App) -> None:
    import cdk_nag  # only here: loading it takes longer than synthesis

    cdk.Validations.of(made).add_plugins(cdk_nag.AwsSolutionsChecks(), cdk_nag.ServerlessChecks())


def main() -> None:
    context = json.loads(os.environ.get("CDK_CONTEXT_JSON") or "{}")
    try:
        app(context, os.environ.get("CDK_OUTDIR")).synth()
    except UserError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
