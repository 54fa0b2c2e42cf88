"""Strings and numbers: bounds, patterns, formats, multiples."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ninelives.contracttools.compatibility.findings import Gap, quote
from ninelives.contracttools.compatibility.grammar import portable

Bound = tuple[float, bool]
"""A limit and whether it is itself excluded."""


def size_gaps(least: float, most: float, reader: Mapping[str, Any], low: str, high: str) -> Iterator[Gap]:
    """Gaps between the sizes a writer may send, `least` to `most`, and the reader's limits `low` and `high`."""
    if least < reader.get(low, 0):
        yield Gap(low, f"the writer may send {least}, the reader wants at least {reader[low]}")
    if most > reader.get(high, math.inf):
        sent = "any number" if most == math.inf else most
        yield Gap(high, f"the writer may send {sent}, the reader takes at most {reader[high]}")


def string_gaps(writer: Mapping[str, Any], reader: Mapping[str, Any]) -> Iterator[Gap]:
    least, most = writer.get("minLength", 0), writer.get("maxLength", math.inf)
    yield from size_gaps(least, most, reader, "minLength", "maxLength")
    yield from _pattern_gaps(writer, reader)
    for word in ("format", "contentEncoding", "contentMediaType"):
        yield from _same_or_free(writer, reader, word)


def number_gaps(writer: Mapping[str, Any], reader: Mapping[str, Any]) -> Iterator[Gap]:
    whole = writer["type"] == "integer"
    for words, sign in ((("minimum", "exclusiveMinimum"), 1), (("maximum", "exclusiveMaximum"), -1)):
        sent, taken = (_bound(schema, words, sign, whole) for schema in (writer, reader))
        if taken > sent:
            word = next(word for word in reversed(words) if word in reader)
            said = f"the writer promises {_describe(writer, words)}, the reader wants {_describe(reader, words)}"
            yield Gap(word, said)
    yield from _multiple_gaps(writer, reader, whole)
    yield from _same_or_free(writer, reader, "format")


def _bound(schema: Mapping[str, Any], words: tuple[str, str], sign: int, whole: bool) -> Bound:
    """The lower limit, after mirroring an upper one. Whole numbers turn `> 0` into `≥ 1`."""
    exclusive = words[1]
    stated = [(sign * schema[word], word == exclusive) for word in words if word in schema]
    if whole:
        stated = [(math.floor(limit) + 1 if strict else math.ceil(limit), False) for limit, strict in stated]
    return max(stated, default=(-math.inf, False))


def _describe(schema: Mapping[str, Any], words: tuple[str, str]) -> str:
    return " and ".join(f"{word} {schema[word]}" for word in words if word in schema) or "no limit"


def _multiple_gaps(writer: Mapping[str, Any], reader: Mapping[str, Any], whole: bool) -> Iterator[Gap]:
    """Whole steps divide exactly; fractional ones are compared for equality, as validators disagree on them."""
    wanted = reader.get("multipleOf")
    sent = writer.get("const", writer.get("multipleOf", 1 if whole else None))
    if wanted is None or sent == wanted:
        return
    if not (isinstance(wanted, int) and isinstance(sent, int) and sent % wanted == 0):
        promised = f"multiples of {sent}" if sent is not None else "any number"
        yield Gap("multipleOf", f"the writer may send {promised}, the reader takes multiples of {wanted}")


def _pattern_gaps(writer: Mapping[str, Any], reader: Mapping[str, Any]) -> Iterator[Gap]:
    wanted = reader.get("pattern")
    if wanted is None or wanted == writer.get("pattern"):
        return
    value = writer.get("const")
    if value is None and "pattern" not in writer:
        yield Gap("pattern", f"the writer may send any string, the reader wants {quote(wanted)}")
    elif value is None:
        said = f"{quote(writer['pattern'])} became {quote(wanted)}"
        yield Gap("pattern", f"{said}: whether one includes the other cannot be decided")
    elif not (portable(wanted) and re.fullmatch("[ -~]*", value)):
        yield Gap("pattern", f"whether {quote(value)} follows {quote(wanted)} cannot be decided")
    elif not re.search(wanted, value):
        yield Gap("pattern", f"the writer may send {quote(value)}, the reader wants {quote(wanted)}")


def _same_or_free(writer: Mapping[str, Any], reader: Mapping[str, Any], word: str) -> Iterator[Gap]:
    if word in reader and writer.get(word) != reader[word]:
        sent = quote(writer[word]) if word in writer else "none"
        yield Gap(word, f"the writer promises {sent}, the reader wants {quote(reader[word])}")
