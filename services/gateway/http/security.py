"""Headers of every response: an API is no page, so a browser may do nothing with what it says."""

from __future__ import annotations

HEADERS = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
}
"""Cross-Origin-Resource-Policy forbids embedding only: a page of an allowed origin still asks with CORS."""
