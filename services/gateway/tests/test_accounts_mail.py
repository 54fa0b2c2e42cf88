"""Codes by mail: an e-mail that is verified, a password that was lost, and what strangers learn about both."""

from __future__ import annotations

from typing import Any

import pytest

from services.gateway.adapters.account_register import DynamoAccountRegister
from services.gateway.adapters.connections import DynamoConnections
from services.gateway.domain.limits import RateLimit
from services.gateway.domain.sockets import TicketHolder
from services.gateway.http import websocket
from services.gateway.tests import cognito
from services.gateway.tests.live import Live
from services.gateway.tests.player_client import JSON, TABLE, Answered, PlayerClient
from services.gateway.tests.test_accounts import MAIL, PASSWORD, Guest, sign_in

OTHER = "Other-lives-8"
WRONG = "000000"


class Holder(Guest):
    """A guest who became an account, and has not read the mail yet."""

    def __init__(self, game: PlayerClient, email: str = MAIL) -> None:
        super().__init__(game)
        self.email = email
        self.access = self.upgrade(email).json["access_token"]

    @property
    def code(self) -> str:
        """The newest that came by mail."""
        return [code for email, code in self.game.cognito.mails if email == self.email][-1]

    def verify(self, code: str) -> Answered:
        return self.asks("/v1/account/verification", {"code": code})

    def asks(self, path: str, body: Any = None) -> Answered:
        headers = {**JSON, "authorization": f"Bearer {self.access}"}
        return self.game.ask("POST", path, body, player=self.id, username=self.name, headers=headers)


@pytest.fixture
def holder(game: PlayerClient) -> Holder:
    return Holder(game)


@pytest.fixture
def verified(holder: Holder) -> Holder:
    assert holder.verify(holder.code).status == 204
    return holder


def forgot(game: PlayerClient, email: str = MAIL, **options: Any) -> Answered:
    return game.ask("POST", "/v1/password-resets", {"email": email}, player=None, headers=JSON, **options)


def recover(game: PlayerClient, code: str, email: str = MAIL, password: str = OTHER, **options: Any) -> Answered:
    body = {"email": email, "code": code, "password": password}
    return game.ask("POST", "/v1/password-resets/confirmation", body, player=None, headers=JSON, **options)


def test_the_code_that_came_with_the_account_verifies_its_email(game: PlayerClient, holder: Holder) -> None:
    answer = holder.verify(holder.code)

    assert (answer.status, answer.text) == (204, "")
    assert game.cognito.users[holder.name]["verified"]


def test_a_code_verifies_once_and_another_one_not_at_all(holder: Holder) -> None:
    wrong = holder.verify(WRONG)
    holder.verify(holder.code)
    used = holder.verify(holder.code)

    assert (wrong.status, wrong.problem, wrong.text) == (422, "code-refused", used.text)


def test_a_code_that_got_lost_is_replaced_by_another(game: PlayerClient, holder: Holder) -> None:
    first = holder.code

    assert holder.asks("/v1/account/verification-codes").status == 202
    assert holder.verify(first).problem == "code-refused"
    assert holder.verify(holder.code).status == 204


def test_asking_for_a_code_that_is_not_needed_sends_none(game: PlayerClient, verified: Holder) -> None:
    sent = list(game.cognito.mails)

    assert verified.asks("/v1/account/verification-codes").status == 202
    assert game.cognito.mails == sent


def test_a_guest_has_no_email_to_verify(game: PlayerClient) -> None:
    guest = Guest(game)

    for path, body in (("/v1/account/verification", {"code": WRONG}), ("/v1/account/verification-codes", None)):
        refused = game.ask("POST", path, body, player=guest.id, username=guest.name, headers=JSON)
        assert (refused.status, refused.problem) == (409, "no-account")


def test_a_token_that_the_pool_does_not_take_verifies_nothing(game: PlayerClient, holder: Holder) -> None:
    code, holder.access = holder.code, "an id token, or one that was revoked"

    for refused in (holder.verify(code), holder.asks("/v1/account/verification-codes")):
        assert (refused.status, refused.problem) == (401, "session-expired")
    assert not game.cognito.users[holder.name]["verified"]


