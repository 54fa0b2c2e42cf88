"""Dead letters in words: a line for a queue, a few for a letter. Nothing of a payload unless it is asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

from ninelives.ops.deadletters.letter import Letter
from ninelives.ops.deadletters.overview import QueueStanding
from ninelives.terminal import plain

REASON_LENGTH = 80


def line(each: QueueStanding, now: datetime) -> str:
    """A queue: how many letters, the age of the oldest that was seen, what it holds and why."""
    if not each.messages:
        return f"{each.queue.name:<40} {0:>6}  {'':<9}  {each.queue.kind}"
    age = _age(now - each.oldest) if each.oldest else ""
    oldest = f"≥ {age}" if age and each.sampled < each.messages else age
    why = ", ".join(f"{count} × {plain(reason)[:REASON_LENGTH]}" for reason, count in each.reasons)
    return f"{each.queue.name:<40} {each.messages:>6}  {oldest:<9}  {each.queue.kind}: {why}"


def describe_letter(letter: Letter) -> Iterator[str]:
    """A letter: its event or its own id, and what is known of it, a line each."""
    about = letter.about
    yield f"{plain(about.id) or letter.message_id}  {plain(about.what)}"
    for name, text in (
        ("place", about.place),
        ("occurred", about.occurred),
        ("why", letter.why),
        ("receives", str(letter.receives)),
        ("since", letter.sent_at.isoformat(timespec="seconds")),
    ):
        if text:
            yield f"    {name:<9} {plain(text)}"


def payload(letter: Letter, unmask: bool) -> str:
    """The content of a letter, as ASCII; of poison only the length, unless it is unmasked."""
    if letter.masked and not unmask:
        return f"masked: {len(letter.body)} characters that may hold a player's words (--unmask prints them)"
    return json.dumps(json.loads(letter.body)) if letter.about.readable else json.dumps(letter.body)


def _age(age: timedelta) -> str:
    minutes = max(0, int(age.total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // 1440} days"
