"""What was played is still there after the cloud was stopped, or killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from infra.local import process
from infra.local.home import Home
from infra.local.settings import DungeonMaster
from infra.local.up import down, up
from tests.e2e.conftest import silently
from tests.support.cloud import Cloud
from tests.support.driving import Game
from tests.support.ports import free_port

pytestmark = [pytest.mark.cloud, pytest.mark.slow]


@pytest.fixture(scope="module")
def restarted(app: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """A cloud of these tests' own, which may be stopped and killed."""
    home = Home(tmp_path_factory.mktemp("restarted") / "home", free_port())
    up(home, DungeonMaster(), silently, app)
    try:
        yield Cloud(home)
    finally:
        down(home)


def test_a_campaign_plays_on_after_down_and_up(restarted: Cloud, app: tuple[str, ...]):
    game = Game(restarted, "stayer").begin()
    first = game.act("I search this place")

    assert down(restarted.home)
    up(restarted.home, DungeonMaster(), silently, app)

    game = Game(restarted, "stayer", game.campaign_id)
    assert game.turn(first.id) == first
    assert game.campaign().sheet == first.campaign
    assert game.act("I search this place").number == 2
    assert game.facts() == {"CampaignStarted.v1": 1, "TurnAccepted.v1": 2, "TurnAnswered.v1": 2, "TurnResolved.v1": 2}


def test_a_killed_cloud_has_every_turn_it_has_answered_and_ends_the_one_that_ran(
    restarted: Cloud, app: tuple[str, ...]
):
    game = Game(restarted, "survivor").begin()
    first = game.act("I search this place")
    running = game.start("I search this place")

    kill(restarted.home)
    up(restarted.home, DungeonMaster(), silently, app)

    game = Game(restarted, "survivor", game.campaign_id)
    assert game.turn(first.id) == first
    assert game.finished(running).number == 2
    assert game.facts()["TurnResolved.v1"] == 2


def kill(home: Home) -> None:
    """End the cloud without a warning, workers and all."""
    running = process.recorded(home)
    assert running and process.is_ours(running)
    os.killpg(running.pid, signal.SIGKILL)
    os.waitpid(running.pid, 0)  # a child of ours is there until it is waited for
