"""Events of an API Gateway HTTP API (payload format 2.0) to requests, and responses back."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from hmac import compare_digest
from types import MappingProxyType
from typing import Any

from services.gateway.http.exchange import HttpRequest, HttpResponse
from services.gateway.http.security import HEADERS

_W3C = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")
_XRAY = re.compile(r"Root=1-([0-9a-f]{8})-([0-9a-f]{24});Parent=([0-9a-f]{16})(?:;Sampled=([01]))?")


def parse_request(event: Mapping[str, Any], environment: Mapping[str, str] = MappingProxyType({})) -> HttpRequest:
    """The request in an event. The caller is the subject of the access token that the API's authorizer has verified.

    `environment` says what key our distribution sends (`EDGE_KEY`), and the trace of this call (`_X_AMZN_TRACE_ID`).
    """
    context = event["requestContext"]
    headers = {name.lower(): str(value) for name, value in (event.get("headers") or {}).items()}
    return HttpRequest(
        method=context["http"]["method"].upper(),
        path=_path(event["rawPath"], context.get("stage", "$default")),
        query=event.get("queryStringParameters") or {},
        headers=headers,
        body=_body(event),
        caller=_caller(context),
        traceparent=_traceparent(headers, environment.get("_X_AMZN_TRACE_ID", "")),
        name=_name(context),
        address=_address(context, headers, environment.get("EDGE_KEY", "")),
        session=_text(_claims(context).get("origin_jti")) or "",
        token_issued=_seconds(_claims(context).get("iat")),
    )


def _seconds(claim: Any) -> int:
    """A claim that is a time, which the gateway hands on as a text."""
    return int(claim) if str(claim).isdigit() else 0


def render_response(response: HttpResponse) -> dict[str, Any]:
    """The response in payload format 2.0."""
    content = {"Content-Type": response.content_type} if response.body is not None else {}
    headers = {**HEADERS, **content, "Cache-Control": response.cache, **response.headers}
    return {"statusCode": response.status, "headers": headers, "body": response.body or "", "isBase64Encoded": False}


def _path(raw: str, stage: str) -> str:
    path = raw.removeprefix(f"/{stage}") if stage != "$default" else raw
    return path.rstrip("/") or "/"


def _body(event: Mapping[str, Any]) -> bytes:
    text = event.get("body") or ""
    if not event.get("isBase64Encoded"):
        return text.encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _caller(context: Mapping[str, Any]) -> str | None:
    return _text(_claims(context).get("sub"))


def _name(context: Mapping[str, Any]) -> str | None:
    """The caller's name in the pool."""
    return _text(_claims(context).get("username"))


def _claims(context: Mapping[str, Any]) -> Mapping[str, Any]:
    """Claims of an access token; none of any other. The authorizer takes whatever the pool has signed for our client:
    an ID token, too, which is meant for pages and not for us, and on the local cloud a refresh token."""
    claims: Mapping[str, Any] = ((context.get("authorizer") or {}).get("jwt") or {}).get("claims") or {}
    return claims if claims.get("token_use") == "access" else {}


def _text(claim: object) -> str | None:
    return claim if isinstance(claim, str) and 0 < len(claim) <= 128 else None


def _address(context: Mapping[str, Any], headers: Mapping[str, str], key: str) -> str | None:
    """The address that the request came from. Behind our own distribution that is the viewer it names last.

    Anybody may write X-Forwarded-For, so it counts only beside the key that the distribution sends.
    """
    peer = str(context["http"].get("sourceIp") or "")
    if not key or not compare_digest(headers.get("x-ninelives-edge", "").encode(), key.encode()):
        return peer or None
    hops = [hop.strip() for hop in headers.get("x-forwarded-for", "").split(",")]
    viewers = [hop for hop in hops if hop and hop != peer]
    return (viewers[-1] if viewers else peer) or None


def _traceparent(headers: Mapping[str, str], xray: str) -> str | None:
    """The trace this request belongs to: the client's W3C header, else the one Lambda is traced under."""
    given = headers.get("traceparent", "")
    if _W3C.fullmatch(given):
        return given
    traced = _XRAY.match(xray)
    return f"00-{traced[1]}{traced[2]}-{traced[3]}-0{traced[4] or 0}" if traced else None
