"""The map answers each of its questions with at most four files, and the first of them with all that there are."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
MAP = (REPOSITORY / "docs" / "map.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| (.+\?) \| (.+) \|$", MAP, flags=re.MULTILINE))
"""Answer by question."""
FIVE = (
    "Where are hit points changed?",
    "Where is a turn's idempotency key made and used?",
    "Who publishes `TurnResolved`, and who hears it?",
    "Where is a model's reply checked?",
    "Where do I add a tool?",
)
MOST_FILES = 4


def _files(answer: str) -> set[str]:
    links = re.findall(r"\]\(([^)#]+)", answer)
    return {(REPOSITORY / "docs" / link).resolve().relative_to(REPOSITORY).as_posix() for link in links}


def _sets_hit_points(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="with_cat"), keywords=options):
            return any(option.arg == "hp" for option in options)
    return False


def test_a_newcomers_questions_are_on_the_map() -> None:
    assert [question for question in FIVE if question not in ROWS] == []


@pytest.mark.parametrize("question", ROWS)
def test_a_question_is_answered_by_at_most_four_files(question: str) -> None:
    files = _files(ROWS[question])

    assert 0 < len(files) <= MOST_FILES
    assert [file for file in files if not (REPOSITORY / file).is_file()] == []


def test_the_map_names_every_module_that_changes_hit_points() -> None:
    domain = REPOSITORY / "services" / "campaign" / "domain"
    found = {
        path.relative_to(REPOSITORY).as_posix()
        for path in domain.rglob("*.py")
        if any(map(_sets_hit_points, ast.walk(ast.parse(path.read_text(encoding="utf-8")))))
    }

    assert found
    assert found - _files(ROWS["Where are hit points changed?"]) == set()
