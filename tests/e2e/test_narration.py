"""A story that is being told reaches whoever listens, and whoever comes back to it in the middle."""

from __future__ import annotations

import pytest

from contracts.dm import NarrativeTold
from contracts.envelope import Envelope
from tests.support.cloud import Cloud
from tests.support.driving import Game
from tests.support.sockets import listening

pytestmark = pytest.mark.cloud

STORY = ("Rain.", "Rain. You land on the roof.")


def test_a_story_is_read_while_it_is_told_and_after_a_reload_in_mid_turn(game: Game, cloud: Cloud) -> None:
    with cloud.silent_model() as end_silence, listening(game) as connection:
        turn = game.start("I look around")
        for told in STORY:
            _tell(cloud, game, turn, told)
            assert connection.narration() == told
        with listening(game) as reloaded:
            assert reloaded.narration() == STORY[-1]
        running = game.turn(turn)

        end_silence()
        finished = game.await_end(turn)

    assert (running.status, running.told) == ("running", STORY[-1])
    assert finished.told is None


def _tell(cloud: Cloud, game: Game, turn: str, told: str) -> None:
    """As the game master does."""
    envelope = Envelope(idempotency_key=turn, correlation_id=turn, campaign_id=game.campaign_id, turn_id=turn)
    cloud.send("dm/narration", NarrativeTold(envelope=envelope, told=told).model_dump_json())
