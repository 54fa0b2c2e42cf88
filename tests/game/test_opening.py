"""The terminal shows how a story begins before the first turn."""

from __future__ import annotations

from rich.console import Console, RenderableType

from contracts.playerapi import Campaign
from ninelives.game import screen
from services.gateway.tests import builders


def show(**changes: object) -> str:
    sheet = builders.sheet()
    campaign = Campaign(
        id=sheet.state.campaign_id, status="active", turn=0, version=1, sheet=sheet, started_at=builders.NOW
    )
    return print_text(screen.opening(campaign.model_copy(update=changes)))


def print_text(what: RenderableType) -> str:
    console = Console(width=100, record=True)
    console.print(what)
    return console.export_text()


def test_the_story_begins_and_numbers_what_could_be_done() -> None:
    text = show(opening="You wake in [the rain].", suggested_actions=("Look up", "Talk to Pib"))

    assert "You wake in [the rain]." in text
    assert "1. Look up" in text and "2. Talk to Pib" in text
