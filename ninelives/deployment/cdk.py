"""The CDK's command line, in the version that reads our assemblies, installed on first use."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from infra.errors import UserError
from infra.local.home import REPOSITORY
from ninelives.account import Account
from ninelives.contracttools.npm import LockedTools, NotInstalled

LOCKED = REPOSITORY / "infra" / "delivery" / "cdk"
"""The folder that pins the CDK's version, one that reads the assemblies of our aws-cdk-lib. It has no dependencies."""
BIN = Path(sys.executable).parent
AT_ONCE = 4
"""Stacks side by side. While somebody may be asked it is one: the CDK refuses to ask in between others."""


def install() -> list[str]:
    """The command, as a list. Raises UserError when npm cannot fetch it."""
    try:
        folder = LockedTools(LOCKED).folder()
    except NotInstalled as error:
        raise UserError(str(error)) from error
    return [str(BIN / "node"), str(folder / "node_modules" / "aws-cdk" / "bin" / "cdk")]


def bootstrap(cdk: Sequence[str], account: Account) -> None:
    """Prepare the region: the CDK's bucket and roles. Raises UserError."""
    _run([*cdk, "bootstrap", f"aws://{account.id}/{account.region}"], account)


def deploy(cdk: Sequence[str], assembly: Path, stacks: Sequence[str], account: Account, *, asks: bool) -> None:
    """Bring these stacks, or all when there are none, to what `assembly` says; `asks` when permissions grow.
    Raises UserError."""
    _run([*cdk, *deploying(str(assembly), stacks, asks=asks)], account)


def deploying(assembly: str, stacks: Sequence[str], *, asks: bool) -> list[str]:
    """Returns the command's arguments to deploy an assembly. The workflow says the same."""
    chosen = [*stacks, "--exclusively"] if stacks else ["--all"]
    approval = ["--concurrency", "1" if asks else str(AT_ONCE), "--require-approval", "broadening" if asks else "never"]
    return ["deploy", *chosen, *approval, "--app", assembly, "--output", assembly, "--no-notices"]


def environment(account: Account) -> Mapping[str, str]:
    """The caller's, with the region under each of its names and our Node first."""
    region = {name: account.region for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "CDK_DEFAULT_REGION")}
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", os.defpath)])
    return {**os.environ, **region, "PATH": path, "CDK_DISABLE_CLI_TELEMETRY": "true"}


def _run(command: Sequence[str], account: Account) -> None:
    done = subprocess.run(command, cwd=REPOSITORY, env=environment(account), check=False)
    if done.returncode:
        raise UserError("The CDK stopped; its own words are above.")
