"""Blocklist of names: words that no character is called by, whatever signs they are spelt with.

Words are compared whole, so that Scunthorpe is a name. An entry that ends in * stands for every word it begins.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_LOOKALIKE = str.maketrans("аеорсухівкмнтѕјԁɡοινακερτυχ", "aeopcyxibkmhtsjdgoivakeptux")
_LEET = str.maketrans("0134578@$!|€", "oieastbasiie")
_STRETCHED = re.compile(r"(.)\1{2,}")


@dataclass(frozen=True)
class Blocklist:
    """Words, and beginnings of words, as `fold` leaves them."""

    words: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()

    def has(self, name: str) -> bool:
        """Whether a word of this name is blocked."""
        return any(word in self.words or word.startswith(self.beginnings) for word in _words(name))


def parse_blocklist(lines: Iterable[str]) -> Blocklist:
    """A blocklist as it is written; # begins a note."""
    entries = [fold(line.strip()) for line in lines if line.strip() and not line.startswith("#")]
    beginnings = tuple(entry.removesuffix("*") for entry in entries if len(entry) > 1 and entry.endswith("*"))
    return Blocklist(frozenset(entry for entry in entries if not entry.endswith("*")), beginnings)


@cache
def own_blocklist() -> Blocklist:
    """The one that comes with the game."""
    return parse_blocklist(Path(__file__).with_name("blocked_names.txt").read_text(encoding="utf-8").splitlines())


def fold(text: str) -> str:
    """As it reads, in lower case, without accents; letters of other scripts that look Latin are Latin."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_LOOKALIKE)


def _words(name: str) -> Iterator[str]:
    """The words of a name, as they are and with digits and signs as the letters they stand for; letters that stand
    apart are one word."""
    plain = fold(name)
    for text in dict.fromkeys((plain, plain.translate(_LEET))):
        words = [_STRETCHED.sub(r"\1", word) for word in re.findall(r"[^\W\d_]+", text)]
        yield from words
        yield from _join_letters(words)


def _join_letters(words: list[str]) -> Iterator[str]:
    """Runs of single letters: "s l u t". A name cut in two is one word as well."""
    run = ""
    for word in (*words, "  "):
        if len(word) == 1:
            run += word
            continue
        if len(run) > 2:
            yield run
        run = ""
    if len(words) == 2 and min(map(len, words)) <= 3:
        yield "".join(words)
