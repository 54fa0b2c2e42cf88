"""Notices to players that a deployment has spent on models what it may in a day, or what it may for one of them."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from contracts.playerapi import Notice

_UNTIL = "Until midnight UTC a program tells the story; rules, dice and progress are the same."


def notice_spent(accepted_at: datetime) -> Notice:
    """The notice of a turn that was admitted then: until midnight UTC nobody is paid any more."""
    text = f"Today's money for the AI storyteller is spent. {_UNTIL}"
    return Notice(code="day-ceiling", text=text, until=_midnight(accepted_at))


def notice_had(accepted_at: datetime) -> Notice:
    """The notice of a turn whose player has had a share of the day's money."""
    text = f"Your share of today's money for the AI storyteller is spent; guests at one address share it. {_UNTIL}"
    return Notice(code="day-share", text=text, until=_midnight(accepted_at))


def _midnight(accepted_at: datetime) -> datetime:
    return datetime.combine(accepted_at.astimezone(UTC).date() + timedelta(days=1), time(), UTC)
