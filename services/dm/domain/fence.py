"""Fence: the marks around a player's words in a prompt. They differ on every turn and are in none of the words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from itertools import count

from services.dm.domain.plain_text import quote_lines, show

MARK_LENGTH = 8


@dataclass(frozen=True)
class Fence:
    """Encloses texts as data. Nothing in what it was raised for can close it."""

    mark: str

    def enclose(self, kind: str, text: str) -> str:
        """The text between `<kind mark>` and `</kind mark>`, each of its lines behind a bar."""
        return f"<{kind} {self.mark}>\n{quote_lines(text)}\n</{kind} {self.mark}>"


def raise_fence(key: str, action: str, others: Iterable[str]) -> Fence:
    """The fence of a turn: the same for the same key and action, so that a repeated request is the same bytes.

    A player may know the key. The mark depends on the action itself and is passed over when it stands in the action or
    in one of `others`, so no text holds it, by guess or by search.
    """
    texts = [show(text).casefold() for text in (action, *others)]
    digests = (sha256(f"{key}\n{number}\n{action}".encode("utf-8", "replace")).hexdigest() for number in count())
    marks = (digest[:MARK_LENGTH] for digest in digests)
    return Fence(next(mark for mark in marks if not any(mark in text for text in texts)))
