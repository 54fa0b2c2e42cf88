"""Tools of npm are there once they run, and say clearly why they are not."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from ninelives.contracttools import npm
from ninelives.contracttools.npm import LockedTools, NotInstalled
from tests.support.waiting import until

INSTALLS = "mkdir -p node_modules/.bin && touch node_modules/.bin/lint && echo installed >> {log}"


class Machine:
    """A project in a folder of its own, with an npm and a node that do what a shell script says."""

    def __init__(self, path: Path) -> None:
        self.log = path / "log"
        self.tools = LockedTools(path / "project")
        self._bin = path / "bin"
        for folder in (self._bin, self.tools.project):
            folder.mkdir()
        self.lock("1")

    def lock(self, version: str) -> None:
        for name in ("package.json", "package-lock.json"):
            (self.tools.project / name).write_text(version)

    def has(self, program: str, script: str) -> None:
        file = self._bin / program
        file.write_text(f"#!/bin/sh\n{script.format(log=self.log)}\n")
        file.chmod(0o755)

    @property
    def installed(self) -> int:
        return len(self.log.read_text().splitlines()) if self.log.exists() else 0


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    made = Machine(tmp_path)
    monkeypatch.setattr(npm, "BIN", tmp_path / "bin")
    monkeypatch.setattr(npm, "REPOSITORY", tmp_path)
    made.has("npm", INSTALLS)
    made.has("node", 'echo "ran in $PWD: $2"')
    return made


def test_tools_are_installed_once_for_each_lock(machine: Machine) -> None:
    first = machine.tools.run("lint", "all")
    machine.tools.run("lint", "all")
    assert machine.installed == 1

    machine.lock("2")
    machine.tools.run("lint", "all")

    assert machine.installed == 2
    assert (first.returncode, first.stdout) == (0, f"ran in {machine.tools.project}: all\n")


def test_a_registry_that_does_not_answer_is_said(machine: Machine) -> None:
    machine.has("npm", "echo no such host >&2; exit 1")

    with pytest.raises(NotInstalled, match=r"package-lock\.json names: no such host"):
        machine.tools.run("lint")


def test_a_tool_without_its_part_for_this_platform_is_not_installed(machine: Machine) -> None:
    machine.has("node", "echo no program for this platform; exit 1")

    for _ in range(2):
        with pytest.raises(NotInstalled, match="lint does not run here: no program for this platform"):
            machine.tools.run("lint")
    assert machine.installed == 2


def test_a_tool_that_takes_too_long_is_ended_with_all_it_started(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.tools.folder()
    machine.has("node", "sleep 600 & echo $! > {log}; wait")
    monkeypatch.setattr(npm, "PATIENCE_SECONDS", 0.5)

    with pytest.raises(subprocess.TimeoutExpired):
        machine.tools.run("lint")

    started = Path("/proc", machine.log.read_text().strip(), "stat")
    until(lambda: _is_gone(started), within=5, why="the end of what the tool had started")


def _is_gone(stat: Path) -> bool:
    try:
        state = stat.read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"  # ended, and nobody has asked how
