"""One browser for the folder, a profile for each visitor; whoever visited leaves no complaint in the console."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.support.cloud import Cloud
from tests.web.chromium import NoBrowser, chromium
from tests.web.page_driver import Visitor

EXPECTED_WITHIN = 20_000  # milliseconds: a page on a busy machine waits for a cloud that shares it
DESK = {"width": 1280, "height": 800}
STILL = "reduce"
"""Visitors who ask for no motion, unless a module says `MOTION = "no-preference"`: a moving page keeps a core busy."""
Visits = Callable[..., Visitor]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """For the package, not the session: while it runs, no other event loop can run in this thread."""
    try:
        path = chromium()
    except NoBrowser as why:
        pytest.skip(f"the web game is not tested: {why}")
    expect.set_options(timeout=EXPECTED_WITHIN)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def visits(browser: Browser, cloud: Cloud) -> Iterator[Visits]:
    """Make visitors; `visits(**settings of the browser context)`."""
    came: list[Visitor] = []

    def visit(**settings: Any) -> Visitor:
        came.append(Visitor(cloud, browser.new_context(**{"viewport": DESK, "reduced_motion": STILL, **settings})))
        return came[-1]

    yield visit
    for visitor in came:
        visitor.context.close()
    assert [each.unprovoked for each in came] == [[] for _ in came]


@pytest.fixture
def visitor(visits: Visits, request: pytest.FixtureRequest) -> Visitor:
    return visits(reduced_motion=getattr(request.module, "MOTION", STILL))
