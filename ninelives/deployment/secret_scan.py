"""Secrets in the sources, found by detect-secrets; `.secrets.baseline` has what was looked at and is none.

What a change needs is its own lines: those that the last twenty commits added, so that a series is read whole, and what
is not committed. Where fewer commits are known, everything is read that somebody wrote; a text in which nothing was
found is read once.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import chdir
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from detect_secrets.core.potential_secret import PotentialSecret

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


def find_added(repository: Path, read_before: Path | None = None, series: int = SERIES) -> list[str]:
    """A line (file:line: kind) for each secret that the last `series` commits or the working tree added; for each
    everywhere where fewer commits are known."""
    before = f"HEAD~{series}"
    known = ["git", "rev-parse", "--verify", "--quiet", before]
    if subprocess.run(known, cwd=repository, stdout=subprocess.DEVNULL).returncode:
        return find_secrets(repository, all_files(repository), read_before)
    from detect_secrets.core.scan import scan_diff

    looked_at = _read_baseline(repository)
    added = _git(repository, "diff", "--unified=0", "--no-color", "--no-ext-diff", "--diff-filter=d", before)
    with chdir(repository):  # a file that is not there is passed over
        found = [(each.filename, each) for each in scan_diff(added) if Path(each.filename).name not in HASHES_AND_DATA]
    new = _names(_git(repository, "ls-files", "--others", "--exclude-standard", "-z"))
    return sorted({*_list_unknown(found, looked_at), *find_secrets(repository, new, read_before)})


def all_files(repository: Path) -> list[str]:
    """Every file that git keeps, or would, and that somebody wrote."""
    kept = _names(_git(repository, "ls-files", "--cached", "--others", "--exclude-standard", "-z"))
    return [file for file in kept if not file.startswith(GENERATED)]


def find_secrets(repository: Path, files: Sequence[str], read_before: Path | None = None) -> list[str]:
    """A line (file:line: kind) for each that is not in the baseline. A line that holds `pragma: allowlist secret` is
    passed over. `read_before` remembers the texts in which there was nothing at all."""
    from detect_secrets.core.secrets_collection import SecretsCollection

    looked_at = _read_baseline(repository)
    harmless = _Harmless(read_before, looked_at.detectors)
    found = SecretsCollection(root=str(repository))
    for file in (each for each in files if (repository / each).is_file()):
        digest = _digest(file.encode(), (repository / file).read_bytes())
        if digest not in harmless.texts:
            found.scan_file(file)
            if not found[file]:
                harmless.texts.add(digest)
    harmless.write()
    return sorted(_list_unknown(found, looked_at))


class _LookedAt(NamedTuple):
    """Hashes of what is no secret, with file and kind; and a digest of the detectors."""

    known: set[tuple[str, str, str]]
    detectors: str


def _read_baseline(repository: Path) -> _LookedAt:
    """Reading the baseline sets which detectors are used, too."""
    from detect_secrets.core import baseline

    stored = baseline.load_from_file(str(repository / BASELINE))
    known = {(file, each.type, each.secret_hash) for file, each in baseline.load(stored, str(repository / BASELINE))}
    detectors = [version("detect-secrets"), stored["plugins_used"], stored["filters_used"]]
    return _LookedAt(known, _digest(json.dumps(detectors, sort_keys=True).encode()))


def _list_unknown(found: Iterable[tuple[str, PotentialSecret]], looked_at: _LookedAt) -> Iterator[str]:
    for file, each in found:
        if (file, each.type, each.secret_hash) not in looked_at.known:
            yield f"{file}:{each.line_number}: {each.type}"


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


def _names(listed: str) -> list[str]:
    """Names of files in a list of git's, without those that hold no secret and much that looks like one."""
    return sorted({each for each in listed.split("\0") if each and Path(each).name not in HASHES_AND_DATA})


def _git(repository: Path, *command: str) -> str:
    run = ["git", *command]
    return subprocess.run(
        run, cwd=repository, capture_output=True, check=True, encoding="utf-8", errors="replace"
    ).stdout
