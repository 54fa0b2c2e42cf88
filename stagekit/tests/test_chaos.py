"""Steps to be broken on purpose break as often as was asked, and only where the operator allowed it."""

from __future__ import annotations

import pytest

from contracts.envelope import Envelope
from stagekit import chaos
from stagekit.tests.conftest import CAMPAIGN, TURN


def step(key: str = f"{TURN}/dm/0/model/0") -> Envelope:
    return Envelope(idempotency_key=key, correlation_id=TURN, campaign_id=CAMPAIGN, turn_id=TURN)


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch, stages_table: object) -> None:
    monkeypatch.setenv("CHAOS", "1")
    chaos._table.cache_clear()


def test_the_first_attempts_of_a_step_fail_and_the_next_does_not(allowed: None) -> None:
    struck = [chaos.should_fail("throttle-model", "throttle-model", step(), times=2) for _ in range(4)]

    assert struck == [True, True, False, False]


def test_every_step_has_attempts_of_its_own(allowed: None) -> None:
    struck = [chaos.should_fail("kill-tool", "kill-tool", step(f"{TURN}/0/{n}"), times=1) for n in (0, 1, 0, 1)]

    assert struck == [True, True, False, False]


def test_only_what_was_wished_for_breaks(allowed: None) -> None:
    assert not chaos.should_fail("kill-tool", "drop-model", step(), times=9)
    assert not chaos.should_fail(None, "drop-model", step(), times=9)


def test_a_wish_is_nothing_where_the_operator_did_not_enable_it() -> None:
    assert not chaos.should_fail("drop-model", "drop-model", step(), times=9)
