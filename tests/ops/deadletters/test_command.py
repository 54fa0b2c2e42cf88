"""The command `ninelives dlq`: what an operator types and is told."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from infra.errors import UserError
from ninelives.cli import dlq
from tests.ops.deadletters.fake_queues import (
    DEAD,
    RELAY,
    REPORTS,
    STREAM,
    WORK,
    FakeQueues,
    event,
    failed_turn,
    site_of,
)


@pytest.fixture
def ninelives(fakes: FakeQueues, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(dlq, "find_environment", lambda environment: site_of(sqs=fakes))

    def run(*arguments: str, typed: str = ""):
        done = CliRunner().invoke(dlq.dlq_app, arguments, input=typed)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.stdout

    return run


def test_empty_queues_are_listed_with_status_0(ninelives):
    status, told = ninelives("list")

    assert status == 0
    assert [line.split()[:2] for line in told.splitlines()] == [
        [DEAD, "0"],
        [RELAY, "0"],
        [REPORTS, "0"],
        ["tools/lost-dead-letters", "0"],
    ]


def test_a_letter_makes_the_list_end_with_status_1(ninelives, fakes):
    fakes.put(DEAD, "{", reason="not an event")

    status, told = ninelives("list")

    assert status == 1
    assert "1 × not an event" in told


def test_show_tells_of_a_letter_and_leaves_it(ninelives, fakes):
    fakes.put(DEAD, event(4))

    status, told = ninelives("show", DEAD)

    assert (status, len(fakes.bodies(DEAD))) == (0, 1)
    assert f"{STREAM}/4" in told and "TurnResolved.v1" in told and "payload" not in told


def test_a_dry_run_moves_nothing_and_names_what_would_go(ninelives, fakes):
    fakes.put(DEAD, event(4))

    status, told = ninelives("redrive", DEAD, "--dry-run")

    assert (status, fakes.bodies(WORK)) == (0, [])
    assert f"{STREAM}/4" in told


def test_one_event_is_redriven_alone(ninelives, fakes):
    for sequence in (1, 2, 3):
        fakes.put(DEAD, event(sequence))

    assert ninelives("redrive", DEAD, "--event", f"{STREAM}/2")[0] == 0
    assert (fakes.bodies(WORK), fakes.bodies(DEAD)) == ([event(2)], [event(1), event(3)])


def test_an_event_that_does_not_lie_there_is_status_1(ninelives, fakes):
    assert ninelives("redrive", DEAD, "--event", "nobody")[0] == 1


def test_a_queue_is_redriven_whole_and_then_it_is_empty(ninelives, fakes):
    fakes.put(DEAD, event(1))

    assert ninelives("redrive", DEAD)[0] == 0
    assert (fakes.bodies(DEAD), fakes.bodies(WORK)) == ([], [event(1)])
    assert ninelives("redrive", DEAD) == (0, f"{DEAD}: empty.\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "audit/nothing"),
        ("redrive",),
        ("redrive", DEAD, "--all"),
        ("redrive", "--all", "--event", "e"),
        ("redrive", REPORTS),
        ("redrive", RELAY, "--event", "e"),
        ("redrive", DEAD, "--since", "2h"),
        ("redrive", RELAY, "--since", "yesterday"),
        ("redrive", "tools/lost-dead-letters"),
        ("purge", DEAD, "--older-than", "0d"),
        ("purge", DEAD, "--save", "file", "--no-save"),
    ],
    ids=" ".join,
)
def test_what_makes_no_sense_is_status_2_and_moves_nothing(ninelives, fakes, arguments):
    fakes.put(DEAD, event(1))
    fakes.put(REPORTS, failed_turn())

    assert ninelives(*arguments)[0] == 2
    assert (len(fakes.bodies(DEAD)), len(fakes.bodies(REPORTS)), fakes.bodies(WORK)) == (1, 1, [])


def test_no_deployment_is_status_2(ninelives, monkeypatch):
    def away(environment: str):
        raise UserError("The local cloud is not up.")

    monkeypatch.setattr(dlq, "find_environment", away)

    assert ninelives("list")[0] == 2


@pytest.mark.parametrize("typed", ["yes\n", "\n" + WORK + "\n"])
def test_nothing_is_purged_unless_the_queues_name_is_typed(ninelives, fakes, typed, tmp_path):
    fakes.put(DEAD, event(1))

    assert ninelives("purge", DEAD, typed=typed)[0] == 1
    assert len(fakes.bodies(DEAD)) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_purge_leaves_a_copy_in_this_folder(ninelives, fakes, tmp_path):
    fakes.put(DEAD, event(1))

    status, told = ninelives("purge", DEAD, typed=f"{DEAD}\n")

    [copy] = tmp_path.iterdir()
    assert (status, fakes.bodies(DEAD)) == (0, [])
    assert copy.name in told and f"{STREAM}/1" in copy.read_text()


def test_a_purge_keeps_no_copy_only_when_told_so(ninelives, fakes, tmp_path):
    fakes.put(DEAD, event(1))

    assert ninelives("purge", DEAD, "--yes", "--no-save")[0] == 0
    assert (fakes.bodies(DEAD), list(tmp_path.iterdir())) == ([], [])


def test_a_purge_that_cannot_save_deletes_nothing(ninelives, fakes, tmp_path):
    (tmp_path / "copies").write_text("precious")
    fakes.put(DEAD, event(1))

    assert ninelives("purge", DEAD, "--yes", "--save", "copies")[0] == 2
    assert len(fakes.bodies(DEAD)) == 1


def test_a_dry_purge_deletes_nothing_and_asks_nothing(ninelives, fakes, tmp_path):
    fakes.put(DEAD, event(1))

    status, told = ninelives("purge", DEAD, "--dry-run")

    assert (status, len(fakes.bodies(DEAD)), list(tmp_path.iterdir())) == (0, 1, [])
    assert "1 would be deleted" in told
