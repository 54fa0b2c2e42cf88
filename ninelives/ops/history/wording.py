"""Words of players and models on a terminal."""

from __future__ import annotations


def plain(text: str) -> str:
    """One line that cannot move a cursor, whatever somebody wrote."""
    return "".join(sign if sign.isprintable() else " " if sign.isspace() else ascii(sign)[1:-1] for sign in text)
