"""JSON as small models write it: a trailing comma, a line break in a string, Python's quotes and words, or no end.

What was cut off is kept as far as it goes, and marked, so that a reader can tell what is whole: `CutDict` and `CutList`
lack an end (their last member may lack one, too), a `CutText` stops in the middle of its words.
"""

from __future__ import annotations

import re
from typing import Any

DEEPEST = 24
_BLANK = re.compile(r"[\s,]*")
_SPACE = re.compile(r"\s*")
_PLAIN = {'"': re.compile(r'[^"\\]*'), "'": re.compile(r"[^'\\]*")}
_WORD = re.compile(r"[A-Za-z]+|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_WORDS = {"true": True, "false": False, "null": None, "none": None}
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_LONGEST_NUMBER = 30


class NotJson(Exception):
    """The text at this place is not such JSON."""


class CutDict(dict[str, Any]):
    """An object without its end."""


class CutList(list[Any]):
    """A list without its end."""


class CutText(str):
    """A text without its end."""

    __slots__ = ()


def read_value(text: str, at: int = 0) -> tuple[Any, int]:
    """The value that begins here, and where it ends. Raises NotJson."""
    return _value(text, _SPACE.match(text, at).end(), 0)  # type: ignore[union-attr]


def is_cut(value: Any) -> bool:
    """Whether any part of it lacks its end."""
    if isinstance(value, (CutDict, CutList, CutText)):
        return True
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(is_cut(part) for part in parts)


def _value(text: str, at: int, depth: int) -> tuple[Any, int]:
    if depth > DEEPEST or at >= len(text):
        raise NotJson
    mark = text[at]
    if mark == "{":
        return _object(text, at + 1, depth)
    if mark == "[":
        return _list(text, at + 1, depth)
    if mark in _PLAIN:
        return _text(text, at + 1, mark)
    return _word(text, at)


def _object(text: str, at: int, depth: int) -> tuple[dict[str, Any], int]:
    members: dict[str, Any] = {}
    while (at := _skip(text, at)) < len(text):
        if text[at] == "}":
            return members, at + 1
        if text[at] not in _PLAIN:
            raise NotJson
        name, at = _text(text, at + 1, text[at])
        at = _skip(text, at)
        if at >= len(text):
            break
        if text[at] != ":":
            raise NotJson
        at = _skip(text, at + 1)
        if at >= len(text):
            break
        members[name], at = _value(text, at, depth + 1)
    return CutDict(members), len(text)


def _list(text: str, at: int, depth: int) -> tuple[list[Any], int]:
    entries: list[Any] = []
    while (at := _skip(text, at)) < len(text):
        if text[at] == "]":
            return entries, at + 1
        entry, at = _value(text, at, depth + 1)
        entries.append(entry)
    return CutList(entries), len(text)


def _text(text: str, at: int, quote: str) -> tuple[str, int]:
    parts: list[str] = []
    while True:
        plain = _PLAIN[quote].match(text, at)
        assert plain  # it may be empty
        parts.append(plain.group())
        at = plain.end()
        if at >= len(text) or (at + 1 >= len(text) and text[at] == "\\"):
            return CutText("".join(parts)), len(text)
        if text[at] == quote:
            return "".join(parts), at + 1
        escaped, at = _escape(text, at + 1)
        parts.append(escaped)


def _escape(text: str, at: int) -> tuple[str, int]:
    """The character behind a backslash, and where the text goes on. Halves of a pair are joined; an escape that is none
    stands for itself."""
    if text[at] != "u":
        return _ESCAPED.get(text[at], text[at]), at + 1
    code = _hex(text[at + 1 : at + 5])
    if code is None:
        return "u", at + 1
    low = _hex(text[at + 7 : at + 11]) if text[at + 5 : at + 7] == "\\u" else None
    if 0xD800 <= code < 0xDC00 and low is not None and 0xDC00 <= low < 0xE000:
        return chr(0x10000 + ((code - 0xD800) << 10) + low - 0xDC00), at + 11
    return chr(code), at + 5


def _hex(digits: str) -> int | None:
    return int(digits, 16) if re.fullmatch(r"[0-9a-fA-F]{4}", digits) else None


def _word(text: str, at: int) -> tuple[Any, int]:
    """A number, or one of the words for yes, no and nothing. One that ends the text may be the half of another."""
    found = _WORD.match(text, at)
    if found is None or len(found.group()) > _LONGEST_NUMBER:
        raise NotJson
    word = found.group().casefold()
    if word in _WORDS:
        return _WORDS[word], found.end()
    if word[0].isalpha():
        if found.end() == len(text) and any(known.startswith(word) for known in _WORDS):
            return CutText(""), found.end()
        raise NotJson
    return (float(word) if any(mark in word for mark in ".e") else int(word)), found.end()


def _skip(text: str, at: int) -> int:
    """Past blanks, and past commas that are missing or too many."""
    return _BLANK.match(text, at).end()  # type: ignore[union-attr]
