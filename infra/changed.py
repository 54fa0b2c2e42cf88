"""Stacks that a change reaches, by the stages they are deployed in. Needs the standard library only.

`python -m infra.changed [COMMIT]` prints what has changed since the commit, one stage a line, as a workflow takes its
outputs: `stage-2=["audit", "lore"]`; and as `packages` those of them that have code of ours. Without a commit, or with
one that is not in the history, it is every stack.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from infra.assets.contents import REPOSITORY, SERVICES
from infra.order import STACKS, stages

EVERY = frozenset(STACKS)
WITH_CODE = frozenset(SERVICES)
DASHBOARD = "operations"
"""The stack that shows the functions and alarms of all others."""


def find_reached(path: str, comes_or_goes: bool = False) -> frozenset[str]:
    """The stacks that a changed file belongs to; `comes_or_goes` when it is new or was deleted."""
    match PurePosixPath(path).parts:
        case ("services", service, "handlers", _) if comes_or_goes:
            return EVERY & {service, DASHBOARD}
        case ("services", service, _, *_):
            return EVERY & {service}
        case ("services" | "contracts" | "stagekit", *_) | ("infra", "assets", *_):
            return WITH_CODE
        case ("infra", "stacks", file):
            return EVERY & {file.removesuffix(".py"), DASHBOARD} if file != "__init__.py" else EVERY
        case ("infra", "workflows", *_):
            return frozenset({"gateway"})
        case ("web", *_) | ("infra", "web" | "environment.py", *_):
            return frozenset({"web"})
        case ("infra", "local" | "delivery" | "changed.py", *_):
            return frozenset()
        case ("infra", *_) | ("cdk.json" | "requirements.txt",):
            return EVERY
        case _:
            return frozenset()


def changed_since(commit: str, repository: Path = REPOSITORY) -> frozenset[str]:
    """The stacks that what was committed after `commit` reaches; every one when there is no such commit."""
    if not commit or _git(repository, "merge-base", "--is-ancestor", commit, "HEAD").returncode:
        return EVERY
    diff = _git(repository, "diff", "--name-status", "--no-renames", "-z", commit, "HEAD")
    diff.check_returncode()
    return frozenset(stack for kind, path in _pairs(diff.stdout) for stack in find_reached(path, kind in ("A", "D")))


def _pairs(diff: str) -> Iterator[tuple[str, str]]:
    fields = diff.split("\0")
    return zip(fields[::2], fields[1::2], strict=False)


def _git(repository: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *command], cwd=repository, capture_output=True, text=True, check=False)


def main() -> None:
    commit = sys.argv[1] if len(sys.argv) > 1 else ""
    found = changed_since(commit)
    for number, stage in enumerate(stages(), start=1):
        print(f"stage-{number}={json.dumps([stack for stack in stage if stack in found])}")
    print(f"packages={json.dumps(sorted(found & WITH_CODE))}")


if __name__ == "__main__":
    main()
