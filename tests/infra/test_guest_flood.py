"""With the limits that are deployed in AWS, whoever floods the API with guests keeps nobody else out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from infra.constructs.player_limits import limits
from services.gateway.application.accounts.sessions import enter_guest
from services.gateway.application.rate_limiter import RateLimiter
from services.gateway.domain.limits import parse_limits
from services.gateway.domain.quotas import Quota
from services.gateway.domain.rejections import GuestsFull, TooManyRequests

MIDNIGHT = datetime(2026, 3, 1, tzinfo=UTC)


class Day:
    """A day at the API, hour by hour."""

    def __init__(self) -> None:
        self.made: Counter[tuple[str, str, int]] = Counter()
        self.now = MIDNIGHT
        self.guests = 0
        limiter = RateLimiter(parse_limits(limits({}, durable=True)), self)
        pool = SimpleNamespace(enter_guest=lambda: SimpleNamespace(player="p", username="p"))
        guests = SimpleNamespace(enter=lambda guest, now: None)
        self.deps: Any = SimpleNamespace(limiter=limiter, now=lambda: self.now, pool=pool, guests=guests)

    def count(self, quota: Quota) -> int:
        of = (quota.subject, quota.what, quota.window)
        self.made[of] += 1
        return self.made[of]

    def hours(self) -> Iterator[None]:
        for hour in range(24):
            self.now = MIDNIGHT + timedelta(hours=hour)
            yield

    def lets_in(self, address: str) -> bool:
        try:
            enter_guest(address, self.deps)
        except TooManyRequests as refused:
            assert 0 < refused.wait <= 3600
            return False
        self.guests += 1
        return True


@pytest.mark.parametrize(
    ("flood", "household"),
    [
        ([f"203.0.113.{host}" for host in range(64)], ["203.0.113.7"] * 12),
        ([f"2001:db8:1:{host:x}::1" for host in range(64)], [f"2001:db8:1:1::{host:x}" for host in range(12)]),
    ],
)
def test_a_network_that_floods_all_day_leaves_room_for_others_in_every_hour(
    flood: list[str], household: list[str]
) -> None:
    day = Day()

    for _ in day.hours():
        assert sum(day.lets_in(address) for address in household) == 10
        assert sum(day.lets_in(address) for address in flood) == 50
        assert all(day.lets_in(f"198.51.{network}.1") for network in range(20))

    assert day.guests == 24 * (60 + 20)


def test_the_day_has_an_end_for_all_together_and_the_next_one_begins_at_midnight() -> None:
    day = Day()

    came = [day.lets_in(f"10.{n // 200}.{n % 200}.1") for n in range(2000)]
    with pytest.raises(GuestsFull) as full:
        day.lets_in("198.51.100.1")

    assert all(came)
    assert full.value.wait == 86400
    day.now += timedelta(days=1)
    assert day.lets_in("198.51.100.1")
