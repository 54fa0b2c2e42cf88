"""A day's ceiling holds: not to the cent, because turns are under way when it is reached, but to a stated bound."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from contracts.metrics import DayCeilingReachedData
from infra.constructs.day_budget import COUNTERS
from services.gateway.adapters.items import gate_item
from services.gateway.adapters.spending import mark_spent
from services.gateway.adapters.turn_repository import DynamoTurnRepository
from services.gateway.domain.admission import TurnRequest, decide
from services.gateway.domain.records import Admission, Gate
from services.gateway.tests import builders
from services.metrics.adapters.cost_table import CostTable
from services.metrics.application.watch import SpendingWatch
from services.metrics.domain.ceiling import LOOKS, DayCeiling
from services.metrics.domain.data_points import Counted, to_count
from services.metrics.tests.test_count import resolve_turn
from tests.support.dynamodb import DynamoDB

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
DEAREST = 60_000
"""Micro-dollars of one turn, at most."""


class Day:
    """Turns of many players: each is admitted, ends after a while, is counted by one of two counters some time later,
    and what a counter says reaches the gateway later still."""

    def __init__(self, ceiling: int, turn: int, delivery: int, random: Random) -> None:
        self.dynamodb: Any = DynamoDB()
        self.random = random
        self.turn, self.delivery = turn, delivery
        self.second = 0
        self.spent = self.turns = self.frugal = 0
        self.order = count()
        self.due: list[tuple[int, int, Callable[[], None]]] = []
        costs = CostTable(self.dynamodb, "metrics")
        self.count_all = costs.count_all
        self.counters = [SpendingWatch(DayCeiling(ceiling), costs, self.tell) for _ in range(COUNTERS)]
        self.repository = DynamoTurnRepository(self.dynamodb, "gateway", lambda: self.now().date())
        gate = Gate(builders.CAMPAIGN_ID, "ada")
        self.dynamodb.put_item(TableName="gateway", Item=gate_item(gate))

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.second)

    def after(self, seconds: int, what: Callable[[], None]) -> None:
        heapq.heappush(self.due, (self.second + self.random.randint(0, seconds), next(self.order), what))

    def admit(self) -> None:
        self.turns += 1
        asked = TurnRequest("ada", f"k{self.turns}", "f", builders.CAMPAIGN_ID, builders.TURN_ID, "I wait", None, None)
        admitted = decide(
            asked, self.repository.snapshot("ada", asked.key, asked.campaign_id, asked.turn_id), self.now()
        )
        assert isinstance(admitted, Admission)
        if admitted.turn.workflow_input().provider == "understudy":
            self.frugal += 1
            return
        cost = self.random.randint(DEAREST // 3, DEAREST)
        self.spent += cost
        event = resolve_turn(f"e{self.turns}", cost)
        self.after(self.turn, lambda: self.after(self.delivery, lambda: self.count(event)))

    def count(self, event: Counted) -> None:
        new = self.count_all([to_count(event)], 0.0)
        self.random.choice(self.counters).count([event], new)

    def tell(self, reached: DayCeilingReachedData, counted: Counted) -> None:
        self.after(self.delivery, lambda: mark_spent(self.dynamodb, "gateway", reached.day))

    def play(self, a_second: int) -> None:
        """Until nobody was paid for a while."""
        while self.frugal < 2 * a_second * (self.turn + self.delivery + 1):
            self.second += 1
            assert self.second < 3600, "the ceiling is never reached"
            while self.due and self.due[0][0] <= self.second:
                heapq.heappop(self.due)[2]()
            for _ in range(a_second):
                self.admit()


@given(
    st.integers(1, 4),
    st.integers(0, 20),
    st.integers(0, 12),
    st.integers(500_000, 3_000_000),
    st.integers(0, 2**32),
)
def test_a_day_costs_no_more_than_its_ceiling_a_hundredth_for_each_counter_and_the_turns_under_way(
    a_second: int, turn: int, delivery: int, ceiling: int, seed: int
) -> None:
    day = Day(ceiling, turn, delivery, Random(seed))

    day.play(a_second)

    hidden = COUNTERS * (ceiling / LOOKS + DEAREST)
    under_way = a_second * (turn + 2 * delivery + 2) * DEAREST
    assert ceiling <= day.spent <= ceiling + hidden + under_way
