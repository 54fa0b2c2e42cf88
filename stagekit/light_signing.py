"""A request to AWS is signed by its headers as a plain dictionary, and by the body that it has.

The SDK takes headers for those of an e-mail, which it looks up in a list and looks through for what e-mails may hold,
and makes the whole request ready once more to see its body. The signature is the same.
"""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from botocore import auth

if TYPE_CHECKING:
    from botocore.awsrequest import AWSRequest

_UNSIGNED = frozenset(auth.SIGNED_HEADERS_BLACKLIST)


class _Headers(dict[str, list[str]]):
    """Headers by their lowered name."""

    def get_all(self, name: str) -> list[str]:
        return self[name]


class LightSigV4(auth.SigV4Auth):
    """The SDK's signer in version 4."""

    _signed: _Headers | None = None
    """The headers of the request that is being signed."""

    def canonical_request(self, request: AWSRequest) -> str:
        self._signed = None
        return super().canonical_request(request)

    def headers_to_sign(self, request: AWSRequest) -> Any:
        """The headers, for the request and then for its signature, as nothing is put among them between."""
        if self._signed is None:
            self._signed = self._find_headers(request)
        return self._signed

    def _find_headers(self, request: AWSRequest) -> _Headers:
        found = _Headers()
        for name, value in request.headers.items():
            found.setdefault(name.lower(), []).append(value)
        for name in _UNSIGNED.intersection(found):
            del found[name]
        if "host" not in found:
            found["host"] = [auth._host_from_url(request.url)]  # type: ignore[attr-defined]
        return found

    def payload(self, request: AWSRequest) -> str:
        """The digest of a body that is there as it is sent; of every other one the SDK knows how."""
        is_as_sent = type(request.data) is bytes and not self._is_streaming_checksum_payload(request)  # type: ignore[attr-defined]
        if is_as_sent and self._should_sha256_sign_payload(request):  # type: ignore[attr-defined]
            return sha256(request.data or b"").hexdigest()
        return super().payload(request)

    def _sign(self, key: bytes, msg: str, hex: bool = False) -> Any:
        signed = hmac.digest(key, msg.encode(), "sha256")
        return signed.hex() if hex else signed


def sign_lightly() -> None:
    """Have every client of this process do so that is made from now on."""
    auth.AUTH_TYPE_MAPS["v4"] = LightSigV4
