"""A deployment as its operators reach it: the local cloud, or an environment in one's AWS account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

LOCAL = "local"


class Unknown(Exception):
    """Nothing of this environment is published here; `str(error)` says what to do."""


@dataclass(frozen=True)
class Site:
    """What is deployed, by the names stacks publish below `/ninelives/<environment>/`, and clients that reach it."""

    environment: str
    names: dict[str, str]
    client: Callable[[str], Any]

    def name(self, service: str, what: str) -> str:
        """What `service` published as `what`, e.g. ("audit", "table/audit"). Raises Unknown."""
        try:
            return self.names[f"{service}/{what}"]
        except KeyError:
            raise Unknown(f"{service} has published no {what} in {self.environment}: deploy it first.") from None

    def queues(self) -> dict[str, str]:
        """The URL of every queue by `<service>/<name>`."""
        parts = {name: name.split("/") for name in sorted(self.names)}
        return {f"{p[0]}/{p[2]}": self.names[name] for name, p in parts.items() if len(p) == 3 and p[1] == "queue"}


def site(environment: str = LOCAL) -> Site:
    """The deployment of this name. Raises LocalCloudError when the local cloud is not up, Unknown elsewhere."""
    if environment == LOCAL:
        from infra.local.aws import Aws
        from infra.local.running import running_cloud

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
