"""From the contents of a pack's files to a Pack: the shape of every entry is checked, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError

from contracts.canon import (
    CatClass,
    Ending,
    Enemy,
    Faction,
    Item,
    LootTable,
    Manifest,
    Npc,
    Place,
    Quest,
    Rumour,
    Secret,
    Shop,
)
from services.lore.domain.pack import Pack
from services.lore.domain.pack_fault import PackFault

KINDS: dict[str, type[BaseModel]] = {
    "classes": CatClass,
    "places": Place,
    "npcs": Npc,
    "enemies": Enemy,
    "items": Item,
    "quests": Quest,
    "shops": Shop,
    "loot": LootTable,
    "factions": Faction,
    "rumours": Rumour,
    "secrets": Secret,
    "endings": Ending,
}
"""The sections a file of a pack may have besides `manifest`, each a list."""


@dataclass(frozen=True)
class SourceFile:
    """A file of a pack: its name within the pack, and its JSON."""

    name: str
    content: Any


@dataclass
class PackAssembly:
    """The parts of a pack that could be read, and the faults of those that could not."""

    faults: list[PackFault] = field(default_factory=list)
    manifest: Manifest | None = None
    entries: dict[str, list[Any]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    origins: dict[tuple[str, str], str] = field(default_factory=dict)
    unread: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in KINDS})
    """Ids of entries that are there but do not fit."""

    def pack(self) -> Pack | None:
        """The pack, as far as it could be read; None when it has no manifest."""
        if self.manifest is None:
            return None
        return Pack(self.manifest, **{k: tuple(v) for k, v in self.entries.items()}, origins=self.origins)


def assemble(files: Iterable[SourceFile]) -> PackAssembly:
    """Read every section of every file, in the order given."""
    done = PackAssembly()
    for file in files:
        if not isinstance(file.content, dict):
            done.faults.append(PackFault(file.name, "(file)", "is not a JSON object", "put the sections into {…}"))
            continue
        for section, raw in file.content.items():
            _read_section(done, file.name, section, raw)
    if done.manifest is None:
        done.faults.append(PackFault("(pack)", "manifest", "is missing or broken", 'give one file a sound "manifest"'))
    return done


def _read_section(done: PackAssembly, file: str, section: str, raw: Any) -> None:
    if section == "manifest":
        if done.manifest is not None:
            done.faults.append(PackFault(file, "manifest", "is there twice", "keep one"))
            return
        done.manifest = _read_entry(done, file, "manifest", Manifest, raw)
        done.origins["manifest", "manifest"] = file
    elif section not in KINDS:
        known = ", ".join(["manifest", *KINDS])
        done.faults.append(PackFault(file, section, "is no section of a pack", f"use one of: {known}"))
    elif not isinstance(raw, list):
        done.faults.append(PackFault(file, section, "is not a list", "put its entries into […]"))
    else:
        for number, entry in enumerate(raw, 1):
            read = _read_entry(done, file, f"{section}[{number}]", KINDS[section], entry)
            if read is not None:
                done.entries[section].append(read)
                done.origins.setdefault((section, read.id), file)
            else:
                done.unread[section].add(_label(entry, f"{section}[{number}]"))


def _read_entry(done: PackAssembly, file: str, label: str, model: type[BaseModel], raw: Any) -> Any:
    id = _label(raw, label)
    try:
        entry = model.model_validate(raw)
    except ValidationError as error:
        done.faults.extend(_shape_faults(file, id, error))
        return None
    for path in unknown_fields(raw, entry.model_dump(mode="json")):
        done.faults.append(PackFault(file, id, f"has an unknown field {path}", "correct the spelling or remove it"))
    return entry


def _label(raw: Any, otherwise: str) -> str:
    id = raw.get("id") if isinstance(raw, dict) else None
    return id if isinstance(id, str) and id else otherwise


def _shape_faults(file: str, id: str, error: ValidationError) -> Iterator[PackFault]:
    for one in error.errors(include_url=False, include_input=False):
        where = ".".join(map(str, one["loc"])) or "(entry)"
        yield PackFault(file, id, f"{where} does not fit: {one['msg']}", f"correct {where}")


def unknown_fields(raw: Any, read: Any, path: str = "") -> Iterator[str]:
    """Paths in `raw` that reading it left out: misspelt fields would otherwise be ignored in silence."""
    if isinstance(raw, dict) and isinstance(read, dict):
        for key, value in raw.items():
            here = f"{path}.{key}".lstrip(".")
            if key not in read:
                yield here
            else:
                yield from unknown_fields(value, read[key], here)
    elif isinstance(raw, list) and isinstance(read, list):
        for number, (one, other) in enumerate(zip(raw, read, strict=False)):
            yield from unknown_fields(one, other, f"{path}.{number}")
