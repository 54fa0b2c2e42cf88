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
