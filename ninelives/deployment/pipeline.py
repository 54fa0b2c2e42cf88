"""Let the workflows of a GitHub repository deploy: the stack of their role, made by somebody who may make roles."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from infra.local.home import Home
from infra.local.synth import run_app
from ninelives.account import Account
from ninelives.deployment import cdk

APP = ("-m", "infra.delivery.stack")
GITHUB = "token.actions.githubusercontent.com"


def trust(
    command: Sequence[str],
    account: Account,
    client: Callable[[str], Any],
    home: Home,
    *,
    repository: str,
    environment: str,
    asks: bool,
) -> str:
    """Make or renew the role and return its ARN. Raises UserError."""
    given = {"repository": repository, "environment": environment, "provider": _trusts_github(client("iam"))}
    home.create()
    directory = home.path / "cdk.delivery"
    shutil.rmtree(directory, ignore_errors=True)
    run_app(given, directory, home.path / "cdk.delivery.log", APP)
    name = _stack(directory)
    cdk.deploy(command, directory, [name], account, asks=asks)
    [made] = client("cloudformation").describe_stacks(StackName=name)["Stacks"]
    return next(str(output["OutputValue"]) for output in made["Outputs"] if output["OutputKey"] == "RoleArn")


def _trusts_github(iam: Any) -> str:
    """An account has one provider of GitHub's at most, and another system may have made it."""
    providers = iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]
    return "true" if any(provider["Arn"].endswith(f"/{GITHUB}") for provider in providers) else "false"


def _stack(directory: Path) -> str:
    [template] = directory.glob("*.template.json")
    return template.name.removesuffix(".template.json")
