"""A projection is rebuilt beside the live one, compared with it, and takes its place only when asked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from typer.testing import CliRunner

from ninelives.cli import replay as cli
from ninelives.ops.replay import rebuild_compare
from ninelives.ops.replay.rebuild_claim import running, this_process
from ninelives.ops.replay.window import ARCHIVE_LAG
from services.campaign.domain.projection_version import Building
from services.campaign.tests.builders import NOON
from tests.ops.replay.projected import NOW, Deployed, deploy, one_dynamodb

SAME, DIFFERENT, UNUSABLE = 0, 1, 2


@pytest.fixture(scope="module")
def dynamodb() -> Iterator[Any]:
    with one_dynamodb() as client:
        yield client


@pytest.fixture
def den(dynamodb: Any, monkeypatch: pytest.MonkeyPatch) -> Deployed:
    made = deploy(dynamodb)
    monkeypatch.setattr(cli, "find_environment", lambda environment: made.site)
    ticks = count()
    monkeypatch.setattr(cli, "clock", lambda: (lambda: NOW + timedelta(microseconds=next(ticks)), lambda seconds: None))
    return made


def rebuild(*options: str) -> tuple[int, str]:
    told = CliRunner().invoke(cli.replay_app, ["rebuild-projection", *options])
    assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
    return told.exit_code, told.stdout


def claimed_by(den: Deployed, who: str, replay: str = "rebuild-x") -> None:
    versions = den.projection.versions
    assert versions.replace(versions.read().start_rebuild(Building(by=who, since=NOW, replay=replay)))


def test_a_projection_rebuilt_from_the_archive_is_the_live_one_byte_for_byte(den: Deployed) -> None:
    for campaign in (1, 2, 3):
        den.play(campaign)

    assert rebuild("--verify")[0] == SAME
    assert den.items("projection-side") == den.items("projection")
    assert den.projection.versions.read().building is None


@pytest.mark.parametrize("option", ["--verify", "--swap"])
def test_what_feeds_the_rebuild_is_on_while_it_lasts_and_no_longer(den: Deployed, option: str) -> None:
    den.play()

    assert rebuild(option)[0] == SAME
    assert len(den.events.replays) == 1  # which is refused while nobody takes what it brings
    assert not den.events.consumer.takes


def test_what_feeds_a_rebuild_that_is_given_up_is_off(den: Deployed) -> None:
    den.events.stalls = True
    den.play()
    rebuild("--timeout", "1")
    assert den.events.consumer.takes

    rebuild("--discard")

    assert not den.events.consumer.takes


def test_the_replay_reaches_the_rebuilds_rule_only_and_covers_the_archives_life(den: Deployed) -> None:
    den.play()
    rebuild()

    [(name, asked)] = den.events.replays.items()
    assert name.startswith("rebuild-")
    assert asked["Destination"] == {"Arn": "arn:bus", "FilterArns": ["arn:rule/rebuild"]}
    assert asked["EventStartTime"] == den.events.since
    assert NOW <= asked["EventEndTime"] <= NOW + timedelta(seconds=1)


def test_a_damaged_live_line_is_named_and_swapped_away(den: Deployed) -> None:
    whole, torn = den.play(1), den.play(2)
    den.damage(torn, level=9)

    status, told = rebuild("--verify")
    kept, swapped = rebuild("--swap"), rebuild("--swap", "--force")

    assert status == DIFFERENT
    assert f"{torn}: figures.level is 9, rebuilt 1" in told
    assert whole not in told
    assert kept[0] == DIFFERENT and "Not swapped" in kept[1]
    assert swapped[0] == SAME
    assert den.projection.versions.read().live == "side"
    assert den.projection.versions.live().read(torn)[0] is not None


def test_a_live_line_that_is_no_line_any_more_is_named(den: Deployed) -> None:
    torn = den.play()
    item = den.items("projection")[f"CAMPAIGN#{torn}"]
    den.dynamodb.put_item(TableName="first", Item={**item, "line": {"S": "torn"}})

    assert rebuild("--verify") == (DIFFERENT, f"{torn}: the live item holds no line\n")


def test_a_line_that_only_one_table_has_is_named(den: Deployed) -> None:
    unseen = den.play(1, projected=False)
    den.dynamodb.put_item(TableName="first", Item={"pk": {"S": "CAMPAIGN#c_x"}, "sk": {"S": "LINE"}})

    status, told = rebuild("--verify")

    assert status == DIFFERENT
    assert told.splitlines() == ["c_x: only the live table has it", f"{unseen}: only the rebuilt table has it"]


def test_a_difference_never_shows_a_players_words(den: Deployed) -> None:
    torn = den.play()
    item = den.items("projection")[f"CAMPAIGN#{torn}"]
    other = item["line"]["S"].replace("Whiskers", "Swordfish")
    den.dynamodb.put_item(TableName="first", Item={**item, "line": {"S": other}})

    assert rebuild("--verify") == (DIFFERENT, f"{torn}: name differs\n")


def test_an_event_on_its_way_into_the_live_table_is_waited_for(den: Deployed, monkeypatch: pytest.MonkeyPatch) -> None:
    den.play(projected=False)
    arriving = list(den.events.archived)

    def pause(seconds: float) -> None:
        if seconds == rebuild_compare.SECONDS_BETWEEN and arriving:
            den.project(arriving.pop())

    monkeypatch.setattr(cli, "clock", lambda: (lambda: NOW, pause))

    assert rebuild("--verify")[0] == SAME


def test_an_event_that_waits_for_another_try_is_no_difference(den: Deployed, monkeypatch: pytest.MonkeyPatch) -> None:
    den.play(projected=False)
    arriving, passed = list(den.events.archived), [0.0]
    den.queues.unseen = len(arriving)

    def pause(seconds: float) -> None:
        passed[0] += seconds
        if passed[0] > 180 and arriving:
            den.project(arriving.pop())
            den.queues.unseen -= 1

    monkeypatch.setattr(cli, "clock", lambda: (lambda: NOW, pause))

    assert rebuild("--verify")[0] == SAME


def test_a_difference_while_events_are_on_their_way_says_so(den: Deployed) -> None:
    den.play(projected=False)
    den.queues.unseen = 2

    status, told = rebuild("--verify")

    assert status == DIFFERENT
    assert "2 events are still on their way into the live table: verify again later." in told


def test_a_rebuilt_table_that_lacks_nothing_takes_the_place_of_one_that_does(den: Deployed) -> None:
    whole, unseen, torn = den.play(1), den.play(2, projected=False), den.play(3, projected=False)
    den.project(next(event for event in den.events.archived if event.metadata.campaign_id == torn))

    status, told = rebuild("--swap")

    assert status == SAME
    assert f"{torn}: " in told and "Swapped: side is live. It lacks nothing that the other has." in told
    assert [den.projection.versions.live().read(each)[0] is None for each in (whole, unseen, torn)] == [False] * 3


def test_a_rebuilt_table_that_lacks_what_the_live_one_has_does_not_take_its_place(den: Deployed) -> None:
    den.play(1, projected=False)
    den.dynamodb.put_item(TableName="first", Item={"pk": {"S": "CAMPAIGN#c_x"}, "sk": {"S": "LINE"}})

    status, told = rebuild("--swap")

    assert status == DIFFERENT
    assert "Not swapped." in told


def test_what_the_archive_lost_comes_from_the_campaigns_own_outbox(den: Deployed) -> None:
    den.play(1)
    den.events.leaves_out = {event.metadata.event_id for event in den.events.archived[1:]}

    status, _ = rebuild("--verify")

    assert status == SAME
    assert den.items("projection-side") == den.items("projection")


def rebuild_told(*options: str) -> tuple[int, str, str]:
    told = CliRunner().invoke(cli.replay_app, ["rebuild-projection", *options])
    return told.exit_code, told.stdout, told.stderr


def test_an_event_of_a_kind_that_no_list_shows_is_not_looked_for(den: Deployed) -> None:
    den.play(1)
    den.tell_other(1)

    status, differences, told = rebuild_told("--verify")

    assert (status, differences) == (SAME, "")
    assert "0 gaps filled" in told and "in no outbox" not in told
    assert den.items("projection-side") == den.items("projection")


def test_one_that_the_archive_lost_comes_from_the_outbox_like_any_other(den: Deployed) -> None:
    den.play(1)
    other = den.tell_other(1)
    den.events.leaves_out = {other.metadata.event_id}

    status, differences, told = rebuild_told("--verify")

    assert (status, differences) == (SAME, "")
    assert "1 gaps filled" in told
    assert den.items("projection-side") == den.items("projection")


def test_in_aws_the_youngest_events_come_from_the_outbox_and_are_no_gaps(
    den: Deployed, monkeypatch: pytest.MonkeyPatch
) -> None:
    den.environment = "prod"
    den.play(turns=2)
    monkeypatch.setattr(cli, "clock", lambda: (lambda: NOON + ARCHIVE_LAG + timedelta(minutes=1), lambda seconds: None))

    told = CliRunner().invoke(cli.replay_app, ["rebuild-projection", "--verify"])

    [asked] = den.events.replays.values()
    assert told.exit_code == SAME
    assert asked["EventEndTime"] == NOON + timedelta(minutes=1)
    assert "0 gaps filled, 2 events younger than the archive" in told.stderr


def test_an_archive_younger_than_its_lag_is_refused(den: Deployed) -> None:
    den.environment, den.events.since = "prod", NOW - timedelta(minutes=3)

    assert rebuild()[0] == UNUSABLE


def test_rebuilding_twice_is_rebuilding_once(den: Deployed) -> None:
    den.play()
    rebuild()
    first = den.items("projection-side")
    den.dynamodb.put_item(TableName="second", Item={"pk": {"S": "CAMPAIGN#gone"}, "sk": {"S": "LINE"}})

    assert rebuild("--verify")[0] == SAME
    assert den.items("projection-side") == first


def test_after_a_swap_the_next_rebuild_is_in_the_first_table_again(den: Deployed) -> None:
    den.play(1)
    rebuild("--swap")
    den.play(2)

    assert rebuild("--swap")[0] == SAME
    assert den.projection.versions.read().live == "projection"
    assert den.items("projection").keys() == {f"CAMPAIGN#{event.metadata.campaign_id}" for event in den.events.archived}


def test_a_second_rebuild_is_refused_with_who_and_when(den: Deployed) -> None:
    claimed_by(den, "ada@elsewhere/7")
    before = den.projection.versions.read()

    for option in ("--swap", "--dry-run"):
        told = CliRunner().invoke(cli.replay_app, ["rebuild-projection", option])
        assert told.exit_code == UNUSABLE
        assert "ada@elsewhere/7 rebuilds it since 2031-05-04 13:00:00 UTC" in told.stderr
    assert den.projection.versions.read() == before
    assert den.events.replays == {}


def test_one_that_died_is_gone_on_with(den: Deployed) -> None:
    den.play()
    den.events.stalls = True
    assert rebuild("--timeout", "1")[0] == UNUSABLE
    [name] = den.events.replays
    left = den.projection.versions.read().building
    assert left is not None and left.by == this_process()

    den.events.bring(name)
    assert rebuild("--verify")[0] == SAME
    assert list(den.events.replays) == [name]


@pytest.mark.parametrize("state", ["FAILED", "CANCELLED"])
def test_a_replay_that_failed_is_started_anew(den: Deployed, state: str) -> None:
    den.play()
    claimed_by(den, this_process(), "rebuild-failed")
    den.events.replays["rebuild-failed"] = {"State": state}

    assert rebuild("--verify")[0] == SAME
    assert len(den.events.replays) == 2


def test_a_dead_rebuild_is_given_up_when_asked(den: Deployed) -> None:
    den.events.stalls = True
    rebuild("--timeout", "1")
    [name] = den.events.replays
    claimed_by(den, "ada@elsewhere/7", name)

    assert rebuild("--discard") == (SAME, "Gave up the rebuild of ada@elsewhere/7.\n")
    assert den.events.replays[name]["State"] == "CANCELLED"
    assert rebuild("--discard") == (SAME, "Nothing is being rebuilt.\n")


def test_a_dry_run_changes_nothing(den: Deployed) -> None:
    den.play()

    status, told = rebuild("--dry-run")

    assert status == SAME
    assert "side would be cleared and rebuilt" in told and "3 events" in told
    assert den.projection.versions.read().revision == 0
    assert den.events.replays == {} and den.items("projection-side") == {}


def test_an_account_full_of_replays_is_unusable_and_can_be_tried_again(den: Deployed) -> None:
    den.play()
    den.events.full = True
    assert rebuild()[0] == UNUSABLE

    den.events.full = False
    assert rebuild("--verify")[0] == SAME


def test_replayed_events_that_died_are_told_and_nothing_is_swapped(den: Deployed) -> None:
    den.play()
    den.queues.dying = 1

    status, told = rebuild("--swap")

    assert status == DIFFERENT
    assert "went to the dead letters" in told
    assert den.projection.versions.read().live == "projection"


def test_an_event_that_its_owner_lost_is_told(den: Deployed) -> None:
    lost = den.play()
    second = {"pk": {"S": f"STREAM#campaign/{lost}"}, "sk": {"S": f"{2:010d}"}}
    den.dynamodb.delete_item(TableName="campaigns", Key=second)
    den.events.leaves_out = {f"campaign/{lost}/2"}

    status, told = rebuild("--verify")

    assert status == DIFFERENT
    assert f"{lost}: 1 events are in no outbox" in told
    assert f"{lost}: live lacks events none, rebuilt lacks 2" in told


@pytest.mark.parametrize(
    ("who", "at_work"),
    [
        (this_process(), False),
        (f"{this_process().rpartition('/')[0]}/{os.getppid()}", True),
        (f"{this_process().rpartition('/')[0]}/999999999", False),
        ("ada@elsewhere/1", True),
    ],
    ids=["this one", "one that runs here", "one that ended here", "one elsewhere"],
)
def test_a_rebuild_is_at_work_while_its_process_may_be(who: str, at_work: Any) -> None:
    assert running(who) is at_work
