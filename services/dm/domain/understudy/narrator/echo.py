"""Echo: a player's own words in a story, as far as a story may repeat them."""

from __future__ import annotations

import re

from contracts.dm import InvokeDungeonMaster
from services.dm.domain.english.tokens import join_words
from services.dm.domain.grounding.prompt_leakage import find_prompt_leakage

LONGEST = 60
_PLAIN = re.compile(r"[a-z][a-z', -]*")


def echo(said: str, request: InvokeDungeonMaster, *, longest: int = LONGEST) -> str:
    """Their words in small letters; nothing where they are longer, or hold figures, marks, a name not known yet or talk
    of the machinery."""
    words = " ".join(said.casefold().replace("’", "'").split())
    if len(words) > longest or not _PLAIN.fullmatch(words) or any(find_prompt_leakage(words)):
        return ""
    joined = f" {join_words(words)} "
    if any(f" {join_words(name).removeprefix('the ')} " in joined for name in request.guarded):
        return ""
    return words
