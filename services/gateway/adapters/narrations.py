"""Narrations as they come from the dungeon master's queue."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from contracts.dm import NarrativeTold


def narrations(event: Mapping[str, Any], notice: Callable[[str], None]) -> Iterator[NarrativeTold]:
    """Those of an SQS event that can be read. Of the others a notice says so, and nothing of what is in them."""
    for record in event["Records"]:
        try:
            yield NarrativeTold.model_validate_json(record["body"])
        except ValidationError:
            notice("unreadable narration dropped")
