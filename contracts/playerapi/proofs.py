"""Signed statements of who told a story."""

from typing import Literal

from pydantic import Field

from contracts.envelope import Message, TurnId, Value
from contracts.manifest import StoryManifest


class SignedManifest(Message):
    """A statement of who told the sentences of turns. One of the two: `jws`, whose payload is a StoryManifest and whose
    key is in `/v1/.well-known/jwks.json`, or the same `unsigned` where this deployment has no key."""

    jws: str | None = Field(default=None, description="RFC 7515, compact, ES256.")
    unsigned: StoryManifest | None = None
    next_before: TurnId | None = Field(default=None, description="Of a page: ask again with before=<this>.")


class PublicKey(Value):
    """A public key that manifests are signed with (RFC 7517)."""

    kty: Literal["EC"] = "EC"
    crv: Literal["P-256"] = "P-256"
    x: str
    y: str
    use: Literal["sig"] = "sig"
    alg: Literal["ES256"] = "ES256"
    kid: str = Field(description="The key's thumbprint (RFC 7638).")


class KeySet(Message):
    """Public keys (RFC 7517); none where manifests are not signed."""

    keys: tuple[PublicKey, ...] = ()
