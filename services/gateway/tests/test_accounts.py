"""Sessions of guests and accounts of the same players, and what strangers learn about them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.exceptions import ClientError

from contracts.errors import Transient
from services.gateway.adapters import items
from services.gateway.domain.accounts import OPENING
from services.gateway.domain.keys import digest_email
from services.gateway.domain.limits import RateLimit
from services.gateway.tests.cognito import LIFE, Cognito, refusal
from services.gateway.tests.player_client import JSON, TABLE, Answered, PlayerClient

MAIL, PASSWORD = "Whisker@example.org", "Nine-lives-9"
OTHER = "Another-cat-7"


class Guest:
    """Somebody who came in, and what is asked in that name."""

    def __init__(self, game: PlayerClient) -> None:
        self.game = game
        self.came = game.ask("POST", "/v1/guests", player=None)
        self.id = str(self.came.json["player_id"])
        self.name = next(name for name, user in game.cognito.users.items() if user["sub"] == self.id)

    def upgrade(self, email: str = MAIL, password: str = PASSWORD) -> Answered:
        body = {"email": email, "password": password}
        return self.game.ask("POST", "/v1/account", body, player=self.id, username=self.name, headers=JSON)


@pytest.fixture
def asked(game: PlayerClient, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The calls of the pool, by name, in their order."""
    calls: list[str] = []
    for name in ("admin_initiate_auth", "admin_set_user_password", "admin_update_user_attributes", "get_user"):
        monkeypatch.setattr(game.cognito, name, _noting(name, getattr(game.cognito, name), calls))
    return calls


def _noting(name: str, call: Callable[..., Any], calls: list[str]) -> Callable[..., Any]:
    def note(**asked: Any) -> Any:
        calls.append(name)
        return call(**asked)

    return note


def _refusing(code: str) -> Callable[..., Any]:
    def refuse(**asked: Any) -> Any:
        raise refusal(code, "no")

    return refuse


def _die(**asked: Any) -> Any:
    raise ConnectionError


def sign_in(game: PlayerClient, **body: Any) -> Answered:
    return game.ask("POST", "/v1/sessions", body, player=None, headers=JSON)


def sign_out(game: PlayerClient, token: str) -> Answered:
    return game.ask("POST", "/v1/sessions/revocation", {"refresh_token": token}, player=None, headers=JSON)


def test_a_guest_gets_a_session_at_once(game: PlayerClient) -> None:
    came = game.ask("POST", "/v1/guests", player=None)

    assert came.status == 201
    assert came.json["guest"] is True
    assert came.json["expires_in"] == LIFE
    assert came.json["refresh_token"]
    assert came.headers["Cache-Control"] == "no-store"


def test_two_guests_are_two_players_and_nothing_tells_their_passwords(game: PlayerClient) -> None:
    first, second = Guest(game), Guest(game)

    assert first.id != second.id
    passwords = [user["password"] for user in game.cognito.users.values()]
    assert len(set(passwords)) == 2
    assert not [word for word in passwords if word in first.came.text + second.came.text + str(game.items())]


def test_a_refresh_token_gets_another_access_token_of_the_same_player(game: PlayerClient) -> None:
    guest = Guest(game)

    renewed = sign_in(game, refresh_token=guest.came.json["refresh_token"])

    assert (renewed.status, renewed.json["player_id"], renewed.json["guest"]) == (200, guest.id, True)
    assert renewed.json["access_token"] != guest.came.json["access_token"]
    assert "refresh_token" not in renewed.json


@pytest.mark.parametrize("code", ["NotAuthorizedException", "UserNotFoundException", "InvalidParameterException"])
def test_a_refresh_token_that_opens_nothing_ends_the_session(game: PlayerClient, code: str) -> None:
    token = Guest(game).came.json["refresh_token"]
    game.cognito.breaks = code

    over = sign_in(game, refresh_token=token)

    assert (over.status, over.problem) == (401, "session-expired")


