"""An export has every event of its window once: the same bytes whatever the deliveries, crashes and resumes."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pytest

from infra.errors import UserError
from ninelives.analytics.export import exporting
from ninelives.analytics.export.asked import Asked
from ninelives.analytics.export.claim import Claim
from ninelives.analytics.export.draining import Patience
from ninelives.analytics.export.exporting import Made, export
from ninelives.analytics.export.workplace import Workplace
from tests.ops.replay.archive import AT_ONCE, Archive, Killed
from tests.ops.replay.played import play
from tests.ops.replay.sums import figures, sums
from tests.support.archived_events import BEGAN, make_events

LATER = datetime(2031, 6, 1, tzinfo=UTC)
ALL = Asked.of("local", None, None, (), ())
EVENTS = make_events(campaigns=8, turns=12)


def make_export(archive: Archive, out: Path, asked: Asked = ALL, *, now: datetime = LATER, **options: Any) -> Made:
    place = Workplace(out)
    with place.hold():
        return export(archive.access(), asked, place, now, lambda *_: None, **options)


def rows(out: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as database:
        return database.execute(query.replace("DIR", str(out))).fetchall()


def digests(out: Path) -> dict[str, str]:
    return {str(path.relative_to(out)): sha256(path.read_bytes()).hexdigest() for path in out.rglob("*.parquet")}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("export") / "whole"
    make_export(Archive(EVENTS), out)
    return out


def of(kind: str) -> list[dict[str, Any]]:
    return [event["detail"] for event in EVENTS if event["detail-type"] == kind]


def test_every_event_is_there_once_with_its_data_as_it_was_told(whole: Path):
    told = {event["detail"]["metadata"]["event_id"]: event["detail"]["data"] for event in EVENTS}

    found = rows(whole, "SELECT event_id, data FROM 'DIR/events/*/*/*.parquet'")

    assert len(found) == len(EVENTS)
    assert {event_id: json.loads(data) for event_id, data in found} == told


def test_events_lie_by_type_and_day_and_in_the_order_of_their_streams(whole: Path):
    for path in (whole / "events").rglob("*.parquet"):
        kind, day = (part.partition("=")[2] for part in path.relative_to(whole / "events").parts[:2])
        found = rows(path, "SELECT detail_type, strftime(occurred_at, '%Y-%m-%d'), stream, sequence FROM 'DIR'")

        assert {row[:2] for row in found} == {(kind, day)}
        numbered = [row[2:] for row in found if row[3] is not None]
        assert numbered == sorted(numbered)


def test_a_turn_is_one_row_with_how_it_ended(whole: Path):
    ends = {each["metadata"]["turn_id"]: "resolved" for each in of("TurnResolved.v1")}
    ends |= {each["metadata"]["turn_id"]: "failed" for each in of("TurnFailed.v1")}
    accepted = {each["metadata"]["turn_id"] for each in of("TurnAccepted.v1")}

    found = rows(whole, "SELECT turn_id, outcome FROM 'DIR/turns.parquet'")

    assert Counter(dict(found).values()).keys() == {"resolved", "failed", "open"}
    assert sorted(found) == sorted((turn, ends.get(turn, "open")) for turn in accepted)


def test_a_turns_figures_are_those_of_its_events(whole: Path):
    answered = {each["metadata"]["turn_id"]: each["data"]["milliseconds"] for each in of("TurnAnswered.v1")}
    expected = {
        (
            each["metadata"]["turn_id"],
            each["data"]["number"],
            each["data"]["model"],
            each["data"]["totals"]["micro_dollars"],
            each["data"]["place"]["id"],
            each["data"]["ending"],
            answered[each["metadata"]["turn_id"]],
        )
        for each in of("TurnResolved.v1")
    }

    found = rows(
        whole,
        "SELECT turn_id, number, model, micro_dollars, place, ending, milliseconds FROM 'DIR/turns.parquet'"
        " WHERE outcome = 'resolved'",
    )

    assert set(found) == expected


def test_stages_rolls_effects_and_refusals_are_rows_of_their_own(whole: Path):
    turns, answers = of("TurnResolved.v1"), of("TurnAnswered.v1")
    rolls = [roll for turn in turns for roll in turn["data"]["rolls"]]
    effects = [effect for turn in turns for effect in turn["data"]["effects"]]

    assert sorted(
        rows(whole, "SELECT key, faces, modifier, total, target, outcome FROM 'DIR/rolls.parquet'")
    ) == sorted(
        (
            roll["key"],
            roll["faces"],
            sum(each["amount"] for each in roll["modifiers"]),
            roll["total"],
            roll["target"],
            roll["outcome"],
        )
        for roll in rolls
    )
    assert Counter(rows(whole, "SELECT kind, amount, source FROM 'DIR/effects.parquet'")) == Counter(
        (effect["kind"], effect["detail"].get("amount"), _source(effect["detail"])) for effect in effects
    )
    assert Counter(rows(whole, "SELECT code FROM 'DIR/refusals.parquet'")) == Counter(
        (code,) for turn in turns for code in turn["data"]["refusals"]
    )
    assert sorted(rows(whole, "SELECT turn_id, position, stage, milliseconds FROM 'DIR/stages.parquet'")) == sorted(
        (answer["metadata"]["turn_id"], position, stage["stage"], stage["milliseconds"])
        for answer in answers
        for position, stage in enumerate(answer["data"]["stages"], 1)
    )


def _source(detail: dict[str, Any]) -> str | None:
    return detail.get("source") or detail.get("cause") or detail.get("origin")


def test_a_campaign_is_one_row_with_where_it_stands(whole: Path):
    ended = {each["metadata"]["campaign_id"]: each["data"]["seed"] for each in of("CampaignEnded.v1")}
    last = {each["metadata"]["campaign_id"]: each["data"] for each in of("TurnResolved.v1")}

    found = rows(whole, "SELECT campaign_id, last_turn, level, lives, ending, seed FROM 'DIR/campaigns.parquet'")

    assert sorted(found) == sorted(
        (campaign, turn["number"], turn["level"], turn["lives"], turn["ending"], ended.get(campaign))
        for campaign, turn in last.items()
    )


def test_the_manifest_says_what_is_in_every_file(whole: Path):
    manifest = json.loads((whole / "manifest.json").read_text())

    assert {file["path"]: file["sha256"] for file in manifest["files"]} == digests(whole)
    assert all(
        file["rows"] == rows(whole / file["path"], "SELECT count(*) FROM 'DIR'")[0][0] for file in manifest["files"]
    )
    assert {kind: known["events"] for kind, known in manifest["types"].items()} == Counter(
        event["detail-type"] for event in EVENTS
    )
    assert manifest["types"]["CampaignStarted.v1"]["schema_versions"] == {"1.1": 8}
    assert (manifest["gaps"], manifest["conflicts"]) == ({}, [])


@pytest.mark.parametrize("seed", [1, 2])
def test_any_order_and_any_number_of_deliveries_give_the_same_bytes(whole: Path, tmp_path: Path, seed: int):
    result = make_export(Archive(EVENTS, seed=seed, copies=0.5), tmp_path / "again")

    assert result.manifest["duplicates_dropped"] > 100
    assert digests(tmp_path / "again") == digests(whole)


@pytest.mark.parametrize("deletes", [0, 1, 17])
def test_a_crash_between_writing_down_and_deleting_loses_and_doubles_nothing(whole: Path, tmp_path: Path, deletes: int):
    archive, out = Archive(EVENTS, deletes_until_killed=deletes), tmp_path / "out"
    with pytest.raises(Killed):
        make_export(archive, out)
    assert not out.exists()
    archive.deletes_until_killed = None
    archive.reappear()

    make_export(archive, out)

    assert digests(out) == digests(whole)
    assert len(archive.replays) == 1


@pytest.mark.parametrize("step", ["write", "write_manifest", "Workplace.commit", "Claim.release"])
def test_a_crash_between_phases_leaves_nothing_or_all_of_it(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
):
    archive, out = Archive(EVENTS), tmp_path / "out"
    owner, _, name = step.rpartition(".")
    where = {"": exporting, "Workplace": Workplace, "Claim": Claim}[owner]

    def kill(*_: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(where, name, kill)
        make_export(archive, out)
    assert not out.exists()

    make_export(archive, out)

    assert digests(out) == digests(whole)
    assert len(archive.replays) == 1
    assert not out.with_name("out.partial").exists()


def test_half_a_line_of_a_crash_is_cut_off(whole: Path, tmp_path: Path):
    archive, out = Archive(EVENTS, deletes_until_killed=5), tmp_path / "out"
    with pytest.raises(Killed):
        make_export(archive, out)
    for spool in Workplace(out).spool.iterdir():
        spool.write_bytes(spool.read_bytes() + b'{"event_id": "half of i')
    archive.deletes_until_killed = None
    archive.reappear()

    make_export(archive, out)

    assert digests(out) == digests(whole)


def test_a_replay_that_was_lost_is_started_again(whole: Path, tmp_path: Path):
    archive, out = Archive(EVENTS, state="FAILED"), tmp_path / "out"
    with pytest.raises(UserError, match="is lost: FAILED"):
        make_export(archive, out)
    archive.state = "COMPLETED"

    make_export(archive, out, now=LATER + timedelta(hours=1))

    assert digests(out) == digests(whole)
    assert len(archive.replays) == 2


def test_a_replay_the_queue_has_forgotten_by_now_is_started_again(whole: Path, tmp_path: Path):
    archive, out = Archive(EVENTS, deletes_until_killed=3), tmp_path / "out"
    with pytest.raises(Killed):
        make_export(archive, out)
    archive.deletes_until_killed = None
    archive.queue.clear()
    archive.in_flight.clear()

    make_export(archive, out, now=LATER + timedelta(days=4))

    assert digests(out) == digests(whole)


def test_a_replay_that_brings_nothing_for_long_is_given_up(tmp_path: Path):
    archive, place = Archive(EVENTS, state="RUNNING"), Workplace(tmp_path / "out")
    access = archive.access(patience=Patience(seconds=0, quiet_looks=1, stalled_looks=2_000))

    with place.hold(), pytest.raises(UserError, match="Run again to go on"):
        export(access, ALL, place, LATER, lambda *_: None)


def test_a_message_nobody_can_read_is_set_aside_and_the_rest_exported(whole: Path, tmp_path: Path):
    poison = ["no event", "[]", '{"detail": {}}', json.dumps({**EVENTS[0], "detail": {"metadata": {}, "data": {}}})]
    poison.append(json.dumps({**EVENTS[0], "detail-type": "../../Somewhere.v1"}))
    archive = Archive(EVENTS, queue=[*poison])

    result = make_export(archive, tmp_path / "out")

    assert sorted(archive.dead) == sorted(poison)
    assert result.tally.unreadable == len(poison)
    assert digests(tmp_path / "out") == digests(whole)


def test_another_export_has_to_wait_for_the_queue(tmp_path: Path):
    archive = Archive(EVENTS, deletes_until_killed=3)
    with pytest.raises(Killed):
        make_export(archive, tmp_path / "first")

    with pytest.raises(UserError, match="Another export has the queue"):
        make_export(archive, tmp_path / "second", now=LATER + timedelta(seconds=1))


def test_an_export_whose_queue_was_taken_over_replays_again_and_is_whole(whole: Path, tmp_path: Path):
    archive = Archive(EVENTS, deletes_until_killed=3)
    with pytest.raises(Killed):
        make_export(archive, tmp_path / "first")
    archive.deletes_until_killed = None
    archive.reappear()

    second = make_export(archive, tmp_path / "second", now=LATER + timedelta(seconds=1), take_over=True)
    make_export(archive, tmp_path / "first", now=LATER + timedelta(seconds=2))

    assert second.tally.leftovers > 0
    assert digests(tmp_path / "first") == digests(tmp_path / "second") == digests(whole)


def test_whoever_lost_the_queue_leaves_the_new_holders_messages_there(tmp_path: Path):
    archive, place = Archive(EVENTS), Workplace(tmp_path / "out")
    newer = {**EVENTS[0], "replay-name": "export-00000000-20990101T000000000000Z"}
    archive.queue.append(json.dumps(newer))

    with place.hold(), pytest.raises(UserError, match="has taken over the queue"):
        export(archive.access(patience=AT_ONCE), ALL, place, LATER, lambda *_: None)

    archive.reappear()
    assert json.dumps(newer) in archive.queue


def test_the_queue_is_free_again_after_an_export(tmp_path: Path):
    archive = Archive(EVENTS)
    make_export(archive, tmp_path / "out")

    assert archive.claims == {}
    assert archive.queue == []


def test_a_window_is_cut_by_the_second(tmp_path: Path):
    start, end = BEGAN + timedelta(hours=2), BEGAN + timedelta(hours=5)
    asked = Asked.of("local", start.isoformat(), end.isoformat(), (), ())

    result = make_export(Archive(EVENTS), tmp_path / "out", asked)

    inside = [event for event in EVENTS if start <= datetime.fromisoformat(event["time"]) < end]
    assert 0 < result.manifest["events"] == len(inside) < len(EVENTS)


def test_types_and_campaigns_are_selected(tmp_path: Path):
    campaign = EVENTS[0]["detail"]["metadata"]["campaign_id"]
    asked = Asked.of("local", None, None, ["TurnResolved", "TurnAccepted.v1"], [campaign])

    result = make_export(Archive(EVENTS), tmp_path / "out", asked)

    mine = [event for event in EVENTS if event["detail"]["metadata"]["campaign_id"] == campaign]
    wanted = Counter(event["detail-type"] for event in mine)
    assert {kind: known["events"] for kind, known in result.manifest["types"].items()} == {
        kind: wanted[kind] for kind in ("TurnAccepted.v1", "TurnResolved.v1")
    }
    assert result.manifest["gaps"] is None


def test_what_is_missing_between_others_is_named(tmp_path: Path):
    stream = EVENTS[0]["detail"]["metadata"]["stream"]
    missing = {f"{stream}/{number}" for number in (2, 4, 5)}
    held = [event for event in EVENTS if event["detail"]["metadata"]["event_id"] not in missing]

    result = make_export(Archive(held), tmp_path / "out")

    assert result.manifest["gaps"] == {stream: [[2, 2], [4, 5]]}


def test_progress_that_was_told_twice_a_moment_apart_counts_once(tmp_path: Path):
    first = next(event for event in EVENTS if event["detail-type"] == "ToolExecuted.v1")
    second = json.loads(json.dumps(first))
    second["detail"]["metadata"]["occurred_at"] = "2031-05-30T00:00:00Z"
    one, other = tmp_path / "one", tmp_path / "other"

    result = make_export(Archive([first, second], copies=0), one)
    make_export(Archive([second, first], copies=0, seed=5), other)

    assert (result.manifest["events"], result.manifest["duplicates_dropped"]) == (1, 1)
    assert digests(one) == digests(other)
    assert rows(one, "SELECT count(*) FROM 'DIR/tool_calls.parquet' WHERE occurred_at < '2031-05-30'") == [(1,)]


def test_an_archive_without_events_gives_tables_without_rows(tmp_path: Path):
    result = make_export(Archive([]), tmp_path / "out")

    assert result.manifest["events"] == 0
    assert {file["rows"] for file in result.manifest["files"]} == {0}
    assert rows(tmp_path / "out", "SELECT sum(micro_dollars) FROM 'DIR/turns.parquet'") == [(None,)]


def test_a_window_the_archive_may_not_have_whole_is_refused_and_nothing_is_started(tmp_path: Path):
    archive = Archive(EVENTS)
    with pytest.raises(UserError, match="ends at 2031-05-31T23:50:00"):
        make_export(archive, tmp_path / "out", Asked.of("prod", "2d", "now", (), ()))

    assert (archive.replays, archive.claims, list(tmp_path.iterdir())) == ({}, {}, [])


def test_an_age_means_what_it_meant_when_the_export_began(tmp_path: Path):
    asked = Asked.of("prod", "4w", "1d", (), ())
    archive, out = Archive(EVENTS, deletes_until_killed=0), tmp_path / "out"
    with pytest.raises(Killed):
        make_export(archive, out, asked)
    archive.deletes_until_killed = None
    archive.reappear()

    result = make_export(archive, out, asked, now=LATER + timedelta(days=2))

    assert result.manifest["window"] == {"from": "2031-05-04T00:00:00+00:00", "to": "2031-05-31T00:00:00+00:00"}


def test_a_folder_with_another_export_in_it_is_refused(whole: Path, tmp_path: Path):
    other = Asked.of("local", None, None, ["TurnFailed"], ())
    archive, out = Archive(EVENTS, deletes_until_killed=0), tmp_path / "out"
    with pytest.raises(Killed):
        make_export(archive, out)

    with pytest.raises(UserError, match="belongs to another export"):
        make_export(archive, out, other)
    with pytest.raises(UserError, match="belongs to another export"):
        Workplace(whole).finished(other)
    assert Workplace(whole).finished(ALL)


def test_a_folder_with_something_else_in_it_is_refused(tmp_path: Path):
    (tmp_path / "thesis.doc").write_text("my life's work")

    with pytest.raises(UserError, match="is no export"):
        Workplace(tmp_path).finished(ALL)


def test_two_exports_into_one_folder_at_a_time_are_one_too_many(tmp_path: Path):
    with (
        Workplace(tmp_path / "out").hold(),
        pytest.raises(UserError, match="being made already"),
        Workplace(tmp_path / "out").hold(),
    ):
        pass


@pytest.mark.parametrize("words", [{"types": ["turn resolved"]}, {"campaigns": ["mine"]}])
def test_a_selection_nothing_could_match_is_refused(words: dict[str, list[str]]):
    with pytest.raises(UserError, match="is no"):
        Asked.of("local", None, None, words.get("types", ()), words.get("campaigns", ()))


def test_exported_effects_add_up_to_the_state_of_every_campaign(tmp_path: Path):
    told = [play(number, turns=60) for number in range(6)]
    out = tmp_path / "out"
    make_export(Archive([event for _, _, events in told for event in events]), out)

    found, plain = sums(out, {first.campaign_id: first for first, _, _ in told}), figures(out)

    for first, last, _ in told:
        assert found[first.campaign_id].differences == ()
        assert found[first.campaign_id].state == last
        assert plain[first.campaign_id] == {
            "credits": last.character.credits - first.character.credits,
            "lives_lost": first.character.lives - last.character.lives,
            "levels_gained": last.character.level - first.character.level,
        }
    assert sum(each["lives_lost"] for each in plain.values()) > 0


def test_an_effect_that_is_missing_in_an_export_is_noticed(tmp_path: Path):
    first, _, events = play(1, turns=30)
    rich = max(events, key=lambda event: len(event["detail"]["data"].get("effects", ())))
    rich["detail"]["data"]["effects"].pop()
    make_export(Archive(events), tmp_path / "out")

    assert sums(tmp_path / "out", {first.campaign_id: first})[first.campaign_id].differences


def test_every_column_of_every_table_is_explained(whole: Path):
    page = (Path(__file__).parents[3] / "docs" / "analytics.md").read_text()
    tables = {path.name: path for path in whole.glob("*.parquet")}
    tables["events/type=…/date=…/part-0.parquet"] = next((whole / "events").rglob("*.parquet"))

    for name, path in tables.items():
        _, _, section = page.partition(f"`{name}`")
        section, _, _ = section.partition(".parquet`")
        columns = {
            column for column, *_ in rows(path, "DESCRIBE SELECT * FROM read_parquet('DIR', hive_partitioning=false)")
        }
        assert columns <= set(re.findall(r"`([a-z_]+)`", section)), name
