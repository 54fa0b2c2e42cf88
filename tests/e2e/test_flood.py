"""A flood from one client on the local cloud, where no gateway throttles it: another player's turns go on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from threading import Event

import httpx
import pytest

from tests.support.cloud import Cloud
from tests.support.driving import Game

pytestmark = pytest.mark.cloud
AT_ONCE, TURNS = 3, 2


def test_turns_go_on_while_one_client_asks_without_pause(game: Game, cloud: Cloud) -> None:
    eve, over = Game(cloud, "eve-without-pause").begin(), Event()
    asks: tuple[Callable[[], httpx.Response], ...] = (
        lambda: eve.http.get(eve.path),
        lambda: eve.post("I wait", wait=0),
        lambda: eve.http.post("tickets"),
        lambda: eve.http.get("campaigns"),
    )

    def flood(first: int) -> Counter[int]:
        answered: Counter[int] = Counter()
        for ask in cycle((*asks[first:], *asks[:first])):
            answered[ask().status_code] += 1
            if over.is_set():
                break
        return answered

    with ThreadPoolExecutor(AT_ONCE) as pool:
        floods = [pool.submit(flood, number % len(asks)) for number in range(AT_ONCE)]
        try:
            played = [game.post("I look around") for _ in range(TURNS)]
        finally:
            over.set()
    answered = sum((each.result() for each in floods), Counter[int]())

    assert [(each.status_code, each.json()["status"]) for each in played] == [(200, "resolved")] * TURNS
    assert answered.total() > 2 * AT_ONCE
    assert {status for status in answered if status >= 500} == set()
