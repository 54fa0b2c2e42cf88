"""Pictures of the screens, for a person to look at, with what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.web.page_driver import Visitor

SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 800}}
SCREENS = Path(__file__).parents[2] / ".local" / "screens"
GRAVE = ("serious", "critical")


def barriers(page: Page) -> list[str]:
    """The violations that axe holds for serious or critical, with the element that each is about."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['target']}" for each in found if each["impact"] in GRAVE for node in each["nodes"]]


@dataclass
class Album:
    """Pictures of the screens, for a person to look at; and what is wrong with them."""

    visitor: Visitor
    size: str
    wrong: list[str] = field(default_factory=list)

    def take(self, screen: str) -> None:
        page = self.visitor.page
        SCREENS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENS / f"{screen}-{self.size}.png", animations="disabled")
        self.wrong += [f"{screen}: {barrier}" for barrier in barriers(page)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            self.wrong.append(f"{screen}: wider than the window")
