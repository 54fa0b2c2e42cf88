"""Secrets in the sources, found by detect-secrets; `.secrets.baseline` has what was looked at and is none.

What a change needs is its own files: those of the last twenty commits, so that a series is read whole, and what is not
committed. Where fewer commits are known, everything is read that somebody wrote; a text in which nothing was found is
read once.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

BASELINE = ".secrets.baseline"
SERIES = 20
"""Commits, merges counted as one, whose changes are read."""
HASHES_AND_DATA = ("requirements.txt", "package-lock.json", "real_words.txt", BASELINE)
"""Names of files that hold nothing but hashes, or words of a dictionary."""
GENERATED = (
    "contracts/released/",
    "contracts/schemas/",
    "docs/images/",
    "docs/openapi.json",
    "docs/released/",
    "services/dm/domain/reading/english/phrasings.json",
)
"""Made from sources that are read, which tests hold; or pictures. Read when they change, and not with everything."""


def changed_files(repository: Path, series: int = SERIES) -> list[str]:
    """Files that the last `series` commits or the working tree changed; all of them where fewer commits are known."""
    before = f"HEAD~{series}"
    if subprocess.run(
        ["git", "rev-parse", "--verify", "--quiet", before], cwd=repository, stdout=subprocess.DEVNULL
    ).returncode:
        return all_files(repository)
    changed = _git(repository, "diff", "--name-only", "--diff-filter=d", before)
    return _scan([*changed, *_git(repository, "ls-files", "--others", "--exclude-standard")])


def all_files(repository: Path) -> list[str]:
    """Every file that git keeps, or would, and that somebody wrote."""
    kept = _git(repository, "ls-files", "--cached", "--others", "--exclude-standard")
    return _scan([file for file in kept if not file.startswith(GENERATED)])


def find_secrets(repository: Path, files: Sequence[str], read_before: Path | None = None) -> list[str]:
    """A line (file:line: kind) for each that is not in the baseline. A line that holds `pragma: allowlist secret` is
    passed over. `read_before` remembers the texts in which there was nothing at all."""
    from detect_secrets.core import baseline
    from detect_secrets.core.secrets_collection import SecretsCollection

    # Loading the baseline sets which detectors are used, too.
    stored = baseline.load_from_file(str(repository / BASELINE))
    looked_at = baseline.load(stored, str(repository / BASELINE))
    known = {(file, each.type, each.secret_hash) for file, each in looked_at}
    detectors = [version("detect-secrets"), stored["plugins_used"], stored["filters_used"]]
    harmless = _Harmless(read_before, _digest(json.dumps(detectors, sort_keys=True).encode()))
    found = SecretsCollection(root=str(repository))
    for file in (each for each in files if (repository / each).is_file()):
        digest = _digest(file.encode(), (repository / file).read_bytes())
        if digest not in harmless.texts:
            found.scan_file(file)
            if not found[file]:
                harmless.texts.add(digest)
    harmless.write()
    return sorted(
        f"{file}:{each.line_number}: {each.type}"
        for file, each in found
        if (file, each.type, each.secret_hash) not in known
    )


class _Harmless:
    """Digests of texts, with their files' names, in which these detectors found nothing."""

    def __init__(self, stored: Path | None, detectors: str) -> None:
        self._stored = stored
        self._detectors = detectors
        self.texts: set[str] = set()
        if stored and stored.is_file():
            told = json.loads(stored.read_text(encoding="utf-8"))
            if told["detectors"] == detectors:
                self.texts.update(told["texts"])

    def write(self) -> None:
        if self._stored:
            self._stored.parent.mkdir(parents=True, exist_ok=True)
            told = {"detectors": self._detectors, "texts": sorted(self.texts)}
            self._stored.write_text(json.dumps(told), encoding="utf-8")


def _digest(*parts: bytes) -> str:
    return sha256(b"\0".join(parts)).hexdigest()


def _scan(files: Sequence[str]) -> list[str]:
    return sorted({each for each in files if Path(each).name not in HASHES_AND_DATA})


def _git(repository: Path, *command: str) -> list[str]:
    done = subprocess.run(["git", *command, "-z"], cwd=repository, capture_output=True, text=True, check=True)
    return [each for each in done.stdout.split("\0") if each]
