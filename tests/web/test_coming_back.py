"""Guests and accounts through the page: keeping one's cats, coming back from elsewhere, and leaving."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.conftest import Visits
from tests.web.page_driver import Visitor

pytestmark = pytest.mark.cloud

PASSWORD = "Nine-lives-9"


def address() -> str:
    return f"cat-{uuid4().hex}@example.org"


def fill(page: Page, title: str, **values: str) -> None:
    """A form of sign-in, by the names of its fields; sent."""
    form = page.get_by_role("form", name=title)
    for label, value in values.items():
        form.get_by_label(label.replace("_", " ")).fill(value)
    form.get_by_role("button").click()


def test_a_guests_cat_is_there_again_on_another_device(visits: Visits) -> None:
    email, here = address(), visits().wake_up("Marmalade")
    here.act("I search this place", 1)
    here.page.get_by_role("link", name="All cats").click()

    here.button("Keep my cats: make an account").click()
    fill(here.page, "Make an account", **{"E-mail": email, "New password": PASSWORD})
    expect(here.page.get_by_role("form", name="Confirm the e-mail")).to_be_visible()
    here.button("Later").click()
    expect(here.button("Sign out")).to_be_visible()
    expect(here.button("Confirm my e-mail")).to_be_visible()

    there = visits().open()
    there.button("I have been here before").click()
    fill(there.page, "Sign in", **{"E-mail": email, "Password": PASSWORD})
    there.page.get_by_role("link", name="Marmalade").click()
    expect(there.turn(1)).to_be_visible()
    there.ready().act("I listen", 2)

    there.page.get_by_role("link", name="All cats").click()
    with there.page.expect_response("**/v1/sessions/revocation") as revoked:
        there.button("Sign out").click()
    assert revoked.value.status == 204
    expect(there.button("I have been here before")).to_be_visible()
    expect(there.page.get_by_role("link", name="Marmalade")).to_have_count(0)


def test_a_guest_is_told_what_signing_out_would_cost(visitor: Visitor) -> None:
    page = visitor.wake_up("Umbra").page
    page.get_by_role("link", name="All cats").click()

    visitor.button("Sign out").click()
    warning = page.get_by_role("dialog", name="Your cats would be lost")
    expect(warning).to_contain_text("There is no way back")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Umbra")).to_be_visible()
    visitor.button("Sign out").click()
    visitor.button("Sign out and lose them").click()

    expect(visitor.button("I have been here before")).to_be_visible()
    assert page.evaluate("() => localStorage.getItem('nl.session')") is None


def test_a_lost_password_is_replaced_by_the_code_of_a_letter(visitor: Visitor) -> None:
    email, asked = address(), []

    def answers(route: Route) -> None:
        asked.append((route.request.url.split("/v1/")[1], route.request.post_data_json))
        if route.request.url.endswith("/v1/sessions"):
            session = {"player_id": "p", "guest": False, "access_token": "a", "expires_in": 900, "refresh_token": "r"}
            return route.fulfill(json=session)
        return route.fulfill(status=202 if route.request.url.endswith("resets") else 204)

    page = visitor.open().page
    page.route("**/v1/password-resets*", answers)
    page.route("**/v1/password-resets/*", answers)
    page.route("**/v1/sessions", answers)
    page.route("**/v1/campaigns?*", lambda route: route.fulfill(json={"items": [], "next_cursor": None}))
    page.route("**/v1/leaderboard", lambda route: route.fulfill(json={"world": "nekopolis", "items": []}))

    visitor.button("I have been here before").click()
    page.get_by_role("form", name="Sign in").get_by_label("E-mail").fill(email)
    visitor.button("I lost my password").click()
    expect(page.get_by_role("form", name="A lost password").get_by_label("E-mail")).to_have_value(email)
    visitor.button("Send the letter").click()
    fill(page, "A new password", **{"The code from the letter": " 123456 ", "New password": PASSWORD})

    expect(page.get_by_role("heading", name="Your cats")).to_be_visible()
    assert asked == [
        ("password-resets", {"email": email}),
        ("password-resets/confirmation", {"email": email, "code": "123456", "password": PASSWORD}),
        ("sessions", {"email": email, "password": PASSWORD}),
    ]