def test_an_account_is_the_same_player_with_everything_that_was_the_guests(game: PlayerClient) -> None:
    guest = Guest(game)
    campaign = game.campaign(guest.id)

    account = guest.upgrade()

    assert (account.status, account.json["player_id"], account.json["guest"]) == (200, guest.id, False)
    assert account.json["refresh_token"]
    assert game.ask("GET", f"/v1/campaigns/{campaign}", player=account.json["player_id"]).status == 200


@pytest.mark.parametrize("email", [MAIL, MAIL.upper(), MAIL.lower()])
def test_an_account_signs_in_with_its_email_however_it_is_spelled(game: PlayerClient, email: str) -> None:
    guest = Guest(game)
    guest.upgrade()

    session = sign_in(game, email=email, password=PASSWORD)

    assert (session.status, session.json["player_id"], session.json["guest"]) == (200, guest.id, False)


def test_the_old_session_of_an_upgraded_guest_goes_on_as_an_account(game: PlayerClient) -> None:
    guest = Guest(game)
    guest.upgrade()

    renewed = sign_in(game, refresh_token=guest.came.json["refresh_token"])

    assert renewed.json["guest"] is False


def test_the_table_knows_an_email_by_its_digest_only(game: PlayerClient) -> None:
    Guest(game).upgrade()

    assert "example.org" not in str(game.items()).lower()


def test_a_wrong_password_and_an_unknown_email_get_the_same_words(game: PlayerClient) -> None:
    Guest(game).upgrade()

    wrong = sign_in(game, email=MAIL, password="Other-lives-8")
    unknown = sign_in(game, email="nobody@example.org", password=PASSWORD)

    assert (wrong.status, wrong.problem) == (401, "sign-in-failed")
    assert (wrong.text, wrong.headers) == (unknown.text, unknown.headers)


@pytest.mark.parametrize(
    "code", ["UserNotFoundException", "UserNotConfirmedException", "PasswordResetRequiredException"]
)
def test_whatever_state_a_player_is_in_a_failed_sign_in_is_the_same(game: PlayerClient, code: str) -> None:
    game.cognito.breaks = code

    assert sign_in(game, email=MAIL, password=PASSWORD).problem == "sign-in-failed"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"email": MAIL},
        {"password": PASSWORD},
        {"email": MAIL, "refresh_token": "r"},
        {"email": MAIL, "password": PASSWORD, "refresh_token": "r"},
    ],
)
def test_exactly_one_way_to_sign_in_must_be_chosen(game: PlayerClient, body: dict[str, str]) -> None:
    refused = sign_in(game, **body)

    assert (refused.status, refused.problem) == (422, "invalid-body")


def test_nobody_is_told_that_an_email_has_an_account(game: PlayerClient, asked: list[str]) -> None:
    first, other = Guest(game), Guest(game)
    answers, calls = [], []
    for guest, password in ((first, PASSWORD), (other, OTHER)):
        asked.clear()
        answers.append(guest.upgrade(MAIL.lower(), password))
        calls.append(list(asked))

    assert [answer.status for answer in answers] == [200, 200]
    assert answers[0].json.keys() == answers[1].json.keys()
    assert calls[0] == calls[1]
    for guest, password in ((first, PASSWORD), (other, OTHER)):
        assert sign_in(game, email=MAIL, password=password).json["player_id"] == guest.id


def test_the_pool_is_asked_as_often_whoever_has_an_email(game: PlayerClient, asked: list[str]) -> None:
    counts = []
    for password in (PASSWORD, OTHER, "Third-lives-7", "Fourth-life-6"):
        asked.clear()
        sign_in(game, email=MAIL, password="Wrong-lives-1")
        counts.append(len(asked))
        assert Guest(game).upgrade(password=password).status == 200

    assert len(set(counts)) == 1


def test_whoever_knows_an_account_of_the_email_is_told_to_sign_in(game: PlayerClient) -> None:
    Guest(game).upgrade()
    other = Guest(game)
    password = game.cognito.users[other.name]["password"]

    refused = other.upgrade(MAIL.lower())

    assert (refused.status, refused.problem) == (409, "email-taken")
    assert game.cognito.users[other.name]["password"] == password
    assert sign_in(game, refresh_token=other.came.json["refresh_token"]).json["guest"] is True


