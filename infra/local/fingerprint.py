"""A hash of everything a deployment is made from: equal hashes, equal deployments."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from infra.local.home import REPOSITORY, Home
from infra.local.settings import DungeonMaster

SOURCES = ("contracts", "stagekit", "services", "infra")
FILES = ("pyproject.toml", "requirements.txt")
SKIPPED_DIRECTORIES = {"__pycache__", "tests", "cli", "contractgate", "released", "schemas", "node_modules"}
SKIPPED_SUFFIXES = {".md", ".pyc"}


def inputs(repository: Path = REPOSITORY) -> Iterator[Path]:
    """The files a deployment is made from, in a fixed order; tests, documents and the CLI are not among them."""
    for name in FILES:
        if (repository / name).is_file():
            yield repository / name
    for source in SOURCES:
        for path in sorted((repository / source).rglob("*")):
            skipped = SKIPPED_DIRECTORIES & set(path.relative_to(repository).parts)
            if path.is_file() and path.suffix not in SKIPPED_SUFFIXES and not skipped:
                yield path


def fingerprint(home: Home, settings: DungeonMaster, repository: Path = REPOSITORY) -> str:
    """Hex digest of the inputs' paths and contents, the settings and the port."""
    digest = hashlib.sha256(json.dumps([settings.context(), home.port]).encode())
    for path in inputs(repository):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(repository).as_posix()}\0{content}\n".encode())
    return digest.hexdigest()
