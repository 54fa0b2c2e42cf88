"""The drills of CONTRIBUTING.md: which files each of them names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.drills.tree import REPOSITORY

PLACEHOLDER = re.compile(r"<[a-z]+>")


@dataclass(frozen=True)
class Drill:
    """Files that a section tells to write by hand, and those that `make schemas` writes after that; paths with
    `<names>`."""

    written: tuple[str, ...]
    generated: tuple[str, ...]

    def differences(self, written: set[str], generated: set[str]) -> list[str]:
        """Files that were changed and are not named, and files that are named and were not changed."""
        return [*_differences(self.written, written), *_differences(self.generated, generated)]


def drill(title: str) -> Drill:
    """The drill of the section with this title: the paths that its rows begin with, and those of its last paragraph."""
    text = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    sections = re.split(r"^### ", text, flags=re.MULTILINE)
    [section] = [each for each in sections if each.startswith(f"{title}\n")]
    section = re.split(r"^## ", section, flags=re.MULTILINE)[0]
    rows = re.findall(r"^\| `([^`]+)` \|", section, flags=re.MULTILINE)
    [generated] = re.findall(r"^`make schemas` writes (.*?)\.(?:\s|$)", section, flags=re.MULTILINE | re.DOTALL)
    return Drill(tuple(rows), tuple(re.findall(r"`([^`]+)`", generated)))


def _differences(named: tuple[str, ...], changed: set[str]) -> list[str]:
    patterns = {path: _pattern(path) for path in named}
    unnamed = [path for path in changed if not any(pattern.fullmatch(path) for pattern in patterns.values())]
    unchanged = [path for path, pattern in patterns.items() if not any(map(pattern.fullmatch, changed))]
    return [*(f"{path} is not named" for path in unnamed), *(f"{path} was not changed" for path in unchanged)]


def _pattern(path: str) -> re.Pattern[str]:
    """A path with `<names>` for words, and with all that is below it when it is a folder."""
    words = "[A-Za-z0-9_]+".join(map(re.escape, PLACEHOLDER.split(path)))
    return re.compile(words + (".+" if path.endswith("/") else ""))
