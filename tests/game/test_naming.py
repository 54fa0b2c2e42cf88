"""Naming a cat in the terminal."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.playerapi import Problem
from ninelives.cli import play
from ninelives.game.client import RequestRefused

WRONG = "must have no quotation marks"


class Api:
    """Takes every name but those with a quotation mark."""

    def __init__(self, pointer: str = play.NAME) -> None:
        self.pointer = pointer

    def start(self, name: str, class_id: str) -> str:
        if "”" not in name:
            return f"{name}, {class_id}"
        errors = ({"pointer": self.pointer, "detail": WRONG},)
        raise RequestRefused(
            Problem(type="/problems/invalid-name", title="Invalid name", status=422, detail="No.", errors=errors)
        )


def _typed(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    typed = iter(names)
    monkeypatch.setattr(play.Prompt, "ask", lambda *_, **__: next(typed))


def test_a_name_that_is_refused_is_asked_for_again_and_why_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    client: Any = Api()
    _typed(monkeypatch, "Tom”", "Tom")

    assert play._named(client, "prowler") == "Tom, prowler"
    assert WRONG in capsys.readouterr().out


def test_a_refusal_of_anything_else_is_not_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    client: Any = Api(pointer="#/character/class_id")
    _typed(monkeypatch, "Tom”")

    with pytest.raises(RequestRefused):
        play._named(client, "prowler")
