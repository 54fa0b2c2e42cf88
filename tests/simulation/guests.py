"""Guests: players who come in by themselves, take an account, sign in and out, open lines, report, ask for what is held
about them, and are erased in the middle of a turn.

All of it is done while the same player's turns are played, now and then by two tabs at once. What a guest calls things,
types and is written to by has a mark in it, which the oracle looks for when the guest is gone.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from services.gateway.domain.accounts import MOST_TRIED
from tests.simulation.lines import Line
from tests.simulation.players import MOST_ASKED, STUBBORN, Answer, Player
from tests.simulation.scheduler import Process

REASONS = ("wrong", "hurtful", "other")
FETCHED = "an archive by its link"
DONE = "done"
PROBE = "probe"
AWAY = 30.0
"""Seconds."""


@dataclass
class Guest(Player):
    """One guest's evening."""

    refresh: str = ""
    password: str = ""
    """The one that this player believes in; empty for a guest."""
    changed: int = 0
    asked_for_account: bool = False
    over: bool = False
    """Whether the time of this guest is over, and with it any token of theirs."""
    erasing: bool = False
    lines: list[Line] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.claims = {}
        self.character = self.mark

    @property
    def mark(self) -> str:
        """The word by which the oracle recognises this player's texts."""
        return "ABCDEFGH"[self.number] + "quillveil"

    @property
    def marks(self) -> tuple[str, ...]:
        """The mark, and the pool's name for this player."""
        return (self.mark, str(self.claims["username"]))

    @property
    def number(self) -> int:
        return int(self.name.rpartition("-")[2])

    @property
    def shares_email(self) -> bool:
        return self._happens(0.25, "shared e-mail")

    @property
    def email(self) -> str:
        """The player's own, or one that as many name as it may sign in unverified."""
        return f"{f'shared-{self.number // MOST_TRIED}' if self.shares_email else self.mark}@example.org".lower()

    def play(self) -> None:
        self._sign_in(self._until_answered("POST", "/v1/guests", None).body)
        super().play()
        if not self.password and not self.asked_for_account and self._happens(self.evening.expires, "expires"):
            self.over = True
            self.system.expire_guest(self.id)

    def sign_in_again(self) -> None:
        """Sign in with the password that is believed in, once all is quiet."""
        if self.password and not self.erasing:
            self._until_answered("POST", "/v1/sessions", {"email": self.email, "password": self.password}, PROBE)

    def _choose(self, number: int) -> str:
        action = super()._choose(number)
        return f"{action} and call {self.mark}" if self._happens(0.5, "marks", number) else action

    def _turn(self, campaign: str, number: int) -> None:
        if self._happens(self.evening.listens, "listens", number):
            self._listen(campaign, number)
        if self._happens(self.evening.upgrades, "upgrades", number):
            self._meanwhile_or_now(self._upgrade, number)
        if self._is_time_to_go(number):
            self._beside("erases", self._erase, self._between(0.0, 3.0, "erases after"))
        super()._turn(campaign, number)
        if self._happens(self.evening.loses, "loses all", number):
            for line in self.lines:
                self.system.lines.lose(line)
        if self._happens(self.evening.reports, "reports", number):
            self._report(campaign, number)
        if self._happens(self.evening.exports, "exports", number):
            self._meanwhile_or_now(self._export, number)
        if self.password and not self.shares_email and self._happens(self.evening.forgets, "forgets", number):
            self._forget_password(number)
        if self.password and self._happens(self.evening.signs_out, "signs out", number):
            self._sign_out(number)

    def _begin(self, key: str) -> None:
        super()._begin(key)
        if self.campaigns and self._happens(self.evening.goes_away, "goes away", key):
            self._listen(self.campaigns[-1], key)
            for line in self.lines:
                self.system.lines.lose(line)
            self.system.scheduler.sleep(AWAY)

    def _is_time_to_go(self, number: int) -> bool:
        goes = self._happens(self.evening.erases, "erases")
        return goes and number == int(self.turns * self._between(0.0, 1.0, "erased at"))

    def _upgrade(self, number: int) -> None:
        if self.asked_for_account or self.erasing or self.over:
            return
        self.asked_for_account = True
        wanted = {"email": self.email, "password": f"Purrs-{self.mark}-1"}
        manner = self._pick(("alone", "twice", "other words"), "upgrade")
        if manner != "alone":
            other = {**wanted, "password": f"Purrs-{self.mark}-2"} if manner == "other words" else wanted
            self._beside("upgrade", lambda: self._open(other), self._between(0.0, 0.3, "upgrade after"))
        self._open(wanted)

    def _open(self, wanted: dict[str, str]) -> None:
        """Ask for the account until there is an answer that stands. One that comes later sets no password: it may have
        been changed since."""
        told = self._until_answered("POST", "/v1/account", wanted)
        if told.status == 200:
            self.password = self.password or wanted["password"]
            self._sign_in(told.body)

    def _sign_out(self, number: int) -> None:
        """End a session, when another one has begun, or before."""
        first = self._pick((True, False), "first", number)
        before = self.refresh
        if first:
            self._begin_session()
        self._until_answered("POST", "/v1/sessions/revocation", {"refresh_token": before})
        if self._happens(0.3, "is it over", number):
            self._until_answered("POST", "/v1/sessions", {"refresh_token": before})
        if not first:
            self._begin_session()

    def _begin_session(self) -> None:
        told = self._until_answered("POST", "/v1/sessions", {"email": self.email, "password": self.password})
        if told.status == 200:
            self._sign_in(told.body)

    def _forget_password(self, number: int) -> None:
        """Have the e-mail verified, then ask for a code and set another password by it."""
        self._by_mail("/v1/account/verification", {})
        self._until_answered("POST", "/v1/password-resets", {"email": self.email})
        self.changed += 1
        wanted = f"Purrs-{self.mark}-r{self.changed}"
        if self._by_mail("/v1/password-resets/confirmation", {"email": self.email, "password": wanted}):
            self.password = wanted
            self._begin_session()

    def _by_mail(self, path: str, body: dict[str, str]) -> bool:
        """Send the code that came last to this player's e-mail; whether it was the right one."""
        codes = [code for email, code in self.system.pool.mails if email == self.email]
        return bool(codes) and self._until_answered("POST", path, {**body, "code": codes[-1]}).status == 204

    def _listen(self, campaign: str, number: int | str) -> None:
        """Open a line and listen to a campaign from the beginning, or from now on."""
        lines, session = self.system.lines, str(self.claims["origin_jti"])
        told = self._until_answered("POST", "/v1/tickets", {})
        if told.status != 201 or self.claims["origin_jti"] != session:
            return  # whose ticket it is depends on when another tab began its session
        line = lines.connect(self.id, session, told.body["ticket"])
        self.lines.append(line)
        if self._happens(0.3, "ticket twice", number):
            lines.connect(self.id, session, told.body["ticket"])
        begin = {"after_sequence": 0} if self._happens(0.5, "from the beginning", number) else {}
        lines.say(line, {"type": "subscribe", "campaign_id": campaign, **begin})
        if len(self.lines) > 2 and self._happens(0.5, "hangs up", number):
            lines.hang_up(self._pick(self.lines, "which", number))
        if self._happens(self.evening.loses, "loses", number):
            self._beside("loses", lambda: lines.lose(line), self._between(0.0, 5.0, "loses after", number))

    def _report(self, campaign: str, number: int) -> None:
        """Report the last story, once or by two tabs."""
        turns = [each.body["id"] for each in self.told if self._was_told(each, campaign)]
        if not turns:
            return
        path, key = f"/v1/campaigns/{campaign}/turns/{turns[-1]}/reports", f"{self.name}-report{number}"
        if self._happens(0.5, "report twice", number):
            again, other = {"reason": self._pick(REASONS, "again", number)}, f"{key}-tab"
            self._beside("report", lambda: self._until_answered("POST", path, again, other), 0.01)
        self._until_answered("POST", path, {"reason": self._pick(REASONS, "reason", number)}, key)

    def _was_told(self, told: Answer, campaign: str) -> bool:
        mine = told.player == self.id and told.campaign == campaign
        return mine and told.is_of_a_turn and told.body["status"] == "resolved"

    def _export(self, number: int) -> None:
        """Ask for an archive until it is there, and fetch it."""
        told = self._until_answered("POST", "/v1/account/export", {})
        if told.status != 202:
            return
        path = f"/v1/account/export/{told.body['export_id']}"
        for asked in range(MOST_ASKED):
            self.system.scheduler.sleep(min(60.0, 0.5 * 1.5**asked))
            seen = self._until_answered("GET", path, None)
            if seen.status != 200 or seen.body["state"] == "failed":
                return
            if seen.body["state"] == "ready":
                self._fetch(seen)
                return

    def _fetch(self, seen: Answer) -> None:
        now, found = self.system.scheduler.now, self.system.bucket.follow(seen.body["link"])
        status = 404 if found is None else 200
        self.told.append(Answer(self.id, FETCHED, seen.body, "", "", now, now, status, found))

    def _erase(self) -> None:
        """Ask to be erased, and look until it is done."""
        if self.erasing:
            return
        self.erasing = True
        begun = self._until_answered("DELETE", "/v1/account", {"confirm": "erase"})
        for asked in range(MOST_ASKED):
            self.system.scheduler.sleep(min(120.0, 5.0 * 1.5**asked))
            told = self._until_answered("GET", f"/v1/erasures/{begun.body['erasure_id']}", None)
            if told.body["state"] == DONE:
                break
        self._read(self._pick(self.campaigns, "after all")) if self.campaigns else None

    def _until_answered(self, method: str, path: str, body: Any, key: str = "") -> Answer:
        """Ask until we do not say that we failed."""
        for asked in range(STUBBORN):
            told = self._ask(method, path, key, body, {}, "")
            if told and told.status < 500:
                return told
            self.system.scheduler.sleep(min(60.0, 0.5 * 1.5**asked))
        raise AssertionError(f"{self.name} was never answered: {method} {path}")

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._access}"} if self.claims else {}

    def _sign_in(self, session: Any) -> None:
        """Send this session's access token with requests from now on."""
        self._access = session["access_token"]
        payload = self._access.split(".")[1]
        self.claims = {
            **json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))),
            "token_use": "access",
        }
        self.refresh = session.get("refresh_token") or self.refresh

    def _meanwhile_or_now(self, act: Callable[[int], None], number: int) -> None:
        if self._happens(0.5, act.__name__, "beside", number):
            self._beside(act.__name__, lambda: act(number), self._between(0.0, 2.0, act.__name__, number))
        else:
            act(number)

    def _beside(self, what: str, act: Callable[[], Any], after: float) -> None:
        """Another tab does it."""
        self.system.scheduler.spawn(what, act, process=Process(f"{self.name}'s other tab"), after=after)
