"""The sheet in the terminal shows a name that is older than the rules for names, and does not obey it."""

from __future__ import annotations

from ninelives.game import screen
from services.gateway.tests import builders
from tests.game.test_opening import print_text


def test_a_name_commands_neither_the_terminal_nor_the_sheet() -> None:
    named = builders.sheet()
    written = "\x9b31mTom\u202e\x1b[2J\r\n[bold]:skull:[/]"
    cat = named.state.character.model_copy(update={"name": written})
    text = print_text(
        screen.sheet(named.model_copy(update={"state": named.state.model_copy(update={"character": cat})}))
    )

    assert all(line.isprintable() for line in text.split("\n")), text
    assert "Tom\\u202e" in text
    assert "[bold]:skull:[/]" in text
