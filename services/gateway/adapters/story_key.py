"""The key that manifests are signed with, in KMS: it never leaves there."""

from __future__ import annotations

from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from services.gateway.domain import jws

if TYPE_CHECKING:
    from contracts.playerapi import PublicKey


class KmsStoryKey:
    """Implements the port StoryKey. The public part is asked for once."""

    def __init__(self, client: Any, key: str) -> None:
        self._client = client
        self._key = key

    @cached_property
    def public(self) -> PublicKey:
        return jws.public_key(self._client.get_public_key(KeyId=self._key)["PublicKey"])

    def sign(self, data: bytes) -> bytes:
        signed = self._client.sign(
            KeyId=self._key,
            Message=sha256(data).digest(),  # a message is at most 4 KB
            MessageType="DIGEST",
            SigningAlgorithm="ECDSA_SHA_256",
        )
        return jws.side_by_side(signed["Signature"])
