"""The content of a cloud assembly (`cdk.out`): stacks, their order, their assets."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.local.home import ACCOUNT, REGION

EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Asset:
    """A file or directory that a stack refers to by bucket and key."""

    source: Path
    zipped: bool
    bucket: str
    key: str

    def content(self) -> bytes:
        return _zip(self.source) if self.zipped else self.source.read_bytes()


@dataclass(frozen=True)
class Stack:
    """One CloudFormation stack of the assembly; its template is one of its assets."""

    name: str
    template: Asset
    after: frozenset[str]
    assets: tuple[Asset, ...]
    tags: tuple[tuple[str, str], ...] = ()


def read(directory: Path) -> list[Stack]:
    """The stacks of an assembly, in no particular order."""
    artifacts: dict[str, Any] = json.loads((directory / "manifest.json").read_text())["artifacts"]
    stacks = {key: entry for key, entry in artifacts.items() if entry["type"] == "aws:cloudformation:stack"}
    names = {key: entry["properties"].get("stackName", key) for key, entry in stacks.items()}
    return [_stack(directory, key, entry, names) for key, entry in stacks.items()]


def _stack(directory: Path, key: str, entry: dict[str, Any], names: dict[str, str]) -> Stack:
    properties = entry["properties"]
    assets = tuple(_assets(directory, directory / f"{key}.assets.json"))
    return Stack(
        name=names[key],
        template=next(asset for asset in assets if asset.source == directory / properties["templateFile"]),
        after=frozenset(names[other] for other in entry.get("dependencies", []) if other in names),
        assets=assets,
        tags=tuple(sorted(properties.get("tags", {}).items())),
    )


def _assets(directory: Path, manifest: Path) -> Iterator[Asset]:
    for entry in json.loads(manifest.read_text())["files"].values():
        for destination in entry["destinations"].values():
            yield Asset(
                source=directory / entry["source"]["path"],
                zipped=entry["source"]["packaging"] == "zip",
                bucket=_resolve(destination["bucketName"]),
                key=_resolve(destination["objectKey"]),
            )


def _resolve(name: str) -> str:
    return name.replace("${AWS::AccountId}", ACCOUNT).replace("${AWS::Region}", REGION)


def _zip(directory: Path) -> bytes:
    """The directory as a zip whose bytes depend on its files only."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in sorted(directory.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(path.relative_to(directory).as_posix(), EPOCH)
                entry.external_attr = (path.stat().st_mode & 0o777) << 16
                archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
