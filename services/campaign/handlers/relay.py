"""Lambda entry point: the outbox, from the table's stream to the bus."""

from __future__ import annotations

from stagekit.relay import relay

handler = relay()
