"""The JSON Schemas of our own contracts, generated from the models that each owner exports."""

from __future__ import annotations

import json
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic import TypeAdapter

import contracts
from contracts.envelope import Message
from ninelives.contracttools.compatibility.document import DIALECT

FOLDER = Path(contracts.__path__[0])
SHARED = "envelope"
"""Holds the bases of messages, and no message of its own."""


@dataclass(frozen=True)
class Contract:
    """One owner's messages: the text of each one's schema file by message name, and the current major version."""

    owner: str
    major: int
    schemas: Mapping[str, str]


def contract(owner: str, module: ModuleType) -> Contract:
    """The promises of a contract module: the messages in its `__all__` and all in its `SCHEMAS`.

    The major version is the module's `MAJOR`, 1 unless it says otherwise; raising it is how to break a promise.
    """
    schemas = {message.__name__: _text(owner, message) for message in _messages(module)}
    return Contract(owner, getattr(module, "MAJOR", 1), schemas)


def contracts_of_all_owners() -> list[Contract]:
    """The contracts in this repository; a module of `contracts/` without messages is not among them."""
    names = sorted(found.name for found in pkgutil.iter_modules(contracts.__path__) if found.name != SHARED)
    found = [contract(name, import_module(f"contracts.{name}")) for name in names]
    return [each for each in found if each.schemas]


def schema_files(all_contracts: list[Contract]) -> dict[Path, str]:
    """Every schema file, by its path below the folder of schemas."""
    return {Path(each.owner, f"{name}.json"): text for each in all_contracts for name, text in each.schemas.items()}


def drift(folder: Path, expected: Mapping[Path, str]) -> Iterator[tuple[str, Path]]:
    """The differences between a folder of schemas and what it should hold: (missing | changed | stale, path)."""
    for path, text in sorted(expected.items()):
        if not (folder / path).is_file():
            yield "missing", path
        elif (folder / path).read_bytes() != text.encode():
            yield "changed", path
    there = {path.relative_to(folder) for path in folder.glob("*/*.json")}
    yield from (("stale", path) for path in sorted(there - expected.keys()))


def write(folder: Path, expected: Mapping[Path, str]) -> list[tuple[str, Path]]:
    """Make the folder hold exactly these schemas; returns what had to change."""
    changes = list(drift(folder, expected))
    for kind, path in changes:
        if kind == "stale":
            (folder / path).unlink()
        else:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(expected[path].encode())
    return changes


def _messages(module: ModuleType) -> list[Any]:
    exported = [getattr(module, name) for name in getattr(module, "__all__", ())]
    messages = [each for each in exported if isinstance(each, type) and issubclass(each, Message)]
    own = [each for each in messages if f"{each.__module__}.".startswith(f"{module.__name__}.")]
    return [*own, *getattr(module, "SCHEMAS", ())]


def _text(owner: str, message: Any) -> str:
    """The schema a reader of the message validates with: what has a default may be left out."""
    about = {"$schema": DIALECT, "$id": f"urn:ninelives:contracts:{owner}:{message.__name__}"}
    schema = {**about, **TypeAdapter(message).json_schema(mode="validation")}
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
