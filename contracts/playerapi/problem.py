"""Errors of the player API."""

from typing import Any

from pydantic import Field

from contracts.envelope import Message


class Problem(Message):
    """RFC 9457. `type` is stable: programs may match on it."""

    type: str
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    instance: str | None = None
    errors: tuple[dict[str, Any], ...] | None = Field(default=None, description="Which fields, and what is wrong.")
