"""Grants that no test exercises and AWS does not need by itself, each with the reason why it stays."""

from __future__ import annotations

from collections.abc import Mapping

from infra.permissions.comparing import Comparison
from infra.permissions.roles import Grant

EXPLAINED: Mapping[str, tuple[Grant, ...]] = {}


def explained() -> set[Grant]:
    """Every grant that has a reason."""
    return {grant for grants in EXPLAINED.values() for grant in grants}


def outdated(compared: Comparison) -> set[Grant]:
    """Grants with a reason that are used, or gone."""
    return explained() - set(compared.unused)
