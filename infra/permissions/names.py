"""Resources by the names under which stacks publish them: the same in every account, region and environment.

The ARN of the table `ninelives-local-campaign-…` is `arn:aws:dynamodb:::table/{campaign/table/campaign}`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

OF_RESOURCES = re.compile(
    r"[a-z]+/((table|queue|fn)/[\w-]+|bus-name|state-machine-arn|user-pool-id|ws-api-id|bucket|alarm-topic-arn)"
)
"""Parameters whose value is, or ends with, what a resource is called in its ARN; the others hold settings."""
_CONNECTION = re.compile(r"(?<=/@connections/).+")
_OBJECT = re.compile(r"^(arn:[\w-]+:s3:::(?:\{[^}]+\}|[^/]+))/.+")
_SEPARATORS = re.compile(r"([:/])")


def symbol(published: str) -> str:
    """The placeholder for a resource in its ARN."""
    return f"{{{published}}}"


def physical_names(parameters: Mapping[str, str]) -> dict[str, str]:
    """Published names by what their resources are called in ARNs; `parameters` are values by published name."""
    return {
        re.split("[:/]", value)[-1]: published
        for published, value in parameters.items()
        if OF_RESOURCES.fullmatch(published)
    }


def canonical(arn: str, physical: Mapping[str, str]) -> str:
    """An ARN with published names for physical ones, without account and region."""
    if not arn.startswith("arn:"):
        return arn
    _, partition, service, _, _, resource = arn.split(":", 5)
    parts = [symbol(physical[part]) if part in physical else part for part in _SEPARATORS.split(resource)]
    named = f"arn:{partition}:{service}:::{''.join(parts)}"
    return _OBJECT.sub(r"\1/{object}", _CONNECTION.sub("{connection}", named))
