"""Opening: what was told of a turn stands. Its story is what was told so far, and what goes on from there."""

from __future__ import annotations

from itertools import pairwise

from contracts.dm import DungeonMasterReplied
from services.dm.domain.english.sentences import find_ends

LONGEST = 4000
MOST_TOLD = 2800
"""Characters told ahead of the end: what remains of `LONGEST` is room for whoever goes on, also for the understudy."""
_BETWEEN = {"model": " ", "understudy": "\n\n"}


def find_continuation(reply: DungeonMasterReplied) -> str:
    """The new part of a reply's story: a model that begins with what was told already is not told twice."""
    narrative = (reply.narrative or "").strip()
    return drop_repeats(narrative, reply.opening) if reply.told_by == "model" else narrative


def join_story(reply: DungeonMasterReplied) -> str:
    """The story of the turn with this reply."""
    return join(reply.opening, find_continuation(reply), _BETWEEN[reply.told_by])


def join(opening: str | None, narrative: str, between: str = _BETWEEN["model"]) -> str:
    return between.join(part for part in (opening, narrative) if part)


def drop_repeats(narrative: str, opening: str | None) -> str:
    """Without the sentences at its start that the opening has too. Of a narrative that grows, the complete sentences
    so far give the beginning of what the whole of it gives."""
    told = set(_sentences(opening)) if opening else set()
    start = 0
    for end in (*find_ends(narrative), len(narrative)) if told else ():
        if _plain(narrative[start:end]) not in told:
            break
        start = end
    return narrative[start:].lstrip()


def put_before(reply: DungeonMasterReplied, opening: str | None, told: str | None) -> DungeonMasterReplied:
    """The reply with what must stand before it. `opening` was told before it was asked for, `told` when it had ended;
    a reply that does not go on as its beginning was told has all of that for its opening."""
    kept = reply.model_copy(update={"opening": opening})
    if reply.narrative and join_story(kept).startswith(told or ""):
        return kept
    return reply.model_copy(update={"opening": told})


def _sentences(text: str) -> list[str]:
    bounds = [0, *find_ends(text), len(text)]
    return [_plain(text[start:end]) for start, end in pairwise(bounds)]


def _plain(sentence: str) -> str:
    return " ".join(sentence.split())
