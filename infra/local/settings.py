"""Which dungeon master the local cloud is deployed with, read from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from infra.local.failure import LocalCloudError

PROVIDERS = ("understudy", "bedrock", "openai")


@dataclass(frozen=True)
class DungeonMaster:
    """The provider behind `InvokeDungeonMaster` and, where it needs them, its model and endpoint."""

    provider: str = "understudy"
    model: str = ""
    bedrock_endpoint: str = ""
    openai_base_url: str = ""

    def context(self) -> dict[str, str]:
        """The CDK context keys that carry the choice into the stacks; unset ones are left out."""
        keys = {
            "dm_provider": self.provider,
            "dm_model": self.model,
            "bedrock_endpoint": self.bedrock_endpoint,
            "openai_base_url": self.openai_base_url,
        }
        return {key: value for key, value in keys.items() if value}


def dungeon_master_from(environment: Mapping[str, str] = os.environ) -> DungeonMaster:
    """The dungeon master NINELIVES_DM asks for. Raises LocalCloudError for a provider there is not."""
    provider = environment.get("NINELIVES_DM") or "understudy"
    if provider not in PROVIDERS:
        raise LocalCloudError(f"NINELIVES_DM is {provider!r}: use one of {', '.join(PROVIDERS)}.")
    return DungeonMaster(
        provider=provider,
        model=environment.get("NINELIVES_DM_MODEL", ""),
        bedrock_endpoint=environment.get("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", ""),
        openai_base_url=environment.get("OPENAI_BASE_URL", ""),
    )
