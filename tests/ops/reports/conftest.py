"""A gateway with a reported story in it."""

from __future__ import annotations

from services.gateway.tests.conftest import dynamodb, game

__all__ = ["dynamodb", "game"]