def test_whoever_is_told_to_sign_in_leaves_no_session_open(game: PlayerClient) -> None:
    Guest(game).upgrade()
    other = Guest(game)
    before = set(game.cognito.sessions)

    assert other.upgrade(MAIL.lower()).status == 409
    assert set(game.cognito.sessions) == before


def test_trying_passwords_by_becoming_an_account_is_counted_as_signing_in(game: PlayerClient) -> None:
    game.limit(**{"sign-ins": RateLimit(2, 3600)})

    statuses = [Guest(game).upgrade(password=f"Guess-number-{n}").status for n in range(3)]

    assert statuses == [200, 200, 429]


def test_an_email_signs_in_whoever_has_verified_it_however_many_have_named_it_before(game: PlayerClient) -> None:
    squatters = [Guest(game) for _ in range(5)]
    for number, squatter in enumerate(squatters):
        assert squatter.upgrade(password=f"Squatter-cat-{number}").status == 200
    owner = Guest(game)
    access = owner.upgrade().json["access_token"]
    code = [code for email, code in game.cognito.mails if email == MAIL][-1]

    headers = {**JSON, "authorization": f"Bearer {access}"}
    verified = game.ask(
        "POST", "/v1/account/verification", {"code": code}, player=owner.id, username=owner.name, headers=headers
    )

    assert verified.status == 204
    assert sign_in(game, email=MAIL, password=PASSWORD).json["player_id"] == owner.id


def test_an_account_of_old_gives_its_email_up_to_whoever_verifies_it(game: PlayerClient) -> None:
    old = Guest(game)
    game.cognito.users[old.name]["password"] = OTHER
    for pk, more in (("PLAYER#" + old.id, {"email": digest_email(MAIL)}), ("EMAIL#" + digest_email(MAIL), {})):
        stored = {"pk": pk, "sk": "ACCOUNT", "player": old.id, "username": old.name, **more}
        game.dynamodb.put_item(TableName=TABLE, Item=items.item(stored))
    assert sign_in(game, email=MAIL, password=OTHER).json["guest"] is False

    test_an_email_signs_in_whoever_has_verified_it_however_many_have_named_it_before(game)


def test_of_many_wishes_of_one_guest_at_once_one_comes_true_and_its_own_password_opens_it(game: PlayerClient) -> None:
    guest = Guest(game)
    pairs = [(f"cat-{number}@example.org", f"Nine-lives-{number}") for number in range(6)]

    with ThreadPoolExecutor(6) as all_at_once:
        answers = list(all_at_once.map(lambda pair: guest.upgrade(*pair), pairs))

    assert sorted(answer.status for answer in answers) == [200, 409, 409, 409, 409, 409]
    assert {answer.problem for answer in answers if answer.status == 409} == {"already-an-account"}
    signed_in = [sign_in(game, email=email, password=password).status for email, password in pairs]
    assert signed_in == [200 if answer.status == 200 else 401 for answer in answers]


def test_the_same_wish_many_times_at_once_comes_true_each_time(game: PlayerClient) -> None:
    guest = Guest(game)

    with ThreadPoolExecutor(6) as all_at_once:
        answers = list(all_at_once.map(lambda _: guest.upgrade(), range(6)))

    assert [answer.status for answer in answers] == [200] * 6
    assert sign_in(game, email=MAIL, password=PASSWORD).json["player_id"] == guest.id


