"""A link of a page to a file of the repository leads there."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
CODE = re.compile(r"```.*?```", re.S)
LINK = re.compile(r"\]\(([^)\s#]+)[^)\s]*\)")
ADDRESS = re.compile(r"[a-z]+:")


def pages() -> list[str]:
    """Every page that is committed or about to be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"]
    said = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    return [name for name in said.splitlines() if (REPOSITORY / name).is_file()]


@pytest.mark.parametrize("page", pages())
def test_links_lead_to_what_is_there(page: str) -> None:
    text = CODE.sub("", (REPOSITORY / page).read_text(encoding="utf-8"))
    linked = [link for link in LINK.findall(text) if not ADDRESS.match(link)]

    assert [link for link in linked if not ((REPOSITORY / page).parent / link).exists()] == []
