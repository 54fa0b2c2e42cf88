"""A secret in a source is found before it is committed; what is none was looked at once."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from detect_secrets.core.secrets_collection import SecretsCollection

from ninelives.deployment.secret_scan import BASELINE, all_files, changed_files, find_secrets

REPOSITORY = Path(__file__).resolve().parents[2]
KEY = "AKIA" + "Q3EGRNA7Z5KJ2XWB"


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A repository with two commits."""
    _git(tmp_path, "init", "--quiet")
    shutil.copy(REPOSITORY / BASELINE, tmp_path)
    for name in ("old.py", "new.py"):
        (tmp_path / name).write_text("answer = 42\n")
        _git(tmp_path, "add", "--all")
        _git(tmp_path, "-c", "user.name=Cat", "-c", "user.email=cat@example.org", "commit", "-qm", "Change")
    return tmp_path


def _git(repository: Path, *command: str) -> None:
    subprocess.run(["git", *command], cwd=repository, check=True, capture_output=True)


def test_a_key_in_a_file_that_is_not_committed_is_found(sources: Path) -> None:
    (sources / "draft.py").write_text(f'key = "{KEY}"\n')

    found = find_secrets(sources, changed_files(sources))

    assert found and all(line.startswith("draft.py:1: ") for line in found)
    assert KEY not in "".join(found)


def test_what_was_looked_at_is_passed_over(sources: Path) -> None:
    (sources / "draft.py").write_text(f'key = "{KEY}"  # pragma: allowlist secret\n')

    assert find_secrets(sources, changed_files(sources)) == []


def test_what_is_in_the_baseline_is_passed_over_wherever_its_line_has_gone() -> None:
    [known, *_] = [file for file in _baseline() if file.endswith("test_count.py")]

    assert find_secrets(REPOSITORY, [known]) == []


def test_what_is_in_the_baseline_of_one_file_is_found_in_another(sources: Path) -> None:
    [known, *_] = [file for file in _baseline() if file.endswith("test_count.py")]
    shutil.copy(REPOSITORY / known, sources / "copy.py")

    assert find_secrets(sources, changed_files(sources)) != []


def _baseline() -> list[str]:
    stored: dict[str, object] = json.loads((REPOSITORY / BASELINE).read_text())["results"]
    return list(stored)


def test_only_what_changed_is_read_and_all_of_it_where_nothing_is_known_of_before(sources: Path) -> None:
    (sources / "draft.py").touch()
    (sources / "requirements.txt").touch()
    assert changed_files(sources, series=1) == ["draft.py", "new.py"]
    assert changed_files(sources, series=2) == all_files(sources) == ["draft.py", "new.py", "old.py"]


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
    made.touch()

    assert "contracts/schemas/made.json" in changed_files(sources, series=1)
    assert "contracts/schemas/made.json" not in all_files(sources)