@pytest.mark.parametrize("call", ["admin_set_user_password", "admin_update_user_attributes"])
def test_an_upgrade_that_died_on_the_way_locks_nobody_out(
    game: PlayerClient, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    guest = Guest(game)
    game.waits = game.clock.pause
    with monkeypatch.context() as dead:
        dead.setattr(game.cognito, call, _die)
        with pytest.raises(ConnectionError):
            guest.upgrade("mistyped@example.org", OTHER)

    with pytest.raises(Transient):
        guest.upgrade()
    assert sign_in(game, refresh_token=guest.came.json["refresh_token"]).json["guest"] is True
    game.clock.pause(OPENING.total_seconds())

    assert guest.upgrade().status == 200
    assert sign_in(game, email=MAIL, password=PASSWORD).json["player_id"] == guest.id
    assert sign_in(game, email="mistyped@example.org", password=PASSWORD).status == 401


@pytest.mark.parametrize("call", ["admin_set_user_password", "admin_initiate_auth"])
def test_who_is_erased_while_an_account_is_opened_is_told_so(
    game: PlayerClient, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    from services.gateway.tests.test_erasing import go_on  # which imports from here

    guest = Guest(game)
    ask = getattr(game.cognito, call)

    def erased_afterwards(**asked: Any) -> Any:
        answer = ask(**asked)
        if "Password" in asked or asked["AuthParameters"]["USERNAME"] == guest.name:
            go_on(game, game.erase(guest.id, guest.name).json["erasure_id"])
        return answer

    monkeypatch.setattr(game.cognito, call, erased_afterwards)

    assert guest.upgrade().problem == "being-erased"


def test_an_account_does_not_become_another_one(game: PlayerClient) -> None:
    guest = Guest(game)
    guest.upgrade()

    for email, password in (("other@example.org", PASSWORD), (MAIL, "Another-cat-7")):
        refused = guest.upgrade(email, password)
        assert (refused.status, refused.problem) == (409, "already-an-account")
    assert sign_in(game, email=MAIL, password=PASSWORD).status == 200


def test_an_upgrade_whose_answer_was_lost_can_be_repeated(game: PlayerClient) -> None:
    guest = Guest(game)
    first = guest.upgrade()

    again = guest.upgrade()

    assert (again.status, again.json["player_id"]) == (200, first.json["player_id"])


@pytest.mark.parametrize(
    ("password", "rule"),
    [
        ("nine-lives-99", "capital"),
        ("NINE-LIVES-99", "small"),
        ("Nine-lives-nine", "digit"),
        (" Nine-lives-9", "blank"),
        ("Nine lives nïne", "digit"),
        ("Ninelivesnine9", "sign"),
    ],
)
def test_a_weak_password_is_told_its_rule_and_makes_no_account(game: PlayerClient, password: str, rule: str) -> None:
    guest = Guest(game)

    refused = guest.upgrade(password=password)

    assert (refused.status, refused.problem) == (422, "password-too-weak")
    assert refused.json["errors"][0]["pointer"] == "#/password"
    assert rule in refused.json["errors"][0]["detail"]
    assert password not in refused.text
    assert guest.upgrade().status == 200


def test_a_password_is_told_every_rule_it_breaks_at_once(game: PlayerClient) -> None:
    refused = Guest(game).upgrade(password="ninelivesnine")

    told = [each["detail"] for each in refused.json["errors"]]
    assert told == [
        "needs a capital letter",
        "needs a digit",
        "needs a sign that is neither letter nor digit",
    ]


@pytest.mark.parametrize("code", ["InvalidPasswordException", "InvalidParameterException"])
def test_a_rule_that_only_the_pool_knows_is_no_failure_of_ours(
    game: PlayerClient, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    guest = Guest(game)
    monkeypatch.setattr(game.cognito, "admin_set_user_password", _refusing(code))

    assert (guest.upgrade().status, guest.upgrade().problem) == (422, "password-too-weak")


def test_a_player_that_was_deleted_has_no_session_any_more(game: PlayerClient) -> None:
    guest = Guest(game)
    del game.cognito.users[guest.name]

    assert (guest.upgrade().status, guest.upgrade().problem) == (401, "session-expired")


def test_a_session_that_ends_with_all_others_before_it_is_given_is_not_given(
    game: PlayerClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    Guest(game).upgrade()
    monkeypatch.setattr(game.cognito, "get_user", _refusing("NotAuthorizedException"))
    answer = sign_in(game, email=MAIL, password=PASSWORD)

    assert (answer.status, answer.problem) == (401, "session-expired")


def test_a_mail_that_cannot_be_sent_does_not_stand_in_the_way(game: PlayerClient) -> None:
    game.cognito.mail_fails = True

    assert Guest(game).upgrade().status == 200
    assert game.notices == ["a code was not sent by mail"]


def test_an_upgrade_that_is_repeated_later_does_not_unverify_the_email(game: PlayerClient) -> None:
    guest = Guest(game)
    guest.upgrade()
    game.cognito.users[guest.name]["verified"] = True

    assert guest.upgrade().status == 200
    assert game.cognito.users[guest.name]["verified"] is True


def test_an_upgrade_that_was_cut_short_writes_down_the_email_when_it_is_repeated(game: PlayerClient) -> None:
    guest = Guest(game)
    guest.upgrade()
    game.cognito.users[guest.name]["email"] = None

    guest.upgrade()

    assert game.cognito.users[guest.name]["email"] == MAIL


def test_whoever_signs_out_gets_no_other_access_token_and_stays_signed_in_elsewhere(game: PlayerClient) -> None:
    Guest(game).upgrade()
    here, elsewhere = (sign_in(game, email=MAIL, password=PASSWORD).json["refresh_token"] for _ in range(2))

    out = sign_out(game, here)

    assert (out.status, out.text) == (204, "")
    assert out.headers["Cache-Control"] == "no-store"
    assert (sign_in(game, refresh_token=here).status, sign_in(game, refresh_token=here).problem) == (
        401,
        "session-expired",
    )
    assert sign_in(game, refresh_token=elsewhere).status == 200


def test_signing_out_twice_is_signing_out(game: PlayerClient) -> None:
    token = Guest(game).came.json["refresh_token"]

    assert [sign_out(game, token).status for _ in range(2)] == [204, 204]


@pytest.mark.parametrize(
    "code", ["NotAuthorizedException", "InvalidParameterException", "UnsupportedTokenTypeException"]
)
def test_signing_out_with_what_opens_nothing_is_no_mistake(game: PlayerClient, code: str) -> None:
    game.cognito.breaks = code

    assert sign_out(game, "whatever it is").status == 204


def test_a_session_that_could_not_be_ended_is_not_called_ended(game: PlayerClient) -> None:
    game.cognito.breaks = "TooManyRequestsException"

    with pytest.raises(ClientError):
        sign_out(game, "a token")


def test_guessing_passwords_from_one_address_ends_soon(game: PlayerClient) -> None:
    Guest(game).upgrade()
    game.limit(**{"sign-ins": RateLimit(3, 3600)})
    token = Guest(game).came.json["refresh_token"]

    guesses = [sign_in(game, email=MAIL, password=f"Guess-number-{n}").status for n in range(4)]

    assert guesses == [401, 401, 401, 429]
    assert sign_in(game, refresh_token=token).status == 200, "going on with a session is no guess"


def test_the_pool_is_asked_for_nothing_when_a_body_is_not_understood(game: PlayerClient) -> None:
    guest = Guest(game)
    game.cognito.breaks = "the pool was asked"

    paths = ["/v1/sessions", "/v1/sessions/revocation", "/v1/account", "/v1/account/verification"]
    for path in (*paths, "/v1/password-resets", "/v1/password-resets/confirmation"):
        refused = game.ask("POST", path, {"who": 1}, player=guest.id, username=guest.name, headers=JSON)
        assert (refused.status, refused.problem) == (422, "invalid-body")


def test_a_challenge_is_no_way_in(game: PlayerClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Cognito, "admin_initiate_auth", lambda self, **_: {"ChallengeName": "SOFTWARE_TOKEN_MFA"})

    assert sign_in(game, email=MAIL, password=PASSWORD).problem == "sign-in-failed"
    assert sign_in(game, refresh_token="r").problem == "session-expired"
