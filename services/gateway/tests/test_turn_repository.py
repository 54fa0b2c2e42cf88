"""The table itself refuses what admission and closing would not have decided."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contracts.gateway import FailTurn
from services.gateway.adapters import items
from services.gateway.adapters.turn_repository import DynamoTurnRepository
from services.gateway.domain import events
from services.gateway.domain.admission import TurnRequest, decide
from services.gateway.domain.feed import FeedHead, make_entry
from services.gateway.domain.records import Admission, Closing, Snapshot
from services.gateway.tests import builders
from services.gateway.tests.player_client import TABLE, PlayerClient
from tests.support.conflicts import FOR_EVER, Conflicting


@pytest.fixture
def turns(game: PlayerClient) -> DynamoTurnRepository:
    return DynamoTurnRepository(game.dynamodb, TABLE)


def admission(game: PlayerClient, turns: DynamoTurnRepository, key: str = "k") -> Admission:
    """A turn that may begin, as it was decided but not yet written."""
    campaign = game.campaign()
    request = TurnRequest("ada", key, "f", campaign, builders.TURN_ID, "I wait", None, None)
    decision = decide(request, Snapshot(None, turns.gate(campaign), None), builders.NOW)
    assert isinstance(decision, Admission)
    return decision


def test_an_admission_is_written_whole(game: PlayerClient, turns: DynamoTurnRepository) -> None:
    decided = admission(game, turns)

    assert turns.admit(decided)

    campaign = decided.gate.campaign_id
    assert turns.turn(campaign, builders.TURN_ID) == decided.turn
    gate = turns.gate(campaign)
    assert gate == replace(decided.gate, active_turn=builders.TURN_ID, sequence=1)
    seen = turns.snapshot("ada", "k", campaign, builders.TURN_ID)
    assert (seen.key and seen.key.fingerprint, seen.gate, seen.turn) == ("f", gate, decided.turn)


def test_a_key_expires_with_the_answer_it_holds(game: PlayerClient, turns: DynamoTurnRepository) -> None:
    decided = admission(game, turns, "turn-key")
    turns.admit(decided)

    (of_turn,) = game.items("KEY#turn-key")
    (of_campaign,) = game.items("KEY#key-")
    month = builders.NOW.timestamp() + items.KEY_KEPT_SECONDS
    assert [int(each["expires_at"]["N"]) for each in (of_turn, of_campaign)] == [month, month]


def test_a_gate_with_an_active_turn_lets_nobody_in(game: PlayerClient, turns: DynamoTurnRepository) -> None:
    decided = admission(game, turns)
    game.dynamodb.update_item(
        TableName=TABLE,
        Key={"pk": {"S": f"CAMPAIGN#{decided.gate.campaign_id}"}, "sk": {"S": "META"}},
        UpdateExpression="SET active_turn = :other",
        ExpressionAttributeValues={":other": {"S": "t_other"}},
    )

    assert not turns.admit(decided)
    assert not game.items("TURN#")


def test_an_ended_turn_is_not_ended_again_even_through_a_fresh_gate(
    game: PlayerClient, turns: DynamoTurnRepository
) -> None:
    decided = admission(game, turns)
    turns.admit(decided)
    turn = replace(decided.turn, status="failed", view="{}")

    def close() -> bool:
        gate = turns.gate(turn.campaign_id)
        assert gate
        request = FailTurn(envelope=turn.envelope("fail"), error="E", stage="s")
        failed = events.make_turn_failed(turn, request, gate.sequence + 1, builders.NOW)
        told = FeedHead(1).followed_by(make_entry(failed), now=builders.NOW)
        return turns.close(Closing(gate, turn, failed, told))

    assert close()
    assert not close()
    assert len(game.events()) == 2


def test_a_turn_that_has_ended_is_never_running_again(game: PlayerClient, turns: DynamoTurnRepository) -> None:
    campaign = game.campaign()
    game.act(campaign)
    (started,) = game.workflow.started
    game.resolve(started)
    turn = turns.turn(campaign, started.envelope.turn_id or "")
    assert turn

    turns.mark_running(turn)

    assert turns.turn(campaign, turn.turn_id) == turn


def test_a_turn_that_is_being_closed_meanwhile_is_left_to_whoever_closes_it(
    game: PlayerClient, turns: DynamoTurnRepository
) -> None:
    decided = admission(game, turns)
    turns.admit(decided)
    turns = DynamoTurnRepository(Conflicting(game.dynamodb, FOR_EVER), TABLE)  # type: ignore[arg-type]

    turns.mark_running(decided.turn)
    assert turns.restart_from(decided.turn, builders.NOW) is False