def test_an_email_that_somebody_else_has_verified_at_the_pool_is_taken(game: PlayerClient, holder: Holder) -> None:
    game.cognito.add_known("stranger", "sub-of-a-stranger")
    game.cognito.users["stranger"].update(email=MAIL, verified=True)

    refused = holder.verify(holder.code)

    assert (refused.status, refused.problem) == (409, "email-taken")


def test_a_lost_password_is_replaced_by_the_code_that_came_by_mail(game: PlayerClient, verified: Holder) -> None:
    asked = forgot(game, MAIL.upper())
    changed = recover(game, verified.code)

    assert (asked.status, asked.text, changed.status, changed.text) == (202, "", 204, "")
    assert sign_in(game, email=MAIL, password=PASSWORD).problem == "sign-in-failed"
    assert sign_in(game, email=MAIL, password=OTHER).json["player_id"] == verified.id


def test_a_reset_ends_the_sessions_of_whoever_knew_the_old_password(game: PlayerClient, verified: Holder) -> None:
    session = sign_in(game, email=MAIL, password=PASSWORD).json["refresh_token"]
    bystander = Guest(game).came.json["refresh_token"]
    forgot(game)

    recover(game, verified.code)

    assert sign_in(game, refresh_token=session).problem == "session-expired"
    assert sign_in(game, refresh_token=bystander).status == 200


