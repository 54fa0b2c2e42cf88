"""Heads of chains in a file, kept where the record is not: `{"<stream>": [sequence, "link"], …}`.

A chain proves itself and no more; whoever may rewrite a stream may rewrite its links, too. Against a head that was
saved earlier, they cannot.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import TracebackType
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from infra.errors import UserError
from services.audit.domain.chain import Head

_HEADS = TypeAdapter(
    dict[str, tuple[Annotated[int, Field(ge=1, strict=True)], Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]]]
)


def read_heads(path: Path) -> dict[str, Head]:
    """The heads in a file. Raises Unusable."""
    try:
        found = _HEADS.validate_json(path.read_bytes())
    except OSError as error:
        raise UserError(f"{path}: {error.strerror or error}") from error
    except ValidationError as error:
        raise UserError(f"{path} does not hold heads of chains: {error.errors()[0]['msg']}") from error
    return {stream: Head(sequence=sequence, link=link) for stream, (sequence, link) in found.items()}


class HeadsFile:
    """Writes heads one by one, and the file as a whole: until it is left without an exception, nothing changes."""

    def __init__(self, path: Path) -> None:
        self._path, self._draft = path, path.with_name(f".{path.name}.draft")

    def __enter__(self) -> HeadsFile:
        try:
            self._file = self._draft.open("w", encoding="utf-8")
        except OSError as error:
            raise UserError(f"Cannot write {self._path}: {error.strerror or error}") from error
        self._file.write("{")
        self._between = "\n"
        return self

    def add(self, stream: str, head: Head) -> None:
        self._file.write(f"{self._between}{json.dumps(stream)}: {json.dumps([head.sequence, head.link])}")
        self._between = ",\n"

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._file:
            self._file.write("\n}\n")
        if kind is None:
            self._draft.replace(self._path)
        else:
            self._draft.unlink()
