"""Families of models on Bedrock and their differences, by a part of the model id. The first line that fits holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Family:
    """`cache_from`: the least cacheable prefix in tokens, None where caching is not offered for tools and system.
    `choice`: how strongly a tool use can be asked for."""

    cache_from: int | None
    choice: Literal["forced", "any", "auto"]


_FAMILIES: dict[str, Family] = {
    "anthropic.claude-haiku-4": Family(cache_from=4096, choice="forced"),
    "anthropic.claude-opus-4": Family(cache_from=4096, choice="forced"),
    "anthropic.claude": Family(cache_from=1024, choice="forced"),
    "amazon.nova": Family(cache_from=1024, choice="forced"),
    "mistral.": Family(cache_from=None, choice="any"),
}
_OTHERS = Family(cache_from=None, choice="auto")
CHARACTERS_PER_TOKEN = 4


def find_family(model: str) -> Family:
    """The family of a model id; unknown ones are asked for nothing that could be refused."""
    return next((family for part, family in _FAMILIES.items() if part in model), _OTHERS)


def is_cacheable(family: Family, characters: int) -> bool:
    """Whether a prefix of this length is worth a cache point: shorter ones are ignored or refused by the service."""
    return family.cache_from is not None and characters >= family.cache_from * CHARACTERS_PER_TOKEN
