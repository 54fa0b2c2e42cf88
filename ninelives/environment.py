"""A deployment by its name: the local cloud, or an environment in one's AWS account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from infra.local.aws import Aws
from infra.local.running import running_cloud
from infra.site import LOCAL, Site, Unknown


def site(environment: str = LOCAL) -> Site:
    """The deployment of this name. Raises UserError when the local cloud is not up, Unknown elsewhere."""
    if environment == LOCAL:
        home, _ = running_cloud()
        client: Callable[[str], Any] = Aws(home).client
    else:
        client = _account()
    names = _published(client("ssm"), f"/ninelives/{environment}/")
    if not names:
        raise Unknown(f"There is no environment {environment} in this account and region: `make deploy` makes one.")
    return Site(environment, names, client)


def _account() -> Callable[[str], Any]:
    import boto3
    from botocore.config import Config

    session, patient = boto3.Session(), Config(connect_timeout=5, read_timeout=30, retries={"total_max_attempts": 4})
    return lambda service: session.client(service, config=patient)  # type: ignore[call-overload]


def _published(ssm: Any, prefix: str) -> dict[str, str]:
    pages = ssm.get_paginator("get_parameters_by_path").paginate(Path=prefix, Recursive=True)
    return {entry["Name"].removeprefix(prefix): entry["Value"] for page in pages for entry in page["Parameters"]}
