"""The web game after a deployment, on the local cloud and in AWS."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from infra.environment import Environment
from infra.web import config
from infra.web.files import files
from infra.web.publishing import PublishedFiles, publish


def publish_locally(s3: Any, published: Mapping[str, str]) -> PublishedFiles | None:
    """Bring the local bucket up to date; None when the stack `web` is not deployed."""
    bucket = published.get("web/bucket")
    if not bucket or "gateway/api-id" not in published:
        return None
    return publish(s3, bucket, [*files(), config.local(published)])


def publish_to_aws(environment: Environment) -> str:
    """Bring the bucket of an environment up to date and return the game's address. Raises UnknownEnvironment."""
    content = [*files(), config.aws(environment.name, environment.published)]
    publish(environment.client("s3"), environment.find("web", "bucket"), content)
    return f"https://{environment.find('web', 'domain')}/"
