"""Every committed fact reaches the audit, the archive and the projections, and none counts twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.support.cloud import Cloud, Item
from tests.support.driving import Game
from tests.support.waiting import until

pytestmark = pytest.mark.cloud

TURNS = 3
CONSUMERS = {
    "audit/events": "record",
    "metrics/events": "count",
    "campaign/projection": "project",
    "chronicle/facts": "remember",
}
READ_MODELS = ("audit/audit", "metrics/metrics", "campaign/projection", "chronicle/chronicle")
POISON = {
    "not JSON": "no event, {mark}",
    "not an event": '["{mark}"]',
    "an event without metadata": '{{"source": "ninelives.dm", "detail-type": "X.v1", "detail": {{"x": "{mark}"}}}}',
}


@pytest.fixture
def played(game: Game) -> Game:
    """A game of some turns, all of whose facts have arrived everywhere."""
    for _ in range(TURNS):
        game.act("I search this place")
    game.facts()
    until(lambda: not any(game.cloud.count_queued(queue) for queue in CONSUMERS), why="empty queues")
    return game


def read_models(cloud: Cloud) -> list[list[Item]]:
    return [cloud.items(table) for table in READ_MODELS]


def test_the_audit_holds_every_event_of_every_turn(played: Game, cloud: Cloud):
    story, admissions = cloud.audit(f"campaign/{played.campaign_id}"), cloud.audit(f"turns/{played.campaign_id}")

    assert (story.events, story.gaps, dict(story.kinds)) == (
        TURNS + 1,
        (),
        {"CampaignStarted.v1": 1, "TurnResolved.v1": TURNS},
    )
    assert (admissions.events, admissions.gaps, dict(admissions.kinds)) == (
        2 * TURNS,
        (),
        {"TurnAccepted.v1": TURNS, "TurnAnswered.v1": TURNS},
    )


def test_progress_is_recorded_under_its_turn(played: Game, cloud: Cloud):
    [turn, *_] = played.http.get(f"{played.path}/turns").json()["items"]

    progress = until(lambda: cloud.audit(f"progress/{turn['id']}").kinds, why="progress")

    assert progress.keys() <= {"LoreRetrieved.v1", "DungeonMasterResponded.v1", "ToolExecuted.v1"}


def test_no_event_carries_a_players_words(game: Game, cloud: Cloud):
    game.act("I whisper swordfish to the lamppost and search this place")
    game.facts()

    told = [json.dumps(event) for event in cloud.read_record(game.campaign_id)]

    assert len(told) >= 4
    assert not [event for event in told if "swordfish" in event or "Pixel" in event]


def test_the_projection_says_what_the_campaign_says(played: Game):
    campaign = played.campaign()
    [line] = played.http.get("campaigns").json()["items"]

    state = campaign.sheet.state
    assert line["campaign_id"] == campaign.id
    assert (line["status"], line["turn"], line["name"]) == ("active", campaign.turn, state.character.name)
    assert (line["level"], line["lives"]) == (state.character.level, state.character.lives)
    assert line["place"] == state.place.model_dump(mode="json")
    assert datetime.fromisoformat(line["started_at"]) == campaign.started_at
    assert played.http.get("leaderboard").json()["items"]


def test_a_turn_is_counted_in_the_ledger_once(played: Game, cloud: Cloud):
    def turns() -> int:
        lines = (item for item in cloud.items("metrics/metrics") if item["pk"]["S"].startswith("LEDGER#"))
        return sum(int(line["turns"]["N"]) for line in lines)

    before = turns()
    played.act("I look around")
    played.facts()

    until(lambda: turns() > before, why="the count")
    assert turns() == before + 1


@pytest.mark.parametrize("queue", CONSUMERS)
def test_events_that_come_again_in_any_order_change_nothing(played: Game, cloud: Cloud, queue: str):
    events = cloud.read_record(played.campaign_id)
    assert len(events) > 3 * TURNS
    before = read_models(cloud)

    for again in (events, events[::-1]):
        cloud.consume(queue.partition("/")[0], CONSUMERS[queue], again)

    assert read_models(cloud) == before


@pytest.mark.parametrize("poison", POISON)
@pytest.mark.parametrize("queue", [*CONSUMERS, "gateway/turn-deadline"])
def test_what_cannot_be_read_goes_to_the_dead_letters_at_once(cloud: Cloud, queue: str, poison: str):
    mark = uuid4().hex
    body = POISON[poison].format(mark=mark)

    cloud.send(queue, body)

    [dead] = cloud.take(f"{queue}-dead-letters", mark)
    assert dead["Body"] == body
    assert dead["MessageAttributes"]["reason"]["StringValue"]


@pytest.mark.parametrize(
    ("queue", "function"),
    [("gateway/player-push", "push"), ("gateway/player-progress", "progress"), ("campaign/rebuild", "rebuild")],
)
def test_whoever_is_handed_what_cannot_be_read_sets_it_aside(cloud: Cloud, queue: str, function: str):
    mark = uuid4().hex

    cloud.consume(queue.partition("/")[0], function, [{"no event": mark}])

    assert len(cloud.take(f"{queue}-dead-letters", mark)) == 1


def test_a_replay_of_the_archive_moves_nothing_that_is_live(played: Game, cloud: Cloud):
    events = cloud.client("events")
    archive = events.describe_archive(ArchiveName=cloud.stack["archive"])
    facts = {event["id"] for event in cloud.read_record(played.campaign_id)}
    before = read_models(cloud)

    with replays_seen(cloud) as queue:
        events.start_replay(
            ReplayName=f"replay-{uuid4().hex[:12]}",
            EventSourceArn=archive["ArchiveArn"],
            EventStartTime=played.campaign().started_at - timedelta(seconds=5),
            EventEndTime=datetime.now(UTC) + timedelta(minutes=1),
            Destination={"Arn": archive["EventSourceArn"]},
        )
        missing = set(facts)
        until(lambda: not missing.difference_update(list_arrived(cloud, queue)) and not missing, why="the replay")

    until(lambda: not any(cloud.count_queued(queue) for queue in CONSUMERS), why="empty queues")
    assert archive["EventCount"] >= len(facts)
    assert read_models(cloud) == before


@contextmanager
def replays_seen(cloud: Cloud) -> Iterator[str]:
    """A queue that gets what is replayed: the proof that a replay took place."""
    queues, events, name = cloud.client("sqs"), cloud.client("events"), f"replays-{uuid4().hex[:12]}"
    url = queues.create_queue(QueueName=name)["QueueUrl"]
    arn = queues.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    rule = {"Name": name, "EventBusName": cloud.stack["event_bus"]}
    events.put_rule(**rule, EventPattern=json.dumps({"replay-name": [{"exists": True}]}))
    events.put_targets(Rule=name, EventBusName=cloud.stack["event_bus"], Targets=[{"Id": "queue", "Arn": arn}])
    try:
        yield url
    finally:
        events.remove_targets(Rule=name, EventBusName=cloud.stack["event_bus"], Ids=["queue"])
        events.delete_rule(**rule)
        queues.delete_queue(QueueUrl=url)


def list_arrived(cloud: Cloud, queue: str) -> set[str]:
    """The ids of the events that came into a queue."""
    messages = cloud.client("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", ())
    return {json.loads(message["Body"])["detail"]["metadata"]["event_id"] for message in messages}
