"""Secrets in the sources, found by detect-secrets; `.secrets.baseline` has what was looked at and is none.

The whole tree takes more than a minute. What a change needs is its own files: those of the last commit and what is not
committed.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

BASELINE = ".secrets.baseline"
HASHES_AND_DATA = ("requirements.txt", "package-lock.json", BASELINE)
"""Names of files that hold nothing but hashes."""


def changed_files(repository: Path) -> list[str]:
    """Files that the last commit or the working tree changed; all of them where no commit before the last is known."""
    if subprocess.run(
        ["git", "rev-parse", "--verify", "--quiet", "HEAD~1"], cwd=repository, stdout=subprocess.DEVNULL
    ).returncode:
        return all_files(repository)
    changed = _git(repository, "diff", "--name-only", "--diff-filter=d", "HEAD~1")
    return _scanned([*changed, *_git(repository, "ls-files", "--others", "--exclude-standard")])


def all_files(repository: Path) -> list[str]:
    """Every file that git keeps, or would."""
    return _scanned(_git(repository, "ls-files", "--cached", "--others", "--exclude-standard"))


def find_secrets(repository: Path, files: Sequence[str]) -> list[str]:
    """A line (file:line: kind) for each that is not in the baseline. A line that holds `pragma: allowlist secret` is
    passed over."""
    from detect_secrets.core import baseline
    from detect_secrets.core.secrets_collection import SecretsCollection

    # Loading the baseline sets which detectors are used, too.
    stored = baseline.load_from_file(str(repository / BASELINE))
    looked_at = baseline.load(stored, str(repository / BASELINE))
    known = {(file, each.type, each.secret_hash) for file, each in looked_at}
    found = SecretsCollection(root=str(repository))
    for file in files:
        found.scan_file(file)
    return sorted(
        f"{file}:{each.line_number}: {each.type}"
        for file, each in found
        if (file, each.type, each.secret_hash) not in known
    )


def _scanned(files: Sequence[str]) -> list[str]:
    return sorted({each for each in files if Path(each).name not in HASHES_AND_DATA})


def _git(repository: Path, *command: str) -> list[str]:
    done = subprocess.run(["git", *command, "-z"], cwd=repository, capture_output=True, text=True, check=True)
    return [each for each in done.stdout.split("\0") if each]
