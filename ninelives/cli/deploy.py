"""`ninelives deploy`: the CDK app, deployed to the AWS account of the caller's credentials."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from infra.errors import UserError
from infra.local.home import REPOSITORY, home_from
from infra.local.settings import DungeonMaster, dungeon_master_from
from ninelives.cli.progress import console, step
from ninelives.cli.where import EnvironmentOption

if TYPE_CHECKING:
    import boto3

CDK = "2.1148.1"  # the command line that reads the assemblies of our aws-cdk-lib
BOOTSTRAP_PARAMETER = "/cdk-bootstrap/hnb659fds/version"
Services = Annotated[list[str] | None, typer.Argument(help="Deploy only these services; everything by default.")]
Environment = Annotated[str, typer.Option(help="Names the stacks: ninelives-<environment>-<service>.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask before permissions grow.")]
Bootstrap = Annotated[bool, typer.Option("--bootstrap", help="Prepare the account and region for the CDK first.")]


def deploy(
    services: Services = None, environment: EnvironmentOption = "prod", yes: Yes = False, bootstrap: Bootstrap = False
) -> None:
    """Deploy to AWS. Needs credentials, a region, and an account prepared by `--bootstrap` once."""
    try:
        settings = dungeon_master_from()
        with step("Checking AWS credentials") as note:
            account, region = _destination()
            note.text = f"Deploying {environment} to account {account}, {region}"
        with step(f"Installing aws-cdk {CDK}"):
            cdk = _command_line(home_from().path / "cdk")
        if bootstrap:
            _run([*cdk, "bootstrap", f"aws://{account}/{region}"], region)
        _require_bootstrap(region)
        with step("Building packages") as note:
            note.text = _built(services or [])
        _run([*cdk, "deploy", *_arguments(services or [], environment, yes, settings)], region)
        if not services or "web" in services:
            with step("Publishing the web game") as note:
                note.text = f"The web game is at {_published(environment)}"
    except UserError as error:
        console.print("[red]✗[/]", end=" ")
        console.print(str(error), soft_wrap=True, markup=False)
        raise typer.Exit(1) from None


def _published(environment: str) -> str:
    """Put the web game's files beside what was deployed; where it is. Raises UserError."""
    from botocore.exceptions import BotoCoreError, ClientError

    from infra.web.deployment import publish_to_aws
    from ninelives.environment import find_environment

    try:
        return publish_to_aws(find_environment(environment))
    except (BotoCoreError, ClientError, UserError) as error:
        raise UserError(f"The web game's files could not be put: {error}") from error


def _session() -> boto3.Session:
    import boto3

    return boto3.Session(region_name=os.environ.get("AWS_REGION"))


def _destination() -> tuple[str, str]:
    """Account and region that the credentials lead to. Raises UserError."""
    from botocore.exceptions import BotoCoreError, ClientError

    session = _session()
    if not session.region_name:
        raise UserError("No AWS region: set AWS_REGION, or `aws configure set region us-east-1`.")
    try:
        return session.client("sts").get_caller_identity()["Account"], session.region_name
    except (BotoCoreError, ClientError) as error:
        raise UserError(
            f"No usable AWS credentials ({error}): set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, "
            "of a role that may assume the CDK's deployment roles."
        ) from error


def _require_bootstrap(region: str) -> None:
    from botocore.exceptions import ClientError

    try:
        _session().client("ssm").get_parameter(Name=BOOTSTRAP_PARAMETER)
    except ClientError as error:
        if error.response["Error"]["Code"] != "ParameterNotFound":
            raise UserError(f"Cannot read {BOOTSTRAP_PARAMETER}: {error}") from error
        raise UserError(
            f"{region} is not prepared for the CDK: run `ninelives deploy --bootstrap` once, with rights to create "
            "roles and a bucket."
        ) from error


def _command_line(directory: Path) -> list[str]:
    """The CDK's command line, installed on first use with the npm that came into the virtual environment."""
    package = directory / "node_modules" / "aws-cdk"
    node = str(Path(sys.executable).parent / "node")
    if _version(package) != CDK:
        directory.mkdir(parents=True, exist_ok=True)
        npm = [str(Path(sys.executable).parent / "npm"), "install", "--prefix", str(directory)]
        quiet = ["--no-audit", "--no-fund", "--no-save", "--loglevel=error"]
        done = subprocess.run(
            [*npm, *quiet, f"aws-cdk@{CDK}"], env=_environment(), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise UserError(f"npm could not install aws-cdk@{CDK}: {done.stderr.strip()}")
    return [node, str(package / "bin" / "cdk")]


def _version(package: Path) -> str | None:
    try:
        return str(json.loads((package / "package.json").read_text())["version"])
    except (OSError, ValueError, KeyError):
        return None


def _built(services: list[str]) -> str:
    """Build the packages here, where progress shows; the app then finds them. Says how it went."""
    from infra.assets.build import build
    from infra.assets.contents import SERVICES
    from infra.assets.target import target

    built = build([service for service in SERVICES if service in services or not services], "aws")
    compiled = target("aws").python is not None
    hint = "" if compiled else "; without bytecode, for want of Python 3.13: functions start slower"
    return f"Built {len(built)} packages{hint}"


def _arguments(services: list[str], environment: str, yes: bool, settings: DungeonMaster) -> list[str]:
    """One service goes alone: that its neighbours are deployed is what their published names say."""
    context = {"target": "aws", "environment": environment, "nag": "true", **settings.context()}
    chosen = ["--all"]
    if services:
        context["only"] = ",".join(services)
        chosen = [*(f"ninelives-{environment}-{service}" for service in services), "--exclusively"]
    given = [part for key, value in context.items() for part in ("--context", f"{key}={value}")]
    return [*chosen, *given, "--concurrency", "4", "--require-approval", "never" if yes else "broadening"]


def _environment(region: str | None = None) -> Mapping[str, str]:
    venv = str(Path(sys.executable).parent)
    regional = {"AWS_REGION": region, "AWS_DEFAULT_REGION": region, "CDK_DEFAULT_REGION": region} if region else {}
    return {**os.environ, **regional, "PATH": os.pathsep.join([venv, os.environ.get("PATH", os.defpath)])}


def _run(command: list[str], region: str) -> None:
    output = home_from().path / "cdk.aws"
    app = ["--app", shlex.join([sys.executable, "-m", "infra.app"]), "--output", str(output)]
    done = subprocess.run([*command, *app], cwd=REPOSITORY, env=_environment(region), check=False)
    if done.returncode:
        raise UserError("The CDK stopped; its own words are above.")


if __name__ == "__main__":
    typer.run(deploy)
