"""A deployment by its name: the local cloud, or an environment in one's AWS account."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from infra.environment import LOCAL, Environment, UnknownEnvironment
from infra.local.aws import Aws
from infra.local.running import running_cloud
from ninelives.account import client as account_client
from ninelives.account import reaching_aws


def find_environment(name: str = LOCAL) -> Environment:
    """The deployment of this name. Raises UserError when the local cloud is not up, UnknownEnvironment elsewhere."""
    client: Callable[[str], Any] = Aws(running_cloud()[0]).client if name == LOCAL else account_client
    with nullcontext() if name == LOCAL else reaching_aws():
        published = _read_published(client("ssm"), f"/ninelives/{name}/")
    if not published:
        raise UnknownEnvironment(f"There is no environment {name} in this account and region: `make deploy` makes one.")
    return Environment(name, published, client)


def _read_published(ssm: Any, prefix: str) -> dict[str, str]:
    pages = ssm.get_paginator("get_parameters_by_path").paginate(Path=prefix, Recursive=True)
    return {entry["Name"].removeprefix(prefix): entry["Value"] for page in pages for entry in page["Parameters"]}
