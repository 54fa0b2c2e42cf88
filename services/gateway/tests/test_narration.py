"""The story of a turn while it runs: what a player reads of it, where, and until when."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.errors import Transient
from contracts.gateway import PlayTurn
from services.gateway.domain.feed import MOST_LISTENERS
from services.gateway.domain.records import RefusedStory
from services.gateway.tests.live import Live
from services.gateway.tests.player_client import PlayerClient

FIRST = "Rain."
SECOND = "Rain. You land on the roof."
THIRD = "Rain. You land on the roof. Somebody coughs."


@pytest.fixture
def live(game: PlayerClient) -> Live:
    return Live(game)


def under_way(live: Live, player: str = "ada") -> PlayTurn:
    """A turn that runs, in a campaign of its own, with its player listening in the tab `tab`."""
    campaign = live.game.campaign(player)
    live.subscribe(live.connect("tab", player), campaign)
    live.game.act(campaign, player=player)
    return live.game.workflow.started[-1]


def show(live: Live, turn: PlayTurn) -> Any:
    return live.game.turn(turn.envelope.campaign_id, turn.envelope.turn_id or "").json


def list_kept(live: Live) -> list[str]:
    """The stories in the table, wherever they lie."""
    return [item["told"]["S"] for item in live.game.items() if "told" in item]


def test_a_story_is_told_while_the_turn_runs(live: Live) -> None:
    turn = under_way(live)

    live.tell(turn, FIRST)
    live.tell(turn, SECOND)

    assert live.lines.said["tab"][-1] == {
        "v": 1, "type": "narration", "campaign_id": turn.envelope.campaign_id, "turn_id": turn.envelope.turn_id,
        "told": SECOND,
    }  # fmt: skip
    assert live.narrations("tab") == [FIRST, SECOND]


def test_of_a_batch_only_the_longest_is_told_of_each_turn(live: Live) -> None:
    turn = under_way(live)

    live.tell(turn, SECOND, THIRD, FIRST)

    assert live.narrations("tab") == [THIRD]
    assert list_kept(live) == [THIRD]


@pytest.mark.parametrize("late", [FIRST, SECOND, "Sun. You sleep on the warm roof.", ""])
def test_what_is_late_again_or_different_takes_nothing_back(live: Live, late: str) -> None:
    turn = under_way(live)
    live.tell(turn, SECOND)

    live.tell(turn, late)

    assert live.narrations("tab") == [SECOND]
    assert show(live, turn)["told"] == SECOND


def test_a_running_turn_shows_what_is_told_of_it(live: Live) -> None:
    turn = under_way(live)
    assert show(live, turn)["told"] is None

    live.tell(turn, SECOND)

    assert (show(live, turn)["status"], show(live, turn)["told"]) == ("running", SECOND)
    (item,) = live.game.ask("GET", f"/v1/campaigns/{turn.envelope.campaign_id}/turns").json["items"]
    assert item["told"] == SECOND


def test_whoever_asks_for_the_turn_again_reads_on_where_it_is(live: Live) -> None:
    campaign = live.game.campaign()
    live.game.act(campaign, key="k")
    live.tell(live.game.workflow.started[-1], SECOND)

    assert live.game.act(campaign, key="k").json["told"] == SECOND


@pytest.mark.parametrize("end", ["resolve", "fail"])
def test_nothing_is_left_of_what_was_told_once_the_turn_has_ended(live: Live, end: str) -> None:
    turn = under_way(live)
    live.tell(turn, FIRST)

    getattr(live.game, end)(turn)

    assert show(live, turn)["told"] is None
    assert list_kept(live) == []


@pytest.mark.parametrize("end", ["resolve", "fail"])
def test_after_the_end_nothing_is_told(live: Live, end: str) -> None:
    turn = under_way(live)
    getattr(live.game, end)(turn)
    ended = show(live, turn)

    live.tell(turn, FIRST)

    assert live.narrations("tab") == []
    assert show(live, turn) == ended
    assert list_kept(live) == []


def test_a_turn_that_ends_between_reading_and_telling_stays_ended(live: Live) -> None:
    turn = under_way(live)
    interrupt(live, lambda: live.game.resolve(turn))

    live.tell(turn, FIRST)

    assert show(live, turn)["status"] == "resolved"
    assert (live.narrations("tab"), list_kept(live)) == ([], [])


def test_of_two_who_tell_at_once_the_one_who_knows_more_is_heard(live: Live) -> None:
    turn = under_way(live)
    interrupt(live, lambda: live.tell(turn, FIRST))

    live.tell(turn, SECOND)

    assert live.narrations("tab") == [FIRST, SECOND]
    assert list_kept(live) == [SECOND]


def test_of_two_who_tell_at_once_the_one_who_knows_less_is_silent(live: Live) -> None:
    turn = under_way(live)
    interrupt(live, lambda: live.tell(turn, SECOND))

    live.tell(turn, FIRST)

    assert live.narrations("tab") == [SECOND]
    assert list_kept(live) == [SECOND]


def test_who_keeps_losing_gives_up(live: Live) -> None:
    turn = under_way(live)
    live.deps.turns.store_story = lambda campaign, turn, told, seen: RefusedStory(live.deps.turns.turn(campaign, turn))  # type: ignore[method-assign]

    with pytest.raises(Transient):
        live.tell(turn, FIRST)
    assert live.narrations("tab") == []


def test_a_turn_there_is_not_is_told_to_nobody(live: Live) -> None:
    turn = under_way(live)
    envelope = turn.envelope.model_copy(update={"turn_id": "t_" + "z" * 26})

    live.tell(turn.model_copy(update={"envelope": envelope}), FIRST)

    assert (live.narrations("tab"), list_kept(live)) == ([], [])


def test_whoever_comes_back_in_mid_story_hears_all_of_it_at_once(live: Live) -> None:
    turn = under_way(live)
    campaign = turn.envelope.campaign_id
    live.tell(turn, SECOND)

    said = live.subscribe(live.connect("again"), campaign, after_sequence=0)

    assert [each["type"] for each in said] == ["subscribed", "event", "narration"]
    assert (said[-1]["turn_id"], said[-1]["told"]) == (turn.envelope.turn_id, SECOND)


def test_whoever_comes_back_afterwards_hears_no_old_story(live: Live) -> None:
    turn = under_way(live)
    live.tell(turn, SECOND)
    live.game.resolve(turn)

    assert [each["type"] for each in live.subscribe(live.connect("again"), turn.envelope.campaign_id)] == ["subscribed"]


def test_a_sentence_between_subscribing_and_reading_is_not_lost(live: Live) -> None:
    turn = under_way(live)
    live.connect("late")
    subscribe = live.deps.connections.subscribe

    def meanwhile(*asked: Any) -> None:
        subscribe(*asked)
        live.tell(turn, FIRST)

    live.deps.connections.subscribe = meanwhile  # type: ignore[method-assign,assignment]
    live.subscribe("late", turn.envelope.campaign_id)

    assert set(live.narrations("late")) == {FIRST}


def test_a_turn_that_begins_while_somebody_subscribes_is_heard_from_its_beginning(live: Live) -> None:
    campaign = live.game.campaign()
    live.connect("tab")
    player = live.deps.connections.player

    def meanwhile(connection: str) -> str | None:
        live.game.act(campaign)
        live.tell(live.game.workflow.started[-1], FIRST)
        return player(connection)

    live.deps.connections.player = meanwhile  # type: ignore[method-assign]
    live.subscribe("tab", campaign)

    assert live.narrations("tab") == [FIRST]


def test_a_story_is_told_to_a_bounded_number_of_connections_of_its_campaign(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.gateway.application.live.connections.MOST_SOCKETS", 2 * MOST_LISTENERS)
    turn = under_way(live)
    tabs = [live.connect(f"tab-{number:02}") for number in range(MOST_LISTENERS)]
    for tab in tabs:
        live.subscribe(tab, turn.envelope.campaign_id)
    live.subscribe(live.connect("elsewhere"), live.game.campaign())

    live.tell(turn, FIRST)

    assert sum(bool(live.narrations(tab)) for tab in ("tab", *tabs)) == MOST_LISTENERS
    assert live.narrations("elsewhere") == []


def test_a_listener_that_is_gone_is_forgotten(live: Live) -> None:
    turn = under_way(live)
    live.lines.gone.add("tab")

    live.tell(turn, FIRST)

    assert live.deps.connections.listeners(turn.envelope.campaign_id, 5) == []
    assert show(live, turn)["told"] == FIRST


def test_a_container_that_stored_the_beginning_reads_nothing_before_it_goes_on(live: Live) -> None:
    turn = under_way(live)
    live.deps.turns.turn = None  # type: ignore[assignment]

    live.tell(turn, FIRST)
    live.tell(turn, SECOND)

    assert live.narrations("tab") == [FIRST, SECOND]


def test_another_container_goes_on_from_what_is_stored(live: Live) -> None:
    turn = under_way(live)
    live.tell(turn, FIRST)
    live.deps.stories.clear()

    live.tell(turn, SECOND)

    assert live.narrations("tab") == [FIRST, SECOND]
    assert list_kept(live) == [SECOND]


def test_a_story_is_in_no_event_and_not_in_the_feed(live: Live) -> None:
    turn = under_way(live)

    live.tell(turn, "Rain. XYZZY.")
    live.game.resolve(turn)

    assert "XYZZY" not in str(live.game.events())
    assert "XYZZY" not in str(live.feed(turn.envelope.campaign_id))


def interrupt(live: Live, by: Any) -> None:
    """The next time a story is kept, this happens first."""
    tell = live.deps.turns.store_story

    def later(*asked: Any) -> Any:
        live.deps.turns.store_story = tell  # type: ignore[method-assign]
        by()
        return tell(*asked)

    live.deps.turns.store_story = later  # type: ignore[method-assign,assignment]
