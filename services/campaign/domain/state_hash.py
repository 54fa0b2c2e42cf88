"""The hash of a campaign's state, which its events carry and a replay is compared with."""

from __future__ import annotations

from hashlib import sha256

from pydantic import BaseModel

from contracts.canonical import canonical_json


def state_hash(state: BaseModel) -> str:
    """SHA-256 of the canonical JSON, in hex."""
    return sha256(canonical_json(state).encode()).hexdigest()
