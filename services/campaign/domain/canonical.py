"""One text per state: what is stored, compared and hashed."""

from __future__ import annotations

import json
from hashlib import sha256

from pydantic import BaseModel


def canonical_json(value: BaseModel) -> str:
    """JSON with sorted keys, without spaces, in ASCII: equal values give equal text."""
    return json.dumps(value.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))


def state_hash(state: BaseModel) -> str:
    """SHA-256 of the canonical JSON, in hex."""
    return sha256(canonical_json(state).encode()).hexdigest()
