"""Every folder of the repository has somebody who reviews it, named in a line of its own."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
ROOMS_OF = ("infra", "ninelives", "services")
ONE_BY_ONE = ("infra/stacks", "contracts")
"""Folders whose modules have owners of their own."""


def _files() -> list[Path]:
    """Files that are committed or about to be, as paths in the repository."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    return [Path(name) for name in done.stdout.split("\0") if name and (REPOSITORY / name).exists()]


def _lines() -> list[tuple[str, list[str]]]:
    text = (REPOSITORY / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    fields = [line.split() for line in text if line and not line.startswith("#")]
    return [(pattern, owners) for pattern, *owners in fields]


def _list_rooms() -> Iterator[str]:
    for file in _files():
        folders = file.parts[:-1]
        if folders:
            yield f"/{folders[0]}/"
        if len(folders) > 1 and folders[0] in ROOMS_OF:
            yield f"/{folders[0]}/{folders[1]}/"
        if file.parent.as_posix() in ONE_BY_ONE and file.suffix == ".py" and file.stem != "__init__":
            yield f"/{file.as_posix()}"


@pytest.mark.parametrize("room", sorted(set(_list_rooms())))
def test_a_room_has_an_owner_of_its_own(room: str) -> None:
    assert room in dict(_lines()), f"CODEOWNERS has no line for {room}"


def test_no_line_is_overruled_by_a_wider_one_below_it() -> None:
    patterns = [pattern for pattern, _ in _lines()]

    for number, pattern in enumerate(patterns):
        wider = [later for later in patterns[number + 1 :] if later == "*" or pattern.startswith(later)]
        assert wider == [], f"{pattern} comes before {wider}"


def test_every_line_names_something_there_is_and_a_team() -> None:
    for pattern, owners in _lines():
        assert pattern == "*" or (REPOSITORY / pattern.strip("/")).exists(), pattern
        assert pattern == "*" or pattern.endswith("/") == (REPOSITORY / pattern.strip("/")).is_dir(), pattern
        assert owners and all(re.fullmatch(r"@ninelives/[a-z]+", owner) for owner in owners), pattern
