"""A key like the one in KMS: signatures in DER, the public part as SubjectPublicKeyInfo."""

from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from services.gateway.adapters.story_key import KmsStoryKey


class Kms:
    """The answers of `kms` for one key."""

    def __init__(self, curve: ec.EllipticCurve | None = None) -> None:
        self._private = ec.generate_private_key(curve or ec.SECP256R1())

    def get_public_key(self, **_: Any) -> dict[str, Any]:
        public = self._private.public_key()
        return {"PublicKey": public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)}

    def sign(self, *, Message: bytes, MessageType: str, SigningAlgorithm: str, **_: Any) -> dict[str, Any]:
        assert (len(Message), MessageType, SigningAlgorithm) == (32, "DIGEST", "ECDSA_SHA_256")
        return {"Signature": self._private.sign(Message, ec.ECDSA(Prehashed(SHA256())))}


def new_key() -> KmsStoryKey:
    return KmsStoryKey(Kms(), "a-key")
