"""Signatures of manifests, verified offline: JWS (RFC 7515) with ES256, by keys of a JWK set (RFC 7517)."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicNumbers
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from pydantic import BaseModel, ValidationError

from contracts.manifest import StoryManifest
from contracts.playerapi import PublicKey
from services.gateway.domain.jws import HALF, TYPE


class NotSigned(Exception):
    """The reason why a JWS proves nothing."""


class _Header(BaseModel):
    alg: str
    typ: str
    kid: str


def signed_by(jws: str, keys: Mapping[str, PublicKey]) -> StoryManifest:
    """The manifest that was signed by one of these keys, which are by their id. Raises NotSigned."""
    try:
        protected, payload, signature = jws.split(".")
        header = _Header.model_validate_json(_decode(protected))
    except ValueError as error:
        raise NotSigned("is no JWS of a manifest") from error
    if (header.alg, header.typ) != ("ES256", TYPE):
        raise NotSigned(f"is {header.typ} by {header.alg}, not a manifest by ES256")
    key = keys.get(header.kid)
    if key is None:
        raise NotSigned(f"is signed with {header.kid}, which is none of the keys")
    _verify(key, f"{protected}.{payload}".encode(), signature)
    try:
        return StoryManifest.model_validate_json(_decode(payload))
    except ValidationError as error:
        raise NotSigned("is signed, and no manifest") from error


def _verify(key: PublicKey, data: bytes, signature: str) -> None:
    try:
        x, y = (int.from_bytes(_decode(each), "big") for each in (key.x, key.y))
        raw = _decode(signature)
        if len(raw) != 2 * HALF:
            raise NotSigned("has a signature of another length than ES256's")
        r, s = int.from_bytes(raw[:HALF], "big"), int.from_bytes(raw[HALF:], "big")
        public = EllipticCurvePublicNumbers(x, y, SECP256R1()).public_key()
        public.verify(encode_dss_signature(r, s), data, ECDSA(SHA256()))
    except InvalidSignature:
        raise NotSigned("has a signature that is not this key's over this text") from None
    except ValueError as error:
        raise NotSigned("has a key or a signature that cannot be read") from error


def _decode(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
