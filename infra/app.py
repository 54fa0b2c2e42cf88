"""The CDK app: the stacks of `infra/stacks/`, one flat list. `python -m infra.app` writes the cloud assembly.

Context: `target` (local | aws), `environment`, `dm_provider`, `dm_model`, `dm_cheap_model`, `dm_turn_budget`,
`dm_campaign_budget` and `dm_day_budget` (micro-dollars), `dm_day_tokens`, `dm_player_share` (percent of a day),
`dm_strict_tools`, `dm_stream` (0: whole replies only), `dm_guardrail` (id:version | made), `content_level` (family |
teen | mature), `content_help`, `blocked_names` (words, in the place of ours), `dm_judge` (off | shadow | gate) and
`dm_judge_model`, `dm_timeout` (seconds), `dm_format` (tools | json | auto), `dm_profile` (full | small),
`bedrock_endpoint`, `openai_base_url`, `openai_api_key_parameter` (where in Parameter Store its key is; none if
unset), `knowledge_base` (id of one that finds lore; none if unset), `turn_deadline_seconds`, `chaos` (true: players
may break things on purpose; never in prod), `web_origins` (of other sites that may ask the API; none if unset), the
limits of infra/constructs/player_limits.py (`turns_per_minute` …), `only` (services to synthesise, comma-separated),
`nag` (true: refuse what cdk-nag finds), `alarm_email` (whom alarms are mailed to), `mail_from` and `mail_identity`
(the sender of mail to players, and the identity of SES that allows it when that is another one: its domain),
`watched_closely` (true: alarms on each function and queue, and the dashboard), `traces` (true: X-Ray), `starts` (cold
| snapstart | provisioned; docs/costs.md has what they cost), `firewall` (ARN of a web ACL before pages and API; none
if unset), `model_spend_alarm` (micro-dollars an hour), `runbook_base_url`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any, TypeGuard

import aws_cdk as cdk

from infra.assets.build import Package, build
from infra.assets.contents import SERVICES
from infra.constructs.deployment import Deployment
from infra.constructs.service_stack import ServiceStack
from infra.errors import UserError
from infra.order import STACKS, deployed_after

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
    chosen = _choose_stacks(context)
    if packages is None:
        packages = build([name for name in chosen if name in SERVICES], context.get("target", "local"))
    deployment = Deployment.from_context(context, packages)
    stacks = {name: stack_of(name)(made, deployment) for name in chosen}
    for name, stack in stacks.items():
        for other in deployed_after(name):
            if other in stacks:
                stack.add_stack_dependency(stacks[other])
    if str(context.get("nag", "")).lower() == "true":
        _refuse_what_nag_finds(made)
    return made


@cache
def stack_of(name: str) -> type[ServiceStack]:
    """The one stack that the module `infra/stacks/<name>.py` defines. Raises UserError when it has another."""
    module = import_module(f"infra.stacks.{name}")
    own = [each for each in vars(module).values() if _is_stack(each) and each.__module__ == module.__name__]
    if [stack.service for stack in own] != [name]:
        raise UserError(f"infra/stacks/{name}.py must define one ServiceStack, whose service is {name!r}.")
    return own[0]


def _is_stack(value: Any) -> TypeGuard[type[ServiceStack]]:
    return isinstance(value, type) and issubclass(value, ServiceStack)


def _choose_stacks(context: Mapping[str, Any]) -> list[str]:
    only = {name for name in str(context.get("only") or "").split(",") if name}
    unknown = only - set(STACKS)
    if unknown:
        raise UserError(f"There is no service {', '.join(sorted(unknown))}.")
    return [name for name in STACKS if not only or name in only]


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
