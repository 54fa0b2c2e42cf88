"""Naming a cat in the terminal, and what is said of a refusal."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from contracts.playerapi import ContentChoice, Problem, World
from ninelives.cli import play
from ninelives.game.client import RequestRefused

LEVELS = ("teen", "family")
WRONG = "must have no quotation marks"


class Api:
    """Takes every name but those with a quotation mark."""

    def __init__(self, pointer: str = play.NAME) -> None:
        self.pointer = pointer

    def start(self, name: str, class_id: str, content: str | None = None) -> str:
        if "”" not in name:
            return f"{name}, {class_id}" + (f", {content}" if content else "")
        errors = ({"pointer": self.pointer, "detail": WRONG},)
        raise RequestRefused(
            Problem(type="/problems/invalid-name", title="Invalid name", status=422, detail="No.", errors=errors)
        )


def _type(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    typed = iter(names)
    monkeypatch.setattr(play.Prompt, "ask", lambda *_, **__: next(typed))


def test_a_name_that_is_refused_is_asked_for_again_and_why_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    client: Any = Api()
    _type(monkeypatch, "Tom”", "Tom")

    assert play._start_campaign(client, "prowler") == "Tom, prowler"
    assert WRONG in capsys.readouterr().out


def test_a_refusal_of_anything_else_is_not_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    client: Any = Api(pointer="#/character/class_id")
    _type(monkeypatch, "Tom”")

    with pytest.raises(RequestRefused):
        play._start_campaign(client, "prowler")


def test_what_is_wrong_with_an_action_is_said_and_nothing_of_it_is_markup(capsys: pytest.CaptureFixture[str]) -> None:
    errors = ({"pointer": "#/action", "detail": "Holds [control] characters."},)

    play._say_why(Problem(type="/problems/x", title="Invalid body", status=422, detail="Not valid.", errors=errors))

    assert " ".join(capsys.readouterr().out.split()) == "Invalid body: Not valid. Holds [control] characters."


TEEN, FAMILY = (ContentChoice(id=level, name=level, text=f"For {level}.", usual=level == "teen") for level in LEVELS)


@pytest.mark.parametrize(
    ("offered", "typed", "chosen"),
    [((FAMILY, TEEN), ("1",), "family"), ((FAMILY, TEEN), ("2",), "teen"), ((), (), None)],
)
def test_what_the_story_may_hold_is_asked_in_plain_words_where_there_is_a_choice(
    offered: tuple[ContentChoice, ...],
    typed: tuple[str, ...],
    chosen: str | None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    _type(monkeypatch, *typed)

    assert play._content(cast("World", SimpleNamespace(content=offered))) == chosen
    assert ("For family." in capsys.readouterr().out) is bool(offered)


def test_a_cat_is_made_at_the_level_that_was_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    client: Any = Api()
    _type(monkeypatch, "Tom")

    assert play._start_campaign(client, "prowler", "family") == "Tom, prowler, family"
