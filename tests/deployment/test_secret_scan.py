"""A secret in a source is found before it is committed; what is none was looked at once."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from detect_secrets.core.secrets_collection import SecretsCollection

from ninelives.deployment.secret_scan import BASELINE, all_files, find_added, find_secrets

REPOSITORY = Path(__file__).resolve().parents[2]
KEY = "AKIA" + "Q3EGRNA7Z5KJ2XWB"


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A repository with two commits."""
    _git(tmp_path, "init", "--quiet")
    shutil.copy(REPOSITORY / BASELINE, tmp_path)
    for name in ("old.py", "new.py"):
        _commit(tmp_path, name, "answer = 42\n")
    return tmp_path


def _commit(repository: Path, name: str, text: str) -> None:
    (repository / name).write_text(text)
    _git(repository, "add", "--all")
    _git(repository, "-c", "user.name=Cat", "-c", "user.email=cat@example.org", "commit", "-qm", "Change")


def _git(repository: Path, *command: str) -> None:
    subprocess.run(["git", *command], cwd=repository, check=True, capture_output=True)


def test_a_key_in_a_file_that_is_not_committed_is_found(sources: Path) -> None:
    (sources / "draft.py").write_text(f'key = "{KEY}"\n')

    found = find_added(sources, series=1)

    assert found and all(line.startswith("draft.py:1: ") for line in found)
    assert KEY not in "".join(found)


def test_what_was_looked_at_is_passed_over(sources: Path) -> None:
    (sources / "draft.py").write_text(f'key = "{KEY}"  # pragma: allowlist secret\n')

    assert find_added(sources, series=1) == []


def test_what_is_in_the_baseline_is_passed_over_wherever_its_line_has_gone() -> None:
    [known, *_] = [file for file in _baseline() if file.endswith("test_count.py")]

    assert find_secrets(REPOSITORY, [known]) == []


def test_what_is_in_the_baseline_of_one_file_is_found_in_another(sources: Path) -> None:
    [known, *_] = [file for file in _baseline() if file.endswith("test_count.py")]
    shutil.copy(REPOSITORY / known, sources / "copy.py")

    assert find_added(sources, series=1) != []


def _baseline() -> list[str]:
    stored: dict[str, object] = json.loads((REPOSITORY / BASELINE).read_text())["results"]
    return list(stored)


def test_only_lines_that_were_added_are_read_and_all_of_them_where_nothing_is_known_of_before(sources: Path) -> None:
    _commit(sources, "old.py", f'key = "{KEY}"\n')
    _commit(sources, "old.py", f'key = "{KEY}"\nanswer = 42\n')
    assert find_added(sources, series=1) == []
    assert _lines(find_added(sources, series=2)) == {"old.py:1"}

    (sources / "old.py").write_text(f'key = "{KEY}"\n\nother = "{KEY}"\n')
    assert _lines(find_added(sources, series=1)) == {"old.py:3"}
    assert _lines(find_added(sources, series=4)) == {"old.py:1"}  # everything is read; the same secret is told once


def _lines(found: list[str]) -> set[str]:
    return {line.rpartition(": ")[0] for line in found}


def test_a_text_in_which_nothing_was_found_is_read_once_and_one_with_a_secret_each_time(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    scan = SecretsCollection.scan_file
    monkeypatch.setattr(SecretsCollection, "scan_file", lambda self, file: read.append(file) or scan(self, file))
    (sources / "draft.py").write_text(f'key = "{KEY}"\n')
    remembered, files = tmp_path / "elsewhere" / "read.json", ["draft.py", "new.py", "old.py"]

    first = find_secrets(sources, files, remembered)
    assert (first, read) == (find_secrets(sources, files, remembered), [*files, "draft.py"])
    (sources / "old.py").write_text("answer = 43\n")
    find_secrets(sources, files, remembered)

    assert read[-2:] == ["draft.py", "old.py"]
    assert KEY not in remembered.read_text()


def test_other_detectors_read_everything_again(sources: Path, tmp_path: Path) -> None:
    remembered = tmp_path / "read.json"
    remembered.write_text(json.dumps({"detectors": "older", "texts": ["0"]}))

    find_secrets(sources, ["new.py"], remembered)

    told = json.loads(remembered.read_text())
    assert told["detectors"] != "older"
    assert "0" not in told["texts"]


def test_what_is_generated_is_read_when_it_changes_and_not_with_everything(sources: Path) -> None:
    made = sources / "contracts" / "schemas" / "made.json"
    made.parent.mkdir(parents=True)
    made.write_text(json.dumps({"key": KEY}))

    assert _lines(find_added(sources, series=1)) == {"contracts/schemas/made.json:1"}
    assert "contracts/schemas/made.json" not in all_files(sources)
