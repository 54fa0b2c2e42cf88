"""JWS (RFC 7515) with ES256: how what KMS signs and says of its key is written down. Nothing here is cryptography."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256

from contracts.canonical import canonical_json
from contracts.playerapi import PublicKey

TYPE = "story-manifest+jws"
HALF = 32
"""Bytes of a coordinate, of r and of s, on P-256."""
_SPKI = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004")
"""The beginning of a public key on P-256 in DER (RFC 5480), before its coordinates."""


def signing_input(payload: bytes, kid: str) -> bytes:
    """The JWS Signing Input (RFC 7515): the bytes to be signed."""
    header = canonical_json({"alg": "ES256", "kid": kid, "typ": TYPE}).encode()
    return f"{encode(header)}.{encode(payload)}".encode()


def compact(signed: bytes, signature: bytes) -> str:
    """The JWS of what was signed and its signature, r and s side by side (RFC 7518, 3.4)."""
    return f"{signed.decode()}.{encode(signature)}"


def side_by_side(der: bytes) -> bytes:
    """A signature as KMS gives it, a SEQUENCE of two INTEGERs in DER (RFC 3279, 2.2.3), as r and s of 32 bytes each.
    Raises ValueError for anything else."""
    if der[:1] != b"\x30" or len(der) < 8 or der[1] != len(der) - 2:
        raise ValueError("no signature in DER")
    r, rest = _integer(der[2:])
    s, rest = _integer(rest)
    if rest:
        raise ValueError("something follows a signature")
    return r.to_bytes(HALF, "big") + s.to_bytes(HALF, "big")


def _integer(der: bytes) -> tuple[int, bytes]:
    if der[:1] != b"\x02" or len(der) < 2 or not 1 <= der[1] <= min(HALF + 1, len(der) - 2):
        raise ValueError("no integer in DER")
    end = 2 + der[1]
    return int.from_bytes(der[2:end], "big"), der[end:]


def public_key(spki: bytes) -> PublicKey:
    """A public key as KMS gives it (SubjectPublicKeyInfo in DER), as a JWK that is named by its thumbprint. Raises
    ValueError when it is not on P-256."""
    if not spki.startswith(_SPKI) or len(spki) != len(_SPKI) + 2 * HALF:
        raise ValueError("no public key on P-256")
    point = spki[len(_SPKI) :]
    x, y = encode(point[:HALF]), encode(point[HALF:])
    members = canonical_json({"crv": "P-256", "kty": "EC", "x": x, "y": y})
    return PublicKey(x=x, y=y, kid=encode(sha256(members.encode()).digest()))


def encode(raw: bytes) -> str:
    """Base64url without padding."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