def test_sessions_that_could_not_be_ended_are_noted_and_the_password_is_changed(
    game: PlayerClient, verified: Holder, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgot(game)
    monkeypatch.setattr(type(game.cognito), "admin_user_global_sign_out", _busy)

    assert recover(game, verified.code).status == 204
    assert game.notices == ["the sessions before a password was reset were not ended"]


def test_an_unverified_email_and_one_that_nobody_has_get_no_mail_and_the_same_answers(
    game: PlayerClient, holder: Holder
) -> None:
    sent = list(game.cognito.mails)

    unverified, nobody = forgot(game), forgot(game, "nobody@example.org")
    no_code, no_account = recover(game, WRONG), recover(game, WRONG, "nobody@example.org")

    assert (unverified.status, unverified.text, unverified.headers) == (202, "", nobody.headers)
    assert unverified == nobody
    assert (no_code.status, no_code.problem) == (422, "code-refused")
    assert no_code == no_account
    assert game.cognito.mails == sent


def test_what_a_stranger_is_told_does_not_depend_on_who_plays_here(game: PlayerClient, verified: Holder) -> None:
    known, unknown = forgot(game), forgot(game, "nobody@example.org")
    assert known == unknown

    for code, password in ((WRONG, OTHER), (WRONG, "weak-and-wrong"), (WRONG, " Blank-in-front-1")):
        here = recover(game, code, MAIL, password)
        there = recover(game, code, "nobody@example.org", password)
        assert here == there
        assert here.status == 422


@pytest.mark.parametrize(
    "code",
    [
        "CodeDeliveryFailureException",
        "InvalidParameterException",
        "LimitExceededException",
        "NotAuthorizedException",
        "UserNotFoundException",
    ],
)
def test_whatever_keeps_a_mail_from_going_out_is_not_told(game: PlayerClient, verified: Holder, code: str) -> None:
    usual = forgot(game)
    game.cognito.breaks = code

    assert forgot(game) == usual


@pytest.mark.parametrize(
    "code",
    ["ExpiredCodeException", "LimitExceededException", "TooManyFailedAttemptsException", "NotAuthorizedException"],
)
def test_whatever_is_wrong_with_a_code_gets_the_same_words(
    game: PlayerClient, verified: Holder, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**asked: Any) -> Any:
        raise cognito.refusal(code, f"trouble with {asked}")

    usual = recover(game, WRONG)
    monkeypatch.setattr(game.cognito, "confirm_forgot_password", refuse)

    assert recover(game, WRONG) == usual


def test_the_same_new_password_again_is_answered_as_before_and_closes_what_was_left_open(
    game: PlayerClient, verified: Holder
) -> None:
    """The first answer got lost, and whoever gave it had died before the sockets were closed."""
    forgot(game)
    assert recover(game, verified.code).status == 204
    now = game.clock.now()
    DynamoConnections(game.dynamodb, TABLE).open("tab", TicketHolder(verified.id, "", int(now.timestamp()) + 1), now)
    refresh = sign_in(game, email=MAIL, password=OTHER).json["refresh_token"]

    assert recover(game, verified.code).status == 204
    assert game.closed == ["tab"]
    assert sign_in(game, refresh_token=refresh).status == 401
    assert recover(game, verified.code, password=f"{OTHER}9").problem == "code-refused"


def test_a_token_from_before_a_new_password_opens_no_socket_and_one_from_after_it_does(
    game: PlayerClient, verified: Holder
) -> None:
    waited: list[float] = []
    game.waits = waited.append
    live, second = Live(game), int(game.clock.now().timestamp())
    traded_before = live.ticket(verified.id, "old", second)
    forgot(game)
    recover(game, verified.code)
    traded_after = live.ticket(verified.id, "old", second)
    unknown = live.ticket(verified.id)
    new = live.ticket(verified.id, "new", second + 1)

    tickets = (traded_before, traded_after, unknown, new)
    opened = [websocket.connect(str(number), ticket, live.deps) for number, ticket in enumerate(tickets)]

    assert opened == [401, 401, 401, 200]
    assert waited == [1.0]  # so that whoever signs in after the answer gets a token of another second


def test_a_weak_password_spends_no_code(game: PlayerClient, verified: Holder) -> None:
    forgot(game)

    weak = recover(game, verified.code, password="nine-lives-nine")

    assert (weak.status, weak.problem) == (422, "password-too-weak")
    assert recover(game, verified.code).status == 204


def test_where_no_mail_is_sent_no_code_is_the_right_one(game: PlayerClient, holder: Holder) -> None:
    code, game.cognito.breaks = holder.code, "InvalidAction"

    assert holder.verify(code).problem == "code-refused"
    assert holder.asks("/v1/account/verification-codes").status == 202


def test_mails_are_counted_by_address_whoever_they_are_for(game: PlayerClient, verified: Holder) -> None:
    game.limit(mails=RateLimit(2, 3600))

    asked = [forgot(game, email).status for email in (MAIL, "nobody@example.org", MAIL, "nobody@example.org")]

    assert asked == [202, 202, 429, 429]
    assert forgot(game, address="192.0.2.9").status == 202


def test_guessing_codes_ends_soon(game: PlayerClient, holder: Holder) -> None:
    game.limit(codes=RateLimit(2, 3600))

    assert [recover(game, f"{n:06}").status for n in range(3)] == [422, 422, 429]
    assert [holder.verify(f"{n:06}").status for n in range(3)] == [422, 422, 429]


def test_a_player_gets_only_so_many_mails(game: PlayerClient, holder: Holder) -> None:
    game.limit(mails=RateLimit(1, 3600))

    assert [holder.asks("/v1/account/verification-codes").status for _ in range(2)] == [202, 429]


def _busy(self: object, **_: object) -> None:
    from services.gateway.tests.cognito import refusal

    raise refusal("TooManyRequestsException", "later")


def test_who_verified_an_email_before_that_was_written_down_has_it_written_at_the_next_sign_in(
    game: PlayerClient, holder: Holder
) -> None:
    register = DynamoAccountRegister(game.dynamodb, TABLE)
    sign_in(game, email=MAIL, password=PASSWORD)
    before = register.account(holder.id)
    game.cognito.users[holder.name]["verified"] = True

    for _ in range(2):
        assert sign_in(game, email=MAIL, password=PASSWORD).json["player_id"] == holder.id

    after = register.account(holder.id)
    assert before and after
    assert (before.verified, after.verified) == (False, True)


def test_an_email_that_the_pool_calls_verified_and_is_another_one_counts_for_nothing(
    game: PlayerClient, holder: Holder
) -> None:
    game.cognito.users[holder.name].update(email="other@example.org", verified=True)

    sign_in(game, email=MAIL, password=PASSWORD)

    account = DynamoAccountRegister(game.dynamodb, TABLE).account(holder.id)
    assert account and not account.verified
