"""A history that the specification does not allow is named by its first such step."""

from __future__ import annotations

import pytest

from ninelives.ops.audit.specification import ToldFact, first_step_not_allowed


def story(*facts: tuple[str, str | None, int | None]) -> list[ToldFact]:
    return [ToldFact("campaign/c", n, kind, turn, number) for n, (kind, turn, number) in enumerate(facts, 1)]


def admissions(*facts: tuple[str, str]) -> list[ToldFact]:
    return [ToldFact("turns/c", n, kind, turn) for n, (kind, turn) in enumerate(facts, 1)]


BEGUN = ("CampaignStarted", None, None)
A, ANSWERED, FAILED = ("TurnAccepted", "t1"), ("TurnAnswered", "t1"), ("TurnFailed", "t1")
HAPPENED = ("TurnResolved", "t1", 1)


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        (story(BEGUN), admissions(A)),
        (story(BEGUN, HAPPENED), admissions(A, ANSWERED)),
        (
            story(BEGUN, ("TurnResolved", "t2", 1)),
            admissions(A, FAILED, ("TurnAccepted", "t2"), ("TurnAnswered", "t2")),
        ),
        (story(BEGUN, HAPPENED, ("CampaignEnded", "t1", None)), admissions(A, ANSWERED)),
        (story(BEGUN, HAPPENED), admissions(A, ANSWERED, ("StoryReported", "t1"), ("TurnAccepted", "t2"))),
        (story(("CampaignStarted", None, 7), ("TurnResolved", "t1", 8)), admissions(A, ANSWERED)),
    ],
    ids=("running", "resolved", "failed, then another", "ended", "reported", "a fork"),
)
def test_what_may_happen_is_allowed(told, asked):
    assert first_step_not_allowed(told, asked) is None


@pytest.mark.parametrize(
    ("told", "asked", "named"),
    [
        (story(BEGUN), admissions(A, A), "turns/c: 2 (TurnAccepted of t1)"),
        (story(BEGUN, HAPPENED, HAPPENED), admissions(A, ANSWERED), "campaign/c: 3 (TurnResolved of t1)"),
        (story(BEGUN, HAPPENED), admissions(A, FAILED), "turns/c: 2 (TurnFailed of t1)"),
        (story(BEGUN, HAPPENED), admissions(A, FAILED, ("TurnAccepted", "t2")), "turns/c: 2 (TurnFailed of t1)"),
        (story(BEGUN, HAPPENED), [], "campaign/c: 2 (TurnResolved of t1): the turn is unknown"),
        (story(BEGUN), admissions(A, ("TurnAccepted", "t2")), "the gate is another's"),
        (story(BEGUN), admissions(A, ANSWERED), "turns/c: 2 (TurnAnswered of t1): the turn is running"),
        (story(BEGUN, HAPPENED), admissions(A, ANSWERED, FAILED), "the turn is resolved and committed"),
        (story(BEGUN, ("TurnResolved", "t1", 2)), admissions(A, ANSWERED), "turn 2 cannot follow turn 0"),
        (
            story(BEGUN, HAPPENED, ("CampaignEnded", "t1", None)),
            admissions(A, ANSWERED, ("TurnAccepted", "t2")),
            "the story is over",
        ),
        ([], admissions(A), "the campaign has not begun"),
        (story(BEGUN, BEGUN), [], "the campaign has begun"),
    ],
    ids=(
        "accepted twice",
        "committed twice",
        "failed and committed",
        "failed, committed, and another",
        "committed without admission",
        "two running",
        "answered without a commit",
        "failed after it was resolved",
        "a number left out",
        "accepted after the end",
        "accepted before the beginning",
        "begun twice",
    ),
)
def test_the_first_step_that_is_not_allowed_is_named(told, asked, named):
    assert named in (first_step_not_allowed(told, asked) or "")
