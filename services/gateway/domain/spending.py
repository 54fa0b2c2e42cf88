"""What players are told when a deployment has spent on models what it may in a day."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from contracts.playerapi import Notice


def notice_spent(accepted_at: datetime) -> Notice:
    """The notice of a turn that was admitted then: until midnight UTC nobody is paid any more."""
    midnight = datetime.combine(accepted_at.astimezone(UTC).date() + timedelta(days=1), time(), UTC)
    return Notice(
        code="day-ceiling",
        text="Today's money for the AI storyteller is spent. Until midnight UTC a program tells the story; the rules, "
        "the dice and your progress are the same.",
        until=midnight,
    )
