"""Marked values of a player: what is looked for once the player is erased, in whatever form it is kept.

They are never printed: a finding names the place and the number of the mark.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from infra.errors import UserError
from stagekit.packing import MARK, unpack

LEAST = 4
"""Characters: less is found everywhere."""
_VALUES = TypeAdapter(list[str])
_PACKED = re.compile(f"{re.escape(MARK)}[0-9A-Za-z!#$%&()*+;<=>?@^_`{{|}}~-]+")
"""A packed text up to the end of its base 85 (stagekit/packing.py), in which no JSON ends."""


@dataclass(frozen=True)
class Marks:
    """The values, in their order. Case does not matter."""

    values: tuple[str, ...]

    @classmethod
    def of(cls, values: Iterable[str]) -> Marks:
        """Raises UserError for none, and for one that is too short to mean anything."""
        found = tuple(dict.fromkeys(value.strip() for value in values))
        if not found:
            raise UserError("Name what is looked for: --marked VALUE, or --marks FILE from `ninelives privacy marks`.")
        for number, value in enumerate(found, 1):
            if len(value) < LEAST:
                raise UserError(f"Mark {number} is shorter than {LEAST} characters, and would be found everywhere.")
        return cls(found)

    def found_in(self, text: str) -> Iterator[int]:
        """The numbers, from 1, of those that a text holds: as they are, or as JSON spells them."""
        low = text.lower()
        for number, value in enumerate(self.values, 1):
            if any(form in low for form in spellings(value)):
                yield number


def spellings(value: str) -> tuple[str, ...]:
    """A value in lower case, and as JSON in ASCII, in JSON, and in JSON in JSON has it."""
    once = json.dumps(value)[1:-1]
    forms = (value, once, json.dumps(once)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1])
    return tuple(dict.fromkeys(form.lower() for form in forms))


def texts_of(value: Any) -> Iterator[str]:
    """Every text in an item or a part of one, in DynamoDB's own JSON or plain; what is packed is unpacked."""
    match value:
        case str():
            yield unpack_all(value)
        case bytes() | bytearray():
            yield bytes(value).decode("utf-8", "replace")
        case Mapping():
            for name, part in value.items():
                yield str(name)
                yield from texts_of(part)
        case list() | tuple() | set():
            for part in value:
                yield from texts_of(part)


def read_marks(path: Path) -> list[str]:
    """The values in a file: a JSON list of strings. Raises UserError."""
    try:
        return _VALUES.validate_json(path.read_bytes())
    except OSError as error:
        raise UserError(f"{path}: {error.strerror or error}") from error
    except ValidationError as error:
        raise UserError(f"{path} holds no JSON list of texts.") from error


def unpack_all(text: str) -> str:
    """A text with every packed one in it unpacked, wherever it lies: a kept answer is packed inside of JSON."""
    return _PACKED.sub(lambda found: _unpack(found.group()), text)


def _unpack(packed: str) -> str:
    try:
        return unpack_all(unpack(packed))
    except ValueError:
        return packed
