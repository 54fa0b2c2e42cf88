"""Somebody at the web game, in a browser profile of their own; finds things as people do, by role and name."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, WebError, expect

from tests.support.cloud import Cloud
from tests.support.driving import Game

PATIENCE = 20_000  # milliseconds for one turn
NUMBERED = re.compile(r"^Turn \d+$")


@dataclass
class Visitor:
    """A page of the game, and all that its console complained about."""

    cloud: Cloud
    context: BrowserContext
    complaints: list[str] = field(default_factory=list)
    sent: list[Request] = field(default_factory=list)
    _provoked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.set_default_timeout(PATIENCE)
        self.context.on("console", self._spoke)
        self.context.on("weberror", self._broke)
        self.page: Page = self.context.new_page()
        self.page.on("request", self._note_request)

    def _spoke(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} ({message.location.get('url')})")

    def _broke(self, error: WebError) -> None:
        self.complaints.append(f"uncaught: {error.error.stack or error.error}")

    def _note_request(self, request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/turns"):
            self.sent.append(request)

    # The console

    def provokes(self, words: str) -> None:
        """The test brings about complaints with these words; they are not held against the page."""
        self._provoked.append(words)

    @property
    def unprovoked(self) -> list[str]:
        return [each for each in self.complaints if not any(words in each for words in self._provoked)]

    # Coming in

    def as_player(self, game: Game) -> Visitor:
        """With the session of the game's player."""
        session = {"player_id": game.player, "guest": False, "refresh_token": None}
        self.context.add_init_script(
            f"sessionStorage.setItem('nl.access', {json.dumps(self.cloud.token(game.player))});"
            f"localStorage.setItem('nl.session', {json.dumps(json.dumps(session))});"
        )
        return self

    def open(self, place: str = "") -> Visitor:
        """Go to a place of the game, e.g. `new`."""
        self.page.goto(f"{self.cloud.stack['web_url']}#/{place}")
        return self

    def at_the_table(self, game: Game) -> Visitor:
        """The game's own player at their campaign, ready to act."""
        return self.as_player(game).open(f"play/{game.campaign_id}").ready()

    def wake_up(self, name: str = "Pixel") -> Visitor:
        """Make a cat as a guest, from the first page on."""
        self.open()
        self.page.get_by_role("link", name="Wake up as a cat").click()
        self.page.get_by_label("The tag on your ear says").fill(name)
        self.button("Wake up").click()
        self.button("Play as a guest").click()
        return self.ready()

    def ready(self) -> Visitor:
        """The table is laid: the cat's lives are counted and the box may be sent."""
        expect(self.page.get_by_role("img", name="of nine lives left").first).to_be_visible(timeout=PATIENCE)
        expect(self.button("Send")).to_be_enabled()
        return self

    # Playing

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    @property
    def box(self) -> Locator:
        return self.page.get_by_role("textbox", name="What does your cat do?")

    @property
    def told(self) -> Locator:
        """The turns on the page."""
        return self.page.get_by_role("article", name=NUMBERED)

    @property
    def being_told(self) -> Locator:
        return self.page.get_by_role("article", name="The turn that is being told")

    def turn(self, number: int) -> Locator:
        return self.page.get_by_role("article", name=f"Turn {number}", exact=True)

    def say(self, action: str) -> None:
        self.box.fill(action)
        self.button("Send").click()

    def act(self, action: str, number: int) -> Locator:
        """Type, send, and wait until the turn of this number is told."""
        self.say(action)
        return self.hears(action, number)

    def hears(self, action: str, number: int) -> Locator:
        card = self.turn(number)
        expect(card).to_be_visible(timeout=PATIENCE)
        expect(card).to_contain_text(action)
        return card

    def dice(self, card: Locator) -> Locator:
        """The dice that were thrown in a turn: a line for each deed."""
        return card.get_by_role("list", name="Dice", exact=True).locator("summary")

    def opened_dice(self, card: Locator) -> Locator:
        """The turn with the first of these lines opened."""
        self.dice(card).first.click()
        return card

    @property
    def ideas(self) -> Locator:
        return self.page.get_by_role("group", name="Suggested actions").get_by_role("button")

    def moving(self) -> list[str]:
        """The animations in the page right now."""
        moves: list[str] = self.page.evaluate(
            "document.getAnimations().map((each) => each.animationName ?? each.transitionProperty ?? 'something')"
        )
        return moves

    def keys(self) -> list[Any]:
        """The Idempotency-Keys of the turns that were asked for."""
        return [request.headers["idempotency-key"] for request in self.sent]

    def wishes(self) -> list[dict[str, Any]]:
        """The bodies of the turns that were asked for."""
        return [json.loads(request.post_data or "null") for request in self.sent]
