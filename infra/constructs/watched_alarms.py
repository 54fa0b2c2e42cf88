"""The alarms of all services that the dashboard shows: those that say that players or facts are hurt.

A function's own three are not among them: there are about a hundred, which is as many as one widget takes, and the
graphs of the functions show the same.
"""

from __future__ import annotations

CONSUMERS = (
    ("audit", "events"),
    ("campaign", "projection"),
    ("campaign", "rebuild"),
    ("chronicle", "facts"),
    ("gateway", "player-push"),
    ("gateway", "turn-deadline"),
    ("metrics", "events"),
)
"""Service and name of every consumer, whose queue and dead letters are watched."""
OUTBOXES = ("campaign", "gateway")
WATCHED: tuple[tuple[str, str], ...] = (
    ("gateway", "failed-turns-depth"),
    ("gateway", "door-server-errors"),
    ("gateway", "door-p99"),
    ("gateway", "turn-failed"),
    ("gateway", "turn-timed-out"),
    ("gateway", "turn-throttled"),
    *((service, "relay-iterator-age") for service in OUTBOXES),
    *((service, "relay-dead-letters-depth") for service in OUTBOXES),
    ("operations", "export-dead-letters-depth"),
    ("audit", "gaps"),
    ("audit", "alterations"),
    ("campaign", "projection-gaps"),
    *((service, f"{name}-age") for service, name in CONSUMERS),
    *((service, f"{name}-dead-letters-depth") for service, name in CONSUMERS),
)
"""Service and name of the alarm."""
