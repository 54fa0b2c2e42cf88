"""Unmasked text: words as they read, whatever signs they are spelt with. For checks, never for display."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_LOOKALIKE = str.maketrans(
    "аеорсухівкмнтАВЕКМНОРСТХіІјѕԁɡһʏοινακεηυρτΑΒΕΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxiBkmhtABEKMHOPCTXiIjsdghyoivakenuptABEHIKMNOPTYX",  # pragma: allowlist secret
)
LEET = str.maketrans("0134578@$!", "oieastbasi")
DISGUISED = re.compile(r"[a-z][0134578@$!][a-z]")
"""A sign that stands for a letter between two of them."""
_LETTERS_APART = re.compile(r"\b(?!i )(?:\w[ .\-_*]){2,}\w\b")


def unmask(text: str) -> str:
    """As it reads: compatibility forms, lookalike letters and invisible characters resolved, in lower case."""
    visible = "".join(
        c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) not in ("Cf", "Cc") or c in "\n\t"
    )
    straight = visible.translate(str.maketrans("’‘“”", "''\"\""))
    latin = straight.translate(_LOOKALIKE) if mixes_scripts(straight) else straight
    decomposed = unicodedata.normalize("NFKD", latin)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def unmasked_readings(text: str) -> Iterator[str]:
    """The text unmasked; then, where there are any, with letters together that stand apart, and digits as letters."""
    plain = unmask(text)
    yield plain
    if _LETTERS_APART.search(plain):
        yield _LETTERS_APART.sub(lambda match: re.sub(r"[ .\-_*]", "", match.group()), plain)
    if DISGUISED.search(plain):
        yield plain.translate(LEET)


def mixes_scripts(text: str) -> bool:
    """Words that are Latin in part and Cyrillic or Greek in part."""
    return any(
        any(c.isascii() and c.isalpha() for c in word) and any("\u0370" <= c <= "\u058f" for c in word)
        for word in re.findall(r"\w+", text)
    )
