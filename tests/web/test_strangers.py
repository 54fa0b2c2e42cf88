"""Stories of other players are not there, and nothing of them comes through the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Response, expect

from tests.support.driving import Game
from tests.web.page_driver import Visitor

pytestmark = pytest.mark.cloud


@pytest.mark.parametrize("page", ["index.html#/play/{}", "share.html?campaign={}"])
def test_the_address_of_another_players_story_leads_nowhere(visitor: Visitor, game: Game, page: str) -> None:
    visitor.provokes("status of 404")
    game.begin("Umbra the Unseen").act("I search this place")
    heard: list[str] = []
    visitor.wake_up("Eve").page.on("response", lambda answer: heard.append(body(answer)))

    web = visitor.cloud.stack["web_url"].removesuffix("index.html")
    visitor.page.goto("about:blank")
    visitor.page.goto(web + page.format(game.campaign_id))

    expect(visitor.page.get_by_text("There is no such story here, or it is somebody else's.")).to_be_visible()
    expect(visitor.page.get_by_role("heading", name="No such address")).to_be_visible()
    assert "Umbra" not in visitor.page.content() + "".join(heard)
    visitor.page.goto(f"{web}index.html")
    expect(visitor.page.get_by_role("link", name="Eve")).to_be_visible()
    assert "Umbra" not in visitor.page.get_by_role("list").all_inner_texts()[0]


def body(answer: Response) -> str:
    return answer.text() if "/v1/" in answer.url and answer.status != 204 else ""
