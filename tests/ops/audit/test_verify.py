"""`ninelives audit verify` names every kind of damage that hands can do to the record, and nothing else."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer import Typer
from typer.testing import CliRunner

from ninelives.cli import audit as command
from ninelives.cli.audit import audit_app
from services.audit.domain.entry import digest_of
from tests.ops.audit.conftest import ADMISSIONS, CAMPAIGN, STORY, World, soon_before, turn

OTHER = "c_" + "b" * 26
WHOLE = "2 streams, 9 facts, 2 of progress: 0 gaps, 0 duplicates, 0 alterations."


@pytest.fixture(autouse=True)
def deployed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "find_environment", lambda environment: world.site)


def verify(*arguments: object) -> Result:
    app = Typer()
    app.add_typer(audit_app, name="audit")
    return CliRunner().invoke(app, ["audit", "verify", *map(str, arguments)])


def faults(*arguments: object) -> list[str]:
    """The lines about faults; each run with faults has status 1 and a summary that counts them."""
    done = verify(*arguments)
    *lines, summary = done.stdout.splitlines()
    assert done.exit_code == (1 if lines else 0), done.output
    assert sum(int(part.split()[0]) for part in summary.split(": ")[1].split(".")[0].split(", ")) == len(lines)
    return lines


def alter(item: dict[str, str], **data: Any) -> dict[str, str]:
    """The entry with other data and the digest that fits them."""
    detail = json.dumps({**json.loads(item["detail"]), "data": data}, sort_keys=True, separators=(",", ":"))
    return {**item, "detail": detail, "digest": digest_of(item["source"], item["detail_type"], detail)}


def test_a_whole_record_is_status_zero_and_one_line() -> None:
    done = verify()

    assert (done.exit_code, done.stdout) == (0, f"{WHOLE}\n")


def test_one_campaign_is_verified_with_its_progress(world: World) -> None:
    world.arrives({**world.happens(f"campaign/{OTHER}", 2), "turn_id": None})

    assert verify("--campaign", CAMPAIGN).stdout == f"{WHOLE}\n"
    assert faults("--campaign", OTHER) == [f"campaign/{OTHER}: 1 is missing"]


def test_an_entry_that_was_removed_is_a_gap(world: World) -> None:
    world.take(STORY, 2)

    assert faults() == [f"{STORY}: 2 is missing, but was linked"]


def test_a_tail_that_was_removed_with_its_links_is_missed_by_its_owner(world: World) -> None:
    for place in (4, 5):
        world.take(STORY, place)
        world.take(f"CHAIN#{STORY}", place)

    assert faults() == [f"{STORY}: 4 to 5 are missing, at its end"]


def test_a_stream_that_was_removed_whole_is_missed_by_its_owner(world: World) -> None:
    for place in range(1, 5):
        world.take(ADMISSIONS, place)
        world.take(f"CHAIN#{ADMISSIONS}", place)

    assert faults() == [f"{ADMISSIONS}: 1 to 4 are missing, at its end"]


def test_two_holes_are_two_gaps(world: World) -> None:
    for place in (1, 3):
        world.take(STORY, place)
        world.take(f"CHAIN#{STORY}", place)

    assert faults() == [f"{STORY}: 1 is missing", f"{STORY}: 3 is missing"]


def test_an_entry_that_says_something_else_is_an_alteration(world: World) -> None:
    item = world.take(STORY, 3)
    world.put("audit", STORY, "0000000003", **{**item, "detail": item["detail"].replace('"hp":3', '"hp":9')})

    assert faults() == [f"{STORY}: 3 was altered: its digest does not fit what it says"]


def test_an_entry_that_was_altered_with_its_digest_breaks_the_chain(world: World) -> None:
    world.put("audit", STORY, "0000000003", **alter(world.take(STORY, 3), hp=9))

    assert faults() == [f"{STORY}: the chain breaks at 3: it, its link or the link before was altered"]


@pytest.mark.parametrize(("attribute", "value"), [("occurred_at", "2026-01-02T00:00:00+00:00"), ("turn_id", turn(9))])
def test_what_is_told_beside_the_text_is_checked_too(world: World, attribute: str, value: str) -> None:
    world.put("audit", STORY, "0000000003", **{**world.take(STORY, 3), attribute: value})

    assert faults() == [f"{STORY}: 3 was altered: its time or turn is not the one it tells"]


@pytest.mark.parametrize("stream", [STORY, ADMISSIONS])
def test_entries_that_were_swapped_are_each_named(world: World, stream: str) -> None:
    two, three = world.take(stream, 2), world.take(stream, 3)
    world.put("audit", stream, "0000000002", **three)
    world.put("audit", stream, "0000000003", **two)

    assert faults() == [
        f"{stream}: 2 holds what says that it is {stream} 0000000003, {three['event_id']}",
        f"{stream}: 3 holds what says that it is {stream} 0000000002, {two['event_id']}",
    ]


def test_a_fact_that_is_said_again_under_another_id_is_a_duplicate(world: World) -> None:
    again = {**world.happens(STORY, 6), "idempotency_key": f"{turn(2)}/done"}
    world.arrives(again)

    assert faults() == [f"{STORY}: 6 says again what 2 says, Happened.v1 of {turn(2)}/done"]


def test_an_id_that_is_in_two_places_is_a_duplicate(world: World) -> None:
    world.arrives(world.happens(ADMISSIONS, 5, opaque=f"{2:032x}"))
    world.arrives(world.happens(f"turns/{OTHER}", 1, opaque=f"{3:032x}"))

    assert faults() == [
        f"{ADMISSIONS}: 5 has the id of 2, {2:032x}",
        f"turns/{OTHER}: 1 has the id of a fact in another stream, {3:032x}",
    ]


def test_a_fact_that_nobody_committed_is_an_alteration(world: World) -> None:
    forged = world.happens(STORY, 6)
    world.happens(STORY, 5)
    world.arrives(forged)

    assert faults() == [f"{STORY}: 6 was never committed: its owner is at 5"]


def test_a_link_that_was_removed_is_named(world: World) -> None:
    world.take(f"CHAIN#{STORY}", 3)
    world.take(f"CHAIN#{ADMISSIONS}", 4)

    assert faults() == [f"{STORY}: 3 has no link", f"{ADMISSIONS}: 4 has no link"]


def test_a_link_that_was_altered_breaks_the_chain(world: World) -> None:
    world.put("audit", f"CHAIN#{STORY}", "0000000005", link="0" * 64)

    assert faults() == [f"{STORY}: the chain breaks at 5: it, its link or the link before was altered"]


def test_links_without_entries_are_gaps(world: World) -> None:
    world.put("audit", f"CHAIN#campaign/{OTHER}", "0000000001", link="0" * 64)

    assert faults() == [f"campaign/{OTHER}: 1 is missing, at its end, but was linked"]


@pytest.mark.parametrize("pk", [STORY, f"CHAIN#{STORY}"])
def test_what_lies_at_no_place_of_a_stream_is_named(world: World, pk: str) -> None:
    world.put("audit", pk, "12", link="")

    assert faults() == [f"{STORY}: 12 is no place for a fact"]


def test_an_entry_that_is_no_entry_is_named_and_stops_nothing(world: World) -> None:
    world.take(STORY, 3)
    world.put("audit", STORY, "0000000003", detail="[]")
    world.take(ADMISSIONS, 1)

    assert faults() == [f"{STORY}: 3 cannot be read", f"{ADMISSIONS}: 1 is missing, but was linked"]


def test_progress_that_was_altered_is_named(world: World) -> None:
    world.put("audit", f"progress/{CAMPAIGN}", "id/p2", **alter(world.take(f"progress/{CAMPAIGN}", "id/p2"), x=1))
    world.put("audit", f"progress/{turn(1)}", "id/p3", **world.take(f"progress/{turn(1)}", "id/p1"))

    [line] = faults()
    assert line.startswith(f"progress/{turn(1)}: id/p3 holds what says that it is progress/{turn(1)} id/p1")


def test_facts_that_are_younger_than_the_lag_are_on_their_way(world: World) -> None:
    world.happens(STORY, 6, when=soon_before(30))
    world.arrives(world.happens(STORY, 7, when=soon_before(20)))
    world.happens(STORY, 8, when=soon_before(10))

    done = verify()

    assert done.exit_code == 0
    assert done.stdout.endswith(" 0 alterations. On the way: 2 facts.\n")
    assert faults("--lag", 15) == [f"{STORY}: 6 is missing"]
    assert faults("--lag", 5) == [f"{STORY}: 6 is missing", f"{STORY}: 8 is missing, at its end"]


def test_what_waits_behind_a_gap_needs_no_link_yet(world: World) -> None:
    world.happens(STORY, 6)
    world.arrives(world.happens(STORY, 7))

    assert faults() == [f"{STORY}: 6 is missing"]


def test_a_stream_that_was_rewritten_with_its_links_differs_from_a_head_that_was_saved(
    world: World, tmp_path: Path
) -> None:
    heads = tmp_path / "heads.json"
    assert verify("--save-heads", heads).exit_code == 0
    entries = [alter(world.take(STORY, place), hp=9) for place in range(1, 6)]
    link = sha256(STORY.encode()).hexdigest()
    for place, item in enumerate(entries, 1):
        link = sha256(f"{link}|{item['digest']}".encode()).hexdigest()
        world.put("audit", STORY, f"{place:010d}", **item)
        world.put("audit", f"CHAIN#{STORY}", f"{place:010d}", link=link)

    assert faults() == []
    assert faults("--heads", heads) == [
        f"{STORY}: it was rewritten: the link of 5 is not the one that was saved",
    ]


def test_heads_grow_with_the_chains_and_stay_where_there_are_faults(world: World, tmp_path: Path) -> None:
    heads = tmp_path / "heads.json"
    verify("--save-heads", heads)
    assert json.loads(heads.read_text()) == {
        STORY: [5, world.links(STORY)[-1]],
        ADMISSIONS: [4, world.links(ADMISSIONS)[-1]],
    }

    before = world.links(ADMISSIONS)[-1]
    world.arrives(world.happens(STORY, 6))
    world.arrives(world.happens(ADMISSIONS, 5, opaque="5"))
    world.take(ADMISSIONS, 1)
    assert verify("--heads", heads, "--save-heads", heads).exit_code == 1
    assert json.loads(heads.read_text()) == {STORY: [6, world.links(STORY)[-1]], ADMISSIONS: [4, before]}


def test_saving_one_campaigns_heads_keeps_the_others(world: World, tmp_path: Path) -> None:
    heads = tmp_path / "heads.json"
    heads.write_text(json.dumps({f"campaign/{OTHER}": [3, "0" * 64]}))

    assert verify("--campaign", CAMPAIGN, "--heads", heads, "--save-heads", heads).exit_code == 0

    assert json.loads(heads.read_text()).keys() == {STORY, ADMISSIONS, f"campaign/{OTHER}"}


def test_a_saved_head_whose_stream_is_gone_is_named(world: World, tmp_path: Path) -> None:
    heads = tmp_path / "heads.json"
    heads.write_text(json.dumps({f"campaign/{OTHER}": [3, "0" * 64]}))

    assert faults("--heads", heads) == [f"campaign/{OTHER}: the link of 3 that was saved is gone"]


def test_machines_get_one_object(world: World) -> None:
    world.take(STORY, 2)

    done = verify("--json")

    told = json.loads(done.stdout)
    assert (done.exit_code, told["streams"], told["facts"], told["faults"]) == (
        1,
        2,
        8,
        {"gap": 1, "duplicate": 0, "alteration": 0, "step": 0},
    )
    assert told["found"] == [{"stream": STORY, "kind": "gap", "what": "2 is missing, but was linked"}]


@pytest.mark.parametrize("content", ["", "[]", '{"x": [0, "0"]}', '{"x": 1}'])
def test_a_file_without_heads_is_unusable(tmp_path: Path, content: str) -> None:
    heads = tmp_path / "heads.json"
    heads.write_text(content)

    assert verify("--heads", heads).exit_code == 2
    assert verify("--heads", tmp_path / "none").exit_code == 2


def test_an_unusable_run_leaves_the_saved_heads_as_they_are(world: World, tmp_path: Path) -> None:
    heads = tmp_path / "heads.json"
    verify("--save-heads", heads)
    before = heads.read_text()
    world.dynamodb.delete_table(TableName="gateway")

    done = verify("--save-heads", heads)

    assert done.exit_code == 2
    assert "ResourceNotFoundException" in done.output
    assert [path.read_text() for path in tmp_path.iterdir()] == [before]


@pytest.mark.parametrize("campaign", ["nonsense", OTHER])
def test_a_campaign_that_is_none_is_unusable(campaign: str) -> None:
    done = verify("--campaign", campaign)

    assert done.exit_code == 2
    assert campaign in done.output
    assert len(done.output.splitlines()) == 1


def test_a_campaign_is_replayed_through_the_specification(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The events here are of no kind that it speaks of, and none begins a campaign."""
    assert faults() == faults("--campaign", CAMPAIGN, "--spec") == []

    monkeypatch.setattr("ninelives.ops.audit.specification._kinds", lambda: {"Happened"})
    assert len(wrong := faults("--campaign", CAMPAIGN, "--spec")) == 1
    assert "the campaign has not begun" in wrong[0]
