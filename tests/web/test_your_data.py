"""The data that the game has of a player, from the page: downloaded, or erased for good. The API is a double."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.web.album import SIZES, barriers

WEB = Path(__file__).resolve().parents[2] / "web"
HOST = "https://nine.example"
KINDS = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
EXPORT = {"export_id": "x_1", "state": "running", "begun_at": "2026-01-01T00:00:00Z"}
LINK = f"{HOST}/archive.zip"
READY = EXPORT | {"state": "ready", "bytes": 2048, "link": LINK}
ERASURE = {
    "erasure_id": "e_1", "state": "running", "steps_done": 1, "steps": 3, "campaigns": 2, "campaigns_done": 1,
    "started_at": "2026-01-01T00:00:00Z",
}  # fmt: skip


class Api:
    """Answers by method and path: the first of those that are left, and the last one again. `asked` has the bodies."""

    def __init__(self) -> None:
        self.answers: dict[str, list[tuple[int, Any]]] = {
            "GET /v1/campaigns": [(200, {"items": []})],
            "GET /v1/leaderboard": [(200, {"world": "nekopolis", "items": []})],
        }
        self.asked: dict[str, list[Any]] = {}
        self.tokens: dict[str, str | None] = {}

    def serve(self, route: Route) -> None:
        request, path = route.request, route.request.url.removeprefix(HOST).split("?")[0]
        if path == "/archive.zip":
            return route.fulfill(body=b"PK", headers={"content-disposition": 'attachment; filename="nine-lives.zip"'})
        if path == "/config.json":
            return route.fulfill(json={"environment": "local", "api_url": HOST, "ws_url": None, "chaos": False})
        if not path.startswith("/v1/"):
            file = WEB / path.lstrip("/")
            return route.fulfill(body=file.read_bytes(), content_type=KINDS[file.suffix])
        name = f"{request.method} {path}"
        self.asked.setdefault(name, []).append(request.post_data_json)
        self.tokens[name] = request.headers.get("authorization")
        status, body = self.answers[name].pop(0) if len(self.answers[name]) > 1 else self.answers[name][0]
        return route.fulfill(status=status, json=body)


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def context(browser: Browser, api: Api) -> Iterator[BrowserContext]:
    """A guest's phone, whose time flies: the page asks once a second."""
    made = browser.new_context(viewport=SIZES["phone"], reduced_motion="reduce")
    made.add_init_script("const later = setTimeout; setTimeout = (act, wait) => later(act, wait / 20);")
    made.route(f"{HOST}/**", api.serve)
    made.add_init_script(
        "if (!sessionStorage.getItem('seen')) {"
        "  sessionStorage.setItem('seen', '1');"
        "  sessionStorage.setItem('nl.access', 'token-of-ada');"
        f"  localStorage.setItem('nl.session', {json.dumps(json.dumps({'player_id': 'ada', 'guest': True}))});"
        "  localStorage.setItem('nl.draft.c_1', '\"I whisper\"');"
        "}"
    )
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """With "Your data" open, by the keyboard alone."""
    opened = context.new_page()
    opened.goto(f"{HOST}/index.html")
    expect(opened.get_by_role("button", name="Your data", exact=True)).to_be_visible()
    tab_to(opened, "Your data")
    opened.keyboard.press("Enter")
    expect(opened.get_by_role("dialog", name="Your data")).to_be_visible()
    expect(opened.get_by_role("button", name="Download my data")).to_be_focused()
    return opened


def tab_to(page: Page, name: str, role: Any = "button") -> None:
    """Press Tab until it has the focus."""
    wanted = page.get_by_role(role, name=name, exact=True)
    for _ in range(12):
        if wanted.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} is not reached by the keyboard")


def test_ones_data_is_packed_and_saved_by_the_keyboard_alone(page: Page, api: Api) -> None:
    api.answers["POST /v1/account/export"] = [(202, EXPORT)]
    api.answers["GET /v1/account/export/x_1"] = [(200, EXPORT), (200, READY)]

    tab_to(page, "Download my data")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Packing …")).to_be_visible()
    save = page.get_by_role("link", name="Save it (2 KB)")
    expect(save).to_be_focused()
    with page.expect_download() as saved:
        page.keyboard.press("Enter")

    assert saved.value.suggested_filename == "nine-lives.zip"
    assert barriers(page) == []


def test_why_nothing_was_packed_is_said_and_it_can_be_asked_again(page: Page, api: Api) -> None:
    refused = {"type": "/problems/rate-limited", "title": "Too many", "status": 429, "detail": "At most 3 a day."}
    api.answers["POST /v1/account/export"] = [(429, refused), (202, EXPORT | {"state": "failed"})]

    for words in ("At most 3 a day.", "That did not work."):
        page.get_by_role("button", name="Download my data").click()
        expect(page.get_by_role("alert").filter(has_text=words)).to_be_visible()


def test_whoever_types_the_word_is_erased_sees_how_far_it_is_and_begins_anew(page: Page, api: Api) -> None:
    api.answers["DELETE /v1/account"] = [(202, ERASURE)]
    api.answers["GET /v1/erasures/e_1"] = [
        (200, ERASURE | {"steps_done": 2, "campaigns_done": 2}),
        (200, ERASURE | {"state": "done", "steps_done": 3}),
    ]

    tab_to(page, "Type erase to confirm", "textbox")
    page.keyboard.type("erase")
    tab_to(page, "Erase me for good")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Step 2 of 3. 1 of 2 cats are gone.")).to_be_focused()
    assert barriers(page) == []
    expect(page.get_by_text("Nothing here leads to you any more.").last).to_be_visible()
    expect(page.get_by_role("button", name="Begin anew")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name="I have been here before")).to_be_visible()
    assert api.asked["DELETE /v1/account"] == [{"confirm": "erase"}]
    assert api.tokens["DELETE /v1/account"] == "Bearer token-of-ada"
    assert api.tokens["GET /v1/erasures/e_1"] is None
    stored = "Object.keys(localStorage).concat(Object.keys(sessionStorage)).filter((name) => name.startsWith('nl.'))"
    assert page.evaluate(stored) == []


def test_nobody_is_erased_without_the_word(page: Page, api: Api) -> None:
    for typed in ("", "yes", "erase me"):
        page.get_by_label("Type erase to confirm").fill(typed)
        page.get_by_role("button", name="Erase me for good").click()

    assert "DELETE /v1/account" not in api.asked


def test_an_erasure_goes_on_without_the_page(page: Page, api: Api) -> None:
    api.answers["DELETE /v1/account"] = [(202, ERASURE)]
    api.answers["GET /v1/erasures/e_1"] = [(200, ERASURE)]

    page.get_by_label("Type erase to confirm").fill(" Erase ")
    page.get_by_role("button", name="Erase me for good").click()
    expect(page.get_by_text("It goes on if you leave.")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("button", name="I have been here before")).to_be_visible()
