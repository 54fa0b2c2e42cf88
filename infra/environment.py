"""A deployment as its operators reach it: the local cloud, or an environment in one's AWS account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from infra.errors import UserError

LOCAL = "local"
CHAOS, ON, OFF = "gateway/chaos", "on", "off"
"""The name under which a deployment says whether players may break things on purpose, and its two values."""


class UnknownEnvironment(UserError):
    """An environment that does not exist here, or that lacks a service; `str(error)` says what to do."""


@dataclass(frozen=True)
class Environment:
    """A deployment by its name: what its stacks publish below `/ninelives/<name>/`, and clients that reach it."""

    name: str
    published: dict[str, str]
    client: Callable[[str], Any]

    def find(self, service: str, what: str) -> str:
        """The value that `service` published as `what`, e.g. ("audit", "table/audit"). Raises UnknownEnvironment."""
        try:
            return self.published[f"{service}/{what}"]
        except KeyError:
            raise UnknownEnvironment(f"{service} has published no {what} in {self.name}: deploy it first.") from None

    def queues(self) -> dict[str, str]:
        """The URL of every queue by `<service>/<name>`."""
        parts = {name: name.split("/") for name in sorted(self.published)}
        return {f"{p[0]}/{p[2]}": self.published[name] for name, p in parts.items() if len(p) == 3 and p[1] == "queue"}
