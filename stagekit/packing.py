"""Packed texts: long JSON in an item at a third of its size, because DynamoDB charges each write by the kilobyte.

A packed text begins with a mark that no JSON begins with, and stays text. Deflate is given words to refer to, so that
what all our JSON says over and over, the names of its fields, takes next to nothing
(RFC 1950, 2.2: a preset dictionary). The words of a mark are frozen: what was packed with them is kept for good.
"""

from __future__ import annotations

import base64
import zlib
from functools import cache, lru_cache
from pathlib import Path
from struct import pack as as_bytes

import contracts

MARK = "z1:"
_LEVEL, _RAW, _MEMORY = 6, -15, 8  # deflate without a header
_REMEMBERED = 128
"""Texts that stay packed and unpacked: what is delivered or tried twice is stored twice; who waits for a turn, and who
reads on in a stream, meets the same ones again."""
_ALPHABET = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
_NO_DIGIT = 255
_DIGITS = bytes(_ALPHABET.find(byte) % 256 for byte in range(256))


@lru_cache(_REMEMBERED)
def pack(text: str) -> str:
    """The text as it is stored: packed, unless that makes it no shorter."""
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, _MEMORY, zlib.Z_DEFAULT_STRATEGY, _words())
    plain = text.encode()
    stored = MARK + base64.b85encode(deflate.compress(plain) + deflate.flush()).decode()
    return stored if len(stored) < len(plain) else text


@lru_cache(_REMEMBERED)
def unpack(stored: str) -> str:
    """The text that was stored, packed or not. Raises ValueError when it was damaged."""
    if not stored.startswith(MARK):
        return stored
    inflate = zlib.decompressobj(_RAW, _words())
    try:
        text = inflate.decompress(_from_base85(stored[len(MARK) :])) + inflate.flush()
    except zlib.error as error:
        raise ValueError("damaged packed text") from error
    if not inflate.eof:
        raise ValueError("damaged packed text")
    return text.decode()


@cache
def _words() -> bytes:
    return (Path(contracts.__file__).parent / "packing_words.txt").read_bytes()


def _from_base85(text: str) -> bytes:
    """Returns what `base64.b85decode` gives, in half its time."""
    digits = text.encode().translate(_DIGITS)
    if _NO_DIGIT in digits:
        raise ValueError("no base85")
    missing = -len(digits) % 5
    each = iter(digits + b"\x54" * missing)  # 84, the last digit
    words = [(((a * 85 + b) * 85 + c) * 85 + d) * 85 + e for a, b, c, d, e in zip(*[each] * 5, strict=True)]
    if words and max(words) >= 1 << 32:
        raise ValueError("no base85")
    return as_bytes(f">{len(words)}I", *words)[: 4 * len(words) - missing]
