"""A copy of the repository that a drill changes, and the commands that check it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
TEMPLATES = Path(__file__).parent / "templates"
BIN = Path(sys.executable).parent
ASSETS = Path(os.environ.get("NINELIVES_HOME") or REPOSITORY / ".local").absolute()
"""The folder in which packages that were built before are found again: equal sources give equal packages."""

OF_THIS_RUN = ("PYTEST_", "NINELIVES_", "GIT_")
"""Prefixes of variables that are not for the commands in the copy."""


class Tree:
    """The sources as they are now, in a folder and a git history of their own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in _sources():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(REPOSITORY / name, root / name)
            _copy_compiled(REPOSITORY / name, root / name)
        self._git("init", "--quiet")
        self.commit()
        self._first = self._git("rev-parse", "HEAD").strip()

    def write(self, path: str, text: str) -> None:
        """Write a new file."""
        assert not (self.root / path).exists(), f"{path} is there already"
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def copy(self, drill: str, folder: str = ".") -> None:
        """Write the files of `templates/<drill>/<folder>`, whose names end in `.txt` there."""
        root = TEMPLATES / drill
        for template in sorted((root / folder).rglob("*.txt")):
            self.write(template.relative_to(root).as_posix().removesuffix(".txt"), template.read_text(encoding="utf-8"))

    def replace(self, path: str, old: str, new: str) -> None:
        """Change the one place in a file where this text stands."""
        content = (self.root / path).read_text(encoding="utf-8")
        assert content.count(old) == 1, f"{path} has {content.count(old)} times {old!r}"
        (self.root / path).write_text(content.replace(old, new), encoding="utf-8")

    def insert(self, path: str, text: str, *, before: str) -> None:
        """Add text before the one place in a file where another text stands."""
        self.replace(path, before, text + before)

    def append(self, path: str, text: str) -> None:
        """Add text at the end of a file."""
        with (self.root / path).open("a", encoding="utf-8") as file:
            file.write(text)

    def commit(self) -> None:
        """Commit what was changed, as the state that later changes are told from."""
        self._git("add", "--all")
        self._git("-c", "user.name=Cat", "-c", "user.email=cat@example.org", "commit", "--quiet", "-m", "Drill")

    def list_changed(self) -> set[str]:
        """The files that differ from the last commit, by path."""
        said = self._git("status", "--porcelain", "-z", "--untracked-files=all", "--no-renames")
        return {entry[3:] for entry in said.split("\0") if entry}

    def ninelives(self, *arguments: str) -> str:
        """Run the command in the copy; returns what it printed."""
        return self._run(sys.executable, "-m", "ninelives.cli", *arguments)

    def python(self, program: str, *arguments: str) -> str:
        """Run a program in the copy; returns what it printed."""
        return self._run(sys.executable, "-c", program, *arguments)

    def pytest(self, *arguments: str) -> str:
        """Run tests in the copy; all must pass, and there must be some."""
        return self._run(sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *arguments)

    def lint(self) -> None:
        """Lint, format and import rules of what differs from the beginning."""
        said = self._git("diff", "--name-only", "-z", "--diff-filter=d", self._first)
        sources = sorted(path for path in said.split("\0") if path.endswith(".py"))
        self._run(str(BIN / "ruff"), "check", *sources)
        self._run(str(BIN / "ruff"), "format", "--check", *sources)
        self._run(str(BIN / "lint-imports"), "--no-cache")

    def _git(self, *arguments: str) -> str:
        return self._run("git", *arguments)

    def _run(self, *command: str) -> str:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OF_THIS_RUN)}
        own = {"PYTHONPATH": str(self.root), "NINELIVES_HOME": str(ASSETS), "JSII_NODE": str(BIN / "node")}
        done = subprocess.run(
            command, cwd=self.root, env={**kept, **own}, capture_output=True, text=True, timeout=600, check=False
        )
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-6000:]}\n{done.stderr[-3000:]}"
        return done.stdout


def _sources() -> list[str]:
    """Files that are committed or about to be."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    return [name for name in done.stdout.split("\0") if name and (REPOSITORY / name).is_file()]


def _copy_compiled(source: Path, copy: Path) -> None:
    """Copy the compiled code of a module: it holds for the copy, which has the same size and time until it is
    changed."""
    for compiled in (source.parent / "__pycache__").glob(f"{source.stem}.*.pyc"):
        (copy.parent / "__pycache__").mkdir(exist_ok=True)
        shutil.copy2(compiled, copy.parent / "__pycache__" / compiled.name)
