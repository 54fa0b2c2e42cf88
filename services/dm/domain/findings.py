"""Findings: what is wrong with a reply, within the bounds of the contract."""

from __future__ import annotations

from contracts.dm import Finding


def make_finding(code: str, subject: str, detail: str) -> Finding:
    """A finding whose subject and detail are cut to what the contract holds."""
    return Finding(code=code, subject=subject[:200], detail=detail[:1000])
