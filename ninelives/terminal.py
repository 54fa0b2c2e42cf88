"""Words of players and models on a terminal: they are shown, never obeyed."""

from __future__ import annotations

from typing import Any

JOINER = "\u200d"
"""Within an emoji of several."""


def plain(text: str) -> str:
    """One line that cannot move a cursor or turn the direction of text, whatever somebody wrote."""
    return "".join(sign if _is_seen(sign) else " " if sign.isspace() else ascii(sign)[1:-1] for sign in text)


def escape(text: str) -> str:
    """One line of what a file holds, in which what cannot be seen can be read: a line break is a \\n."""
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)


def plain_lines(text: str) -> str:
    """The same in as many lines as it has."""
    return "\n".join(map(plain, text.split("\n")))


def plain_values(value: Any) -> Any:
    """The content of JSON, with every text in it plain."""
    if isinstance(value, str):
        return plain_lines(value)
    if isinstance(value, list):
        return [plain_values(each) for each in value]
    return {name: plain_values(each) for name, each in value.items()} if isinstance(value, dict) else value


def _is_seen(sign: str) -> bool:
    return sign.isprintable() or sign == JOINER
