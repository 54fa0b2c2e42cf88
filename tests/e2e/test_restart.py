"""Played turns are still there after the cloud was stopped, or killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest

from infra.local import emulator, process
from infra.local.home import Home
from infra.local.settings import DungeonMaster
from infra.local.up import down, up
from tests.e2e.conftest import silently
from tests.support.cloud import Cloud
from tests.support.driving import Game

pytestmark = [pytest.mark.cloud, pytest.mark.slow]


@pytest.fixture
def restart(cloud: Cloud, app: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Bring the cloud up again. Its functions start when they are called: two turns need few of them."""
    monkeypatch.setattr(emulator, "warm", lambda home: None)

    def bring_up() -> None:
        up(cloud.home, DungeonMaster(), silently, app)

    return bring_up


def test_a_campaign_plays_on_after_down_and_up(cloud: Cloud, restart: Callable[[], None]):
    game = Game(cloud, "stayer").begin()
    first = game.act("I search this place")

    assert down(cloud.home)
    restart()

    game = Game(cloud, "stayer", game.campaign_id)
    assert game.turn(first.id) == first
    assert game.campaign().sheet == first.campaign
    assert game.act("I search this place").number == 2
    assert game.facts() == {"CampaignStarted.v1": 1, "TurnAccepted.v1": 2, "TurnAnswered.v1": 2, "TurnResolved.v1": 2}


def test_a_killed_cloud_has_every_turn_it_has_answered_and_ends_the_one_that_ran(
    cloud: Cloud, restart: Callable[[], None]
):
    game = Game(cloud, "survivor").begin()
    first = game.act("I search this place")
    running = game.start("I search this place")

    kill(cloud.home)
    restart()

    game = Game(cloud, "survivor", game.campaign_id)
    assert game.turn(first.id) == first
    assert game.await_end(running).number == 2
    assert game.facts()["TurnResolved.v1"] == 2


def kill(home: Home) -> None:
    """End the cloud without a warning, workers and all."""
    running = process.read_record(home)
    assert running and process.is_ours(running)
    os.killpg(running.pid, signal.SIGKILL)
    os.waitpid(running.pid, 0)  # a child of ours is there until it is waited for
