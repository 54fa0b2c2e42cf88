"""Guests from before guests had an end: they get the one they would have, once and a few at a time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ninelives.privacy import guests
from ninelives.privacy.guests import Ended, end_guests
from services.gateway.adapters.account_register import DynamoAccountRegister
from services.gateway.domain.accounts import GUEST_KEPT, Account
from services.gateway.tests.player_client import TABLE
from tests.privacy.conftest import Deployed

CAME = datetime(2026, 11, 1, tzinfo=UTC)


def ends(deployed: Deployed) -> dict[str, int]:
    return {each["sk"]["S"]: int(each["expires_at"]["N"]) for each in deployed.game.items("GUEST#")}


def test_a_guest_from_before_ends_as_if_it_had_been_written_when_they_came(deployed: Deployed) -> None:
    deployed.game.cognito.add_known("tom", "sub-1")

    assert end_guests(deployed.environment, 10) == Ended(1, more=False)
    assert ends(deployed) == {"GUEST#tom": int((CAME + GUEST_KEPT).timestamp())}


def test_once_more_changes_nothing_and_who_has_an_end_keeps_it(deployed: Deployed) -> None:
    assert deployed.game.ask("POST", "/v1/guests", player=None).status == 201
    before = ends(deployed)

    assert [end_guests(deployed.environment, 10).guests for _ in range(2)] == [0, 0]
    assert ends(deployed) == before


def test_an_account_gets_none_and_one_that_was_never_opened_is_a_guest(deployed: Deployed) -> None:
    register = DynamoAccountRegister(deployed.game.dynamodb, TABLE)
    for name, opening in (("open", None), ("begun", 7)):
        deployed.game.cognito.add_known(name, name)
        register.begin(Account(name, f"digest of {name}", 0, opening), name, None)

    assert end_guests(deployed.environment, 10).guests == 1
    assert list(ends(deployed)) == ["GUEST#begun"]


def test_a_run_takes_so_many_and_the_next_one_the_rest_over_pages_of_the_pool(
    deployed: Deployed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guests, "PAGE", 2)
    for number in range(5):
        deployed.game.cognito.add_known(f"guest-{number}", f"sub-{number}")

    runs = [end_guests(deployed.environment, 3) for _ in range(3)]

    assert runs == [Ended(3, more=True), Ended(2, more=False), Ended(0, more=False)]
    assert len(ends(deployed)) == 5
