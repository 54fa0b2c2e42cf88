"""Insults: whether the player's words are rude to somebody, who will not like it."""

from __future__ import annotations

import re

from contracts.dm import InvokeDungeonMaster

_INSULTS = re.compile(
    r"\b(insults?|curse|swear at|mock|taunt|idiots?|stupid|fool|moron|ugly|smelly|fleabag|hate you|shut up|dumb|loser"
    r"|flip off|spit (?:at|on)|hiss at|sneer)\b"
)


def insults(request: InvokeDungeonMaster) -> bool:
    """Whether the action is a rude one."""
    return bool(_INSULTS.search(request.action.casefold()))
