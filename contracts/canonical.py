"""Canonical JSON: one text per value, to be stored, compared or hashed."""

from __future__ import annotations

import json

from pydantic import BaseModel

__all__ = ["canonical_json"]

_ENCODERS = {
    ensure_ascii: json.JSONEncoder(
        ensure_ascii=ensure_ascii, check_circular=False, sort_keys=True, separators=(",", ":")
    )
    for ensure_ascii in (True, False)
}


def canonical_json(value: object, *, ensure_ascii: bool = True) -> str:
    """JSON with sorted keys and no spaces, in ASCII unless told otherwise: equal values give equal text.

    `value` is a model or what JSON can hold. Stored hashes depend on every byte: state hashes, fingerprints of
    requests and archives of schemas on the ASCII spelling, digests of the audit on the other.
    """
    plain = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    return _ENCODERS[ensure_ascii].encode(plain)
