"""`ninelives deploy`: the CDK app, deployed to the AWS account of the caller's credentials."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from infra.errors import UserError
from infra.local.home import home_from
from infra.local.settings import DungeonMaster, dungeon_master_from
from infra.order import STACKS
from ninelives.cli.progress import console, step
from ninelives.cli.where import EnvironmentOption

if TYPE_CHECKING:
    from ninelives.account import Account
    from ninelives.deployment.plan import Plan

Services = Annotated[list[str] | None, typer.Argument(help="Deploy only these services; everything by default.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask, neither before it starts nor when permissions grow.")]
Bootstrap = Annotated[bool, typer.Option("--bootstrap", help="Prepare the account and region for the CDK first.")]
Context = Annotated[list[str] | None, typer.Option("--context", "-c", help="KEY=VALUE of infra/app.py, repeatable.")]
Trust = Annotated[
    str | None,
    typer.Option(metavar="OWNER/NAME", help="Only make the role by which that GitHub repository deploys."),
]

To = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Only write what would be deployed to this new folder. No account is asked."),
]


def deploy(
    services: Services = None,
    environment: EnvironmentOption = "prod",
    yes: Yes = False,
    bootstrap: Bootstrap = False,
    context: Context = None,
    trust: Trust = None,
    to: To = None,
) -> None:
    """Deploy to AWS. Says first what it will create and what that costs. Needs credentials, a region, and an account
    prepared by `--bootstrap` once; none of them with `--to`."""
    from ninelives.account import client, find_account
    from ninelives.deployment import assembly, cdk, stacks
    from ninelives.deployment.plan import plan

    master, chosen = dungeon_master_from(), _check_known(services or [])
    given = assembly.context_of(chosen, environment, master.context(), context or [])
    if to:
        made = _assemble(chosen, given)
        shutil.copytree(made, to)
        return console.print(f"What would be deployed is in {to}.", markup=False)
    with step("Checking AWS credentials") as note:
        account = find_account()
        note.text = f"Credentials lead to account {account.id}, {account.region}"
    with step("Installing the CDK's command"):
        command = cdk.install()
    if bootstrap:
        cdk.bootstrap(command, account)
    if trust:
        return _trust(trust, environment, command, account, yes)
    _look_at(account, master, given)
    made = _assemble(chosen, given)
    names = [f"ninelives-{environment}-{service}" for service in chosen or STACKS]
    formation = client("cloudformation")
    planned = plan(environment, account, names, stacks.statuses(formation, names), made)
    asks = _agreed(planned, master, yes)
    stacks.unprotect_unfinished(formation, names)
    try:
        cdk.deploy(command, made, names if chosen else [], account, asks=asks)
    except UserError:
        for name in stacks.delete_unbegun(formation, names):
            console.print(f"{name} was announced and not begun: it is gone, and nothing of it was created.")
        raise
    if not chosen or "web" in chosen:
        with step("Publishing the web game") as note:
            note.text = f"The web game is at {_publish_web(environment)}"


def _assemble(chosen: list[str], given: Mapping[str, str]) -> Path:
    """The assembly, with the packages that it needs built."""
    from ninelives.deployment import assembly

    with step("Building packages") as note:
        note.text = assembly.build_packages(chosen)
    with step("Synthesising the stacks"):
        return assembly.synthesise(home_from(), given)


def _trust(repository: str, environment: str, command: Sequence[str], account: Account, yes: bool) -> None:
    """Make the pipeline's role and say what its repository has to know."""
    from ninelives.account import client
    from ninelives.deployment import pipeline

    role = pipeline.trust(
        command, account, client, home_from(), repository=repository, environment=environment, asks=not yes
    )
    console.print(f"The workflows of {repository} may deploy {environment}. Tell them so:", markup=False)
    for name, value in (("AWS_DEPLOY_ROLE", role), ("AWS_REGION", account.region)):
        console.print(f"  gh variable set {name} --repo {repository} --body {value}", markup=False)


def _check_known(services: list[str]) -> list[str]:
    unknown = sorted(set(services) - set(STACKS))
    if unknown:
        raise UserError(f"There is no service {', '.join(unknown)}: choose among {', '.join(STACKS)}.")
    return services


def _look_at(account: Account, master: DungeonMaster, given: Mapping[str, str]) -> None:
    """Show what the account lacks. Raises UserError for what would make the deployment fail."""
    import boto3

    from ninelives.account import client
    from ninelives.deployment import checks

    findings = list(checks.check_region(account.region, boto3.Session().get_available_regions("cognito-idp")))
    with step("Looking at the account"):
        if not any(finding.stops for finding in findings):
            checks.require_bootstrap(client, account.region)
            findings += checks.check_concurrency(client)
            for model in _asked_of_bedrock(master):
                findings += checks.check_model(client, model)
            if master.openai_api_key_parameter:
                findings += checks.check_key(client, master.openai_api_key_parameter)
            sender = given.get("mail_from", "")
            findings += checks.check_mail(client, sender, given.get("mail_identity") or sender)
            findings += checks.check_alarms(given.get("alarm_email", ""))
    for finding in findings:
        console.print(f"[{'red' if finding.stops else 'yellow'}]![/]", end=" ")
        console.print(finding.text, markup=False)
    if any(finding.stops for finding in findings):
        raise UserError("Nothing was deployed: see above.")


def _asked_of_bedrock(master: DungeonMaster) -> list[str]:
    if master.provider != "bedrock" or master.bedrock_endpoint:
        return []
    return list(dict.fromkeys(name for name in (master.model, master.cheap_model, master.judge_model) if name))


def _agreed(planned: Plan, master: DungeonMaster, yes: bool) -> bool:
    """Say what will be done and have it confirmed; whether to ask again when permissions grow. Raises UserError.

    On a first deployment one answer is for all of it: there is no permission that would not be new.
    """
    for line in planned.lines(master):
        console.print(f"  {line}", markup=False)
    if yes or not planned.is_first:
        return not yes
    if not sys.stdin.isatty():
        raise UserError("Nobody is here to ask: say it with --yes (make deploy YES=1).")
    if not typer.confirm("Create all of it, with its roles and permissions?", err=True):
        raise UserError("Nothing was created.")
    return False


def _publish_web(environment: str) -> str:
    """Put the web game's files beside what was deployed; where it is. Raises UserError."""
    from botocore.exceptions import BotoCoreError, ClientError

    from infra.web.deployment import publish_to_aws
    from ninelives.environment import find_environment

    try:
        return publish_to_aws(find_environment(environment))
    except (BotoCoreError, ClientError, UserError) as error:
        raise UserError(f"The web game's files could not be put: {error}") from error
