"""Clauses about accounts and sessions: a guest becomes one account, and what has ended opens nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from services.gateway.domain.keys import digest_email
from services.gateway.tests.cognito import session_of
from tests.simulation.guests import PROBE
from tests.simulation.oracle.evidence import Evidence
from tests.simulation.players import Answer

UPGRADE, RESET = "POST /v1/account", "POST /v1/password-resets/confirmation"
SIGN_IN, SIGN_OUT = "POST /v1/sessions", "POST /v1/sessions/revocation"


def an_upgraded_guest_has_one_account(seen: Evidence) -> Iterator[str]:
    """The account has the e-mail and the password of granted requests; each guest who asked was granted one."""
    table = seen.system.dynamodb.tables["gateway"]
    users = {user["sub"]: user for user in seen.system.pool.users.values()}
    entries = Counter(item["player"]["S"] for (pk, _), item in table.items.items() if pk.startswith("EMAIL#"))
    for player, asked in _by_player(seen, UPGRADE).items():
        granted = [told for told in asked if told.status == 200]
        if not granted:
            yield f"{player} asked for an account and was answered {[told.status for told in asked]}"
            continue
        sent, account = granted[0].sent, table.items.get((f"PLAYER#{player}", "ACCOUNT"))
        if account is None or "opening" in account or account["email"]["S"] != digest_email(sent["email"]):
            yield f"{player} was given an account, and has {account}"
        if entries[player] != 1:
            yield f"{entries[player]} entries lead to {player}"
        if users[player]["email"] != sent["email"]:
            yield f"{player} is written to at another e-mail"
        passwords = {told.sent["password"] for told in granted}
        if player not in _by_player(seen, RESET) and passwords != {users[player]["password"]}:
            yield f"{player} has another password than was granted"


def who_has_an_account_comes_in(seen: Evidence) -> Iterator[str]:
    """The password that was granted last signs in, as the same player.

    Of one that was reset, and the first one set late once more, nobody can tell: the pool takes no condition. The
    player resets it again.
    """
    overtaken = seen.system.pool.set_late & _by_player(seen, RESET).keys()
    for told in (each for each in seen.told if (each.asked, each.key) == (SIGN_IN, PROBE)):
        if told.player not in overtaken and (told.status != 200 or told.body["player_id"] != told.player):
            yield f"{told.player} was answered {told.status} to the own password"


def what_has_ended_opens_nothing(seen: Evidence) -> Iterator[str]:
    """The token of a session reported as ended renews nothing and its lines hear nothing; a new password ends
    all sessions before it.

    Of a session that the pool ended before, with all of its player's, nobody can tell who signs out and whose lines
    those are: the new password closes them. One that begins while that is done late is over as well, and nobody knows.
    """
    ended = {
        told.sent["refresh_token"]: told.ended for told in seen.told if told.asked == SIGN_OUT and told.status == 204
    }
    for told in seen.told:
        if (
            told.asked == SIGN_IN
            and told.status == 200
            and told.began > ended.get(told.sent.get("refresh_token"), told.began)
        ):
            yield f"{told.player} came in by a session that had ended"
    before = {refresh: at.timestamp() for refresh, at in seen.system.pool.ended.items()}
    over = {session_of(refresh): at for refresh, at in ended.items() if before.get(refresh, at) >= at}
    for line in seen.system.lines.all.values():
        resets = [each for each in seen.told if each.asked == RESET and each.player == line.player]
        changed = [each.ended for each in resets if each.status == 204 and line.asked_at < each.began]
        at = min([over.get(line.session, float("inf")), *changed])
        if line.asked_at > at and line.opened_at is not None:
            yield f"{line.id} was opened by a session that had ended"
        for heard_at, message in line.heard:
            if _told_at(message, heard_at) > at and message["type"] != "problem":
                yield f"{line.id} heard {message['type']} {heard_at - at:.3f} s after its session had ended"


def _told_at(message: Any, heard_at: float) -> float:
    """The time of what it tells: what was sent before a session ended may come late, when nobody can call it back."""
    told = [message["event"]] if "event" in message else message.get("progress", ())
    return max((datetime.fromisoformat(each["sent_at"]).timestamp() for each in told), default=heard_at)


def _by_player(seen: Evidence, asked: str) -> dict[str, list[Answer]]:
    """The answers to such requests of players who are not erased, by player."""
    found: dict[str, list[Answer]] = {}
    for told in seen.told:
        if told.asked == asked and told.player not in seen.erasures:
            found.setdefault(told.player, []).append(told)
    return found
