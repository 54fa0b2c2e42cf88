"""Declining: the story of an action that is not played. It is told in the game's voice, and nothing comes of it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster, Usage

HELP = "At findahelpline.com there is somebody to talk to in nearly every country, at no cost and at any hour."
"""Named where nothing else is configured: numbers differ by country."""
HELPED = "self-harm"
"""The category for which the game speaks as itself: whoever reads its words of help is offered nothing to play."""
DECLINED = "declined"
"""For what a guardrail declines without saying why."""


class ActionDeclined(Exception):
    """A guardrail of the model's provider declined what the player typed. `usage`: what finding out cost."""

    def __init__(self, category: str, usage: Usage) -> None:
        super().__init__(category)
        self.category, self.usage = category, usage


def decline(
    request: InvokeDungeonMaster, category: str, *, help: str = "", usage: Usage | None = None
) -> DungeonMasterReplied:
    """The reply that declines an action of this category. It proposes nothing, so no round passes. `help`: who is
    named to a player who may be in danger; `usage`: what finding out cost."""
    texts = _texts()
    return DungeonMasterReplied(
        envelope=request.envelope,
        told_by="understudy",
        narrative=texts.get(category, texts[DECLINED]).replace("{help}", help or HELP),
        declined=category if category in texts else DECLINED,
        usage=usage or Usage(),
    )


@cache
def _texts() -> dict[str, str]:
    """By category, what is told."""
    texts: dict[str, str] = json.loads(Path(__file__).with_name("declines.json").read_text(encoding="utf-8"))
    return texts
