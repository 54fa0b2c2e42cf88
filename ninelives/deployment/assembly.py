"""The assembly to be deployed: the CDK app, synthesised for an account."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from infra.errors import UserError
from infra.local.home import REPOSITORY, Home
from infra.local.synth import run_app

SETTINGS = REPOSITORY / "cdk.json"


def build_packages(services: Sequence[str]) -> str:
    """Build the packages of these services, or of all, where progress shows; the app then finds them. Says how it
    went."""
    from infra.assets.build import build
    from infra.assets.contents import SERVICES
    from infra.assets.target import target

    built = build([service for service in SERVICES if service in services or not services], "aws")
    hint = "" if target("aws").python else "; without bytecode, for want of Python 3.13: functions start slower"
    return f"Built {len(built)} packages{hint}"


def synthesise(home: Home, context: Mapping[str, str]) -> Path:
    """Write the assembly anew and return where it is. Raises UserError, also for what cdk-nag finds."""
    home.create()
    directory = home.path / "cdk.aws"
    shutil.rmtree(directory, ignore_errors=True)
    run_app(context, directory, home.path / "cdk.aws.log")
    return directory


def context_of(
    services: Sequence[str], environment: str, settings: Mapping[str, str], given: Sequence[str]
) -> dict[str, str]:
    """The CDK context: what `cdk.json` says, over it the settings, and over both `given`, as `key=value`. One service
    goes alone: that its neighbours are deployed is what their published names say. Raises UserError."""
    written = json.loads(SETTINGS.read_text(encoding="utf-8"))["context"]
    only = {"only": ",".join(services)} if services else {}
    return {**written, **settings, **_pairs(given), "target": "aws", "environment": environment, **only}


def _pairs(given: Sequence[str]) -> dict[str, str]:
    pairs = [part.partition("=") for part in given]
    for key, sign, _ in pairs:
        if not (key and sign):
            raise UserError(f"--context {key or '='}: write it as KEY=VALUE, e.g. alarm_email=ops@example.org.")
    return {key: value for key, _, value in pairs}
