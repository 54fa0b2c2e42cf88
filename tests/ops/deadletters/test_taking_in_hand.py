"""Looking takes nothing away; sending back and purging lose nothing and touch only what was chosen."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ninelives.ops.deadletters.formatting import line
from ninelives.ops.deadletters.overview import standing
from ninelives.ops.deadletters.purging import Copies, purge
from ninelives.ops.deadletters.queues import DeadLetters, Kind
from ninelives.ops.deadletters.receiving import WORK as WORK_SECONDS
from ninelives.ops.deadletters.receiving import in_hand
from ninelives.ops.deadletters.sending_back import send_all_back, send_chosen_back
from tests.ops.deadletters.fake_queues import DEAD, SENT_AT, STREAM, WORK, FakeQueues, event

QUEUE = DeadLetters(DEAD, DEAD, Kind.EVENTS, WORK)
NOW = datetime.fromtimestamp(SENT_AT, UTC)


def fill(letters: int, fakes: FakeQueues | None = None) -> FakeQueues:
    fakes = fakes or FakeQueues()
    for sequence in range(1, letters + 1):
        fakes.put(DEAD, event(sequence))
    return fakes


def is_one_of(*sequences: int):
    wanted = {f"{STREAM}/{sequence}" for sequence in sequences}
    return lambda letter: letter.about.id in wanted


def test_a_look_at_a_queue_shows_each_letter_once_and_leaves_all():
    fakes = fill(25)

    with in_hand(fakes, DEAD) as letters:
        assert fakes.bodies(DEAD) == []
        assert len({letter.message_id for letter in letters}) == len(letters) == 25

    assert len(fakes.bodies(DEAD)) == 25


def test_a_look_that_fails_gives_all_letters_back(fakes):
    with pytest.raises(RuntimeError), in_hand(fill(3, fakes), DEAD):
        raise RuntimeError

    assert len(fakes.bodies(DEAD)) == 3


def test_a_queue_that_gives_the_same_letters_again_does_not_hold_us_for_ever(fakes):
    fill(3, fakes)
    original = fakes.receive_message

    def slow(**asked: Any) -> Any:
        fakes.now += WORK_SECONDS + 1  # everything is visible again
        return original(**asked)

    fakes.receive_message = slow
    with in_hand(fakes, DEAD) as letters:
        assert len(letters) == 3


def test_an_overview_samples_ten_and_says_so(fakes):
    for _ in range(12):
        fakes.put(DEAD, "{", reason="not an event")
    fakes.now += 7200
    found = standing(fakes, QUEUE)

    assert (found.messages, found.sampled, found.reasons) == (12, 10, (("not an event", 10),))
    assert "≥ 2 h" in line(found, datetime.fromtimestamp(fakes.now, UTC))
    assert len(fakes.bodies(DEAD)) == 12


@given(
    letters=st.integers(0, 23),
    chosen=st.sets(st.integers(1, 23)),
    limit=st.none() | st.integers(1, 12),
    dry_run=st.booleans(),
)
def test_every_letter_lies_in_one_queue_and_only_the_chosen_went_back(letters, chosen, limit, dry_run):
    fakes = fill(letters)

    sent = send_chosen_back(fakes, QUEUE, is_one_of(*chosen), limit, dry_run=dry_run)

    expected = [event(n) for n in range(1, letters + 1) if n in chosen][:limit]
    assert [letter.body for letter in sent] == expected
    assert fakes.bodies(WORK) == ([] if dry_run else expected)
    assert sorted(fakes.bodies(WORK) + fakes.bodies(DEAD)) == sorted(event(n) for n in range(1, letters + 1))


def test_a_letter_is_sent_before_it_is_deleted(fakes):
    fill(2, fakes)

    def refuse(**_: Any) -> None:
        raise ConnectionError

    fakes.send_message = refuse
    with pytest.raises(ConnectionError):
        send_chosen_back(fakes, QUEUE, is_one_of(1, 2))

    assert len(fakes.bodies(DEAD)) == 2


def test_a_whole_queue_is_moved_by_sqs_to_the_queue_we_name(fakes):
    moved = send_all_back(fill(4, fakes), QUEUE)

    assert (moved.letters, moved.trouble) == (4, "")
    assert (len(fakes.bodies(DEAD)), len(fakes.bodies(WORK))) == (0, 4)


class Busy(FakeQueues):
    """A post office whose move tasks run for as long as anybody looks, moving so many letters between two looks."""

    step, moved, cancelled = 1, 0, False

    def start_message_move_task(self, **_: Any) -> Any:
        return {"TaskHandle": "handle"}

    def list_message_move_tasks(self, **_: Any) -> Any:
        self.moved += self.step
        return {"Results": [{"Status": "RUNNING", "ApproximateNumberOfMessagesMoved": self.moved}]}

    def cancel_message_move_task(self, TaskHandle: str) -> None:
        self.cancelled = True


def test_a_task_that_takes_long_is_left_to_sqs():
    fakes, slept = Busy(), []

    moved = send_all_back(fill(100, fakes), QUEUE, patience=10, sleep=slept.append)

    assert "still moving" in moved.trouble and not fakes.cancelled
    assert sum(slept) == 10


def test_a_task_whose_letters_come_back_as_fast_as_they_go_is_stopped():
    fakes = Busy()
    fakes.step = 40

    moved = send_all_back(fill(50, fakes), QUEUE, sleep=lambda _: None)

    assert "mend the cause" in moved.trouble and fakes.cancelled


def test_what_a_task_failed_of_is_told(fakes):
    fakes.list_message_move_tasks = lambda **_: {"Results": [{"Status": "FAILED", "FailureReason": "AccessDenied"}]}

    assert send_all_back(fill(1, fakes), QUEUE).trouble == "AccessDenied"


def test_what_is_purged_is_on_the_disk_first(fakes, tmp_path):
    fill(12, fakes)

    with Copies(tmp_path / "copies", QUEUE) as copies:
        gone = purge(fakes, QUEUE, None, copies)

    saved = [json.loads(text) for text in (tmp_path / "copies").read_text().splitlines()]
    assert (gone.letters, gone.kept, fakes.bodies(DEAD)) == (12, 0, [])
    assert {each["body"] for each in saved} == {event(n) for n in range(1, 13)}
    assert (tmp_path / "copies").stat().st_mode & 0o077 == 0


def test_a_letter_that_cannot_be_saved_stays(fakes, tmp_path):
    def full(letter: Any) -> None:
        raise OSError("disk full")

    with Copies(tmp_path / "copies", QUEUE) as copies:
        copies.keep = lambda letter: (_ for _ in ()).throw(OSError("disk full"))
        with pytest.raises(OSError, match="disk full"):
            purge(fill(2, fakes), QUEUE, None, copies)

    assert len(fakes.bodies(DEAD)) == 2
    assert not (tmp_path / "copies").exists()


def test_copies_never_replace_others(tmp_path):
    (tmp_path / "copies").write_text("precious")

    with pytest.raises(FileExistsError):
        Copies(tmp_path / "copies", QUEUE)


@pytest.mark.parametrize("dry_run", [False, True])
def test_only_letters_of_the_age_asked_for_are_purged(fakes, dry_run):
    fill(3, fakes)
    fakes.now += 100
    fakes.put(DEAD, event(9))

    gone = purge(fakes, QUEUE, NOW + timedelta(seconds=50), None, dry_run=dry_run)

    assert (gone.letters, gone.kept) == (3, 1)
    assert len(fakes.bodies(DEAD)) == (4 if dry_run else 1)
