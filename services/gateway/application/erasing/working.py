"""Erasing a player, step by step. Any step may be done again, and whoever dies in one is followed by who goes on.

account     sessions end, no e-mail leads to the player, the pool's user goes
campaigns   one by one: campaigns.py; the chronicle, which files what it heard just before, is emptied by the last step
traces      keys, sockets, counters, an archive
again       all of it, once nothing from before is under way: a request, a ticket, a turn
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from contracts.campaign import CampaignListed, ListCampaigns
from contracts.envelope import CampaignId
from services.gateway.application.erasing.campaigns import erase_campaign
from services.gateway.application.erasing.ports import ErasingDependencies
from services.gateway.domain.erasures import ErasureRecord, Visit

RESERVE = 8.0
"""Seconds that a campaign may take: with fewer left, another run goes on."""
PAGE = 100


class OutOfTime(Exception):
    """The time of this run is over: the rest is for another one."""


@dataclass(frozen=True)
class Worker:
    """One run. `seconds_left` is what it has until it is killed."""

    deps: ErasingDependencies
    seconds_left: Callable[[], float]

    def go_on(self, erasure_id: str) -> None:
        """Do what is left of an erasure, and leave to another run what this one has no time for."""
        erasure = self.deps.erasures.find(erasure_id)
        if erasure is None or erasure.is_done:
            return
        try:
            self._go_on(erasure)
        except OutOfTime:
            self.deps.erasures.wake(erasure_id)

    def _go_on(self, erasure: ErasureRecord) -> None:
        for number, step in enumerate((self._account, self._campaigns, self._traces), 1):
            if erasure.steps_done < number:
                step(erasure, "first")
                self.deps.erasures.move_on(erasure.erasure_id, number)
        self._await_silence(erasure)
        for step in (self._account, self._campaigns, self._traces):
            step(erasure, "again")
        self.deps.erasures.finish(erasure, self.deps.now())

    def _await_silence(self, erasure: ErasureRecord) -> None:
        """Until nothing from before is under way; the campaigns may have put it off."""
        now = self.deps.erasures.find(erasure.erasure_id) or erasure
        left = (now.settles_at - self.deps.now()).total_seconds()
        if left > 0:
            self.deps.pause(min(left, max(0.0, self.seconds_left() - RESERVE)))
        if now.settles_at > self.deps.now():
            raise OutOfTime

    def _account(self, erasure: ErasureRecord, visit: Visit) -> None:
        """Sockets first, while it is known whose they are."""
        deps = self.deps
        for socket in deps.sockets.of(erasure.player):
            if socket.session:
                deps.sockets.end_session(socket.session, deps.now())
            deps.close(socket.connection)
            deps.connections.erase(socket.connection)
        deps.register.erase(erasure.player)
        if erasure.username:
            deps.pool.delete(erasure.username)

    def _campaigns(self, erasure: ErasureRecord, visit: Visit) -> None:
        erasures = self.deps.erasures
        erasures.note(erasure.erasure_id, self._list_owned(erasure.player))
        known = dict(erasures.campaigns(erasure.erasure_id))
        for campaign, last in known.items():
            erasures.count(erasure.erasure_id, len(known), sum(map(bool, known.values())))
            if last in (visit, "again"):
                continue
            erase_campaign(campaign, erasure.erasure_id, visit, self.deps, self._require_time)
            erasures.record_visit(erasure.erasure_id, campaign, visit, self.deps.now())
            known[campaign] = visit
        if visit == "first":
            erasures.settle(erasure.erasure_id, self.deps.now() + self.deps.settles)
        erasures.count(erasure.erasure_id, len(known), len(known))

    def _traces(self, erasure: ErasureRecord, visit: Visit) -> None:
        self._require_time()
        self.deps.archives.erase(erasure.player)  # while it is known which it is
        self.deps.items.delete_player(erasure.player, visit)

    def _list_owned(self, player: str) -> Iterator[CampaignId]:
        """By the keys that made them and by the campaign service's list: each may know some that the other does not."""
        yield from self.deps.items.campaigns_of(player)
        cursor: str | None = None
        while True:
            request = ListCampaigns(owner=player, limit=PAGE, cursor=cursor)
            page = self.deps.services.call(request, CampaignListed)
            yield from (each.campaign_id for each in page.items)
            cursor = page.next_cursor
            if cursor is None:
                return

    def _require_time(self) -> None:
        if self.seconds_left() < RESERVE:
            raise OutOfTime
