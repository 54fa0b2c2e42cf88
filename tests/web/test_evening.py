"""The evening of the docs, typed in the page: whatever its dice, each line is told, and told as the API tells it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from infra.local.home import REPOSITORY
from tests.support.driving import Game
from tests.support.size import pick_size
from tests.web.page_driver import Visitor

LINES = re.findall(r"^\*\*(.+)\*\*$", (REPOSITORY / "docs/evening.md").read_text(encoding="utf-8"), re.MULTILINE)
TYPED = pick_size(LINES[:5], LINES)

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(pick_size(300, soaking=1200))]


def test_every_line_of_an_evening_is_told_in_the_page(visitor: Visitor, game: Game) -> None:
    visitor.at_the_table(game)

    for number, line in enumerate(TYPED, 1):
        card = visitor.act(line, number)
        [told] = game.http.get(f"{game.path}/turns?limit=1").raise_for_status().json()["items"]
        assert (told["action"], told["number"]) == (line, number)
        for paragraph in told["narrative"].split("\n\n"):
            expect(card).to_contain_text(paragraph)
