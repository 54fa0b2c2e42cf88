"""Opening: what was told of a turn stands. Its story is what was told so far, and what goes on from there."""

from __future__ import annotations

from contracts.dm import DungeonMasterReplied

LONGEST = 4000
MOST_TOLD = 2800
"""Characters told ahead of the end: what remains of `LONGEST` is room for whoever goes on, also for the understudy."""


def join_understudy(reply: DungeonMasterReplied) -> str:
    """The story of a turn that the understudy ends: a paragraph of its own after what a model had told."""
    return "\n\n".join(part for part in (reply.opening, (reply.narrative or "").strip()) if part)
