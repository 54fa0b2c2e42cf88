"""Words that belong to a name: in "use the Pocket Beam" nothing is pocketed."""

from __future__ import annotations

from collections.abc import Iterable

from services.dm.domain.english.tokens import written_out


class NameWord(str):
    """A word inside a name that was said in full. It is compared like any word, but it is no verb and no joint."""

    __slots__ = ()


def mark_names(said: tuple[str, ...], names: Iterable[str]) -> tuple[str, ...]:
    """The same words, those inside a full name marked. A name of one word at the very start is left alone: "guard!"."""
    marked = list(said)
    for name in sorted({written_out(name) for name in names}, key=len, reverse=True):
        for start in range(len(said) - len(name) + 1):
            if name and said[start : start + len(name)] == name and (len(name) > 1 or start > 0):
                marked[start : start + len(name)] = [NameWord(word) for word in name]
    return tuple(marked)
