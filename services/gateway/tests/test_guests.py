"""Limits on guests who come in: of a household, of a network, of a day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from services.gateway.adapters.cognito.pool import CognitoPool
from services.gateway.domain.limits import RateLimit
from services.gateway.tests.cognito import Cognito
from services.gateway.tests.player_client import PlayerClient
from services.gateway.tests.test_accounts import MAIL, PASSWORD, Guest, sign_in


def test_guests_of_one_address_are_counted_together(game: PlayerClient) -> None:
    game.limit(guests=RateLimit(2, 3600))
    came = [game.ask("POST", "/v1/guests", player=None, address="192.0.2.1") for _ in range(3)]
    elsewhere = game.ask("POST", "/v1/guests", player=None, address="192.0.2.2")

    assert [answer.status for answer in came] == [201, 201, 429]
    assert elsewhere.status == 201
    assert len(game.cognito.users) == 3
    assert "192.0.2" not in str(game.items())


@pytest.mark.parametrize(
    ("addresses", "elsewhere"),
    [
        (("192.0.2.1", "192.0.2.9", "192.0.2.77"), "192.0.3.1"),
        (("2001:db8:1:2::1", "2001:db8:1:3::1", "2001:db8:1:ffff::1"), "2001:db8:2::1"),
    ],
)
def test_guests_of_one_network_are_counted_together_too(
    game: PlayerClient, addresses: tuple[str, ...], elsewhere: str
) -> None:
    game.limit(**{"guests": RateLimit(1, 3600), "neighbouring-guests": RateLimit(2, 3600)})

    came = [game.ask("POST", "/v1/guests", player=None, address=address) for address in (*addresses, elsewhere)]

    assert [answer.status for answer in came] == [201, 201, 429, 201]
    assert len(game.cognito.users) == 3


def test_when_the_guests_of_the_day_are_there_accounts_still_come_in(game: PlayerClient) -> None:
    Guest(game).upgrade()
    game.limit(**{"all-guests": RateLimit(1, 86400)})
    game.clock.time = datetime(2026, 3, 1, 23, 59, 0, tzinfo=UTC)
    came = [game.ask("POST", "/v1/guests", player=None, address=f"192.0.{n}.1") for n in range(2)]

    assert [answer.status for answer in came] == [201, 503]
    assert (came[1].problem, came[1].headers["Retry-After"]) == ("guests-full", "60")
    assert "1 guests came today" in came[1].json["detail"]
    assert len(game.cognito.users) == 2
    assert sign_in(game, email=MAIL, password=PASSWORD).status == 200
    game.clock.pause(60)
    assert game.ask("POST", "/v1/guests", player=None).status == 201


def test_a_guest_whose_making_was_repeated_is_let_in(game: PlayerClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK asks again after a reply that was lost, and the pool says that there is one of this name."""
    make = game.cognito.admin_create_user

    def make_twice(**asked: str) -> object:
        make(**asked)
        return make(**asked)

    monkeypatch.setattr(game.cognito, "admin_create_user", make_twice)

    assert game.ask("POST", "/v1/guests", player=None).status == 201


def test_a_guests_first_password_is_sent_once(game: PlayerClient) -> None:
    """One that is sent again may arrive late, and in the place of an account's."""
    patient, hasty = Watched(game.cognito), Watched(game.cognito)
    pool: Any = CognitoPool(patient, "pool", "app", game.notices.append, hasty)  # type: ignore[arg-type]

    pool.enter_guest()

    assert (patient.asked, hasty.asked) == (["admin_create_user", "admin_initiate_auth"], ["admin_set_user_password"])


class Watched:
    """The pool, and what was asked of it."""

    def __init__(self, cognito: Cognito) -> None:
        self._cognito = cognito
        self.asked: list[str] = []

    def __getattr__(self, operation: str) -> Any:
        self.asked.append(operation)
        return getattr(self._cognito, operation)


def test_who_is_refused_at_home_takes_no_place_of_others(game: PlayerClient) -> None:
    game.limit(
        **{"guests": RateLimit(1, 3600), "neighbouring-guests": RateLimit(9, 3600), "all-guests": RateLimit(2, 86400)}
    )

    pushing = [game.ask("POST", "/v1/guests", player=None, address="192.0.2.1").status for _ in range(5)]

    assert pushing == [201, 429, 429, 429, 429]
    assert game.ask("POST", "/v1/guests", player=None, address="198.51.100.1").status == 201
