"""The published catalogue of intents, read from the contract that ships with every service."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import contracts
from services.dm.domain.catalogue import Catalogue, parse


@cache
def catalogue() -> Catalogue:
    """The catalogue of this deployment, read once per container."""
    return parse((Path(contracts.__file__).parent / "catalogue.json").read_text(encoding="utf-8"))
