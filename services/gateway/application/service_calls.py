"""Calls of other services' functions."""

from __future__ import annotations

from typing import Protocol, TypeVar

from pydantic import BaseModel

Reply = TypeVar("Reply", bound=BaseModel)


class ServiceFunctions(Protocol):
    """Functions of other services."""

    def call(self, request: BaseModel, reply: type[Reply]) -> Reply:
        """The answer of the function that takes this request. Raises the errors of its contract."""
