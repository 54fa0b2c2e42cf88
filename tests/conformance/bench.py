"""A bench for one handler: a world of tables in which it runs alone, and one fault at one of its calls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, TypeVar

from pydantic_core import from_json, to_json

from contracts import errors
from tests.conformance.subjects import Subject
from tests.simulation.chance import Chance
from tests.simulation.dynamodb import Item, Place, Table
from tests.simulation.faults import Plan, Site
from tests.simulation.functions import Context, seconds_of
from tests.simulation.model import Model
from tests.simulation.scheduler import Process, Scheduler
from tests.simulation.seeded import forget_containers
from tests.simulation.simulation import enter
from tests.simulation.system import System

T = TypeVar("T")
Tables = dict[str, dict[Place, Item]]
PATIENCE = (0.1, 1.0, 2.0, 4.0, 8.0, 60.0, 300.0)
"""Seconds before each repeat, as a workflow waits that backs off and is then started again."""
OTHER_LUCK = 1000
"""Random numbers that a run at another moment is ahead: what follows from them is as little promised as the time."""
NOT_COMPARED = "stages"
"""The table of claims and first answers: what is in it is seen in the answers."""


@dataclass(frozen=True)
class World:
    """The contents of all tables at a moment."""

    now: float
    tables: Tables

    @classmethod
    def of(cls, system: System) -> World:
        held = {name: dict(table.items) for name, table in system.dynamodb.tables.items()}
        return cls(system.scheduler.now, held)


@dataclass(frozen=True)
class Strike:
    """A fault at the call of this number; with `lasting`, at each after it, too."""

    number: int
    kind: str
    call: str
    lasting: bool = False

    def __str__(self) -> str:
        return f"{self.kind}{', and so is what follows' if self.lasting else ''}: call {self.number + 1}, {self.call}"


class Striking(Plan):
    """A plan of at most one fault. It notes the calls of one actor."""

    def __init__(self, actor: str) -> None:
        super().__init__(Chance(0), 0.0)
        self.actor = actor
        self.calls: list[tuple[str, Sequence[str]]] = []
        self.armed: Strike | None = None

    def fault(self, site: Site, kinds: Sequence[str]) -> str | None:
        if site.actor != self.actor:
            return None
        self.calls.append((site.call, kinds))
        here, strike = len(self.calls) - 1, self.armed
        if strike is None or not (here == strike.number or (strike.lasting and here > strike.number)):
            return None
        return strike.kind


@dataclass(frozen=True)
class Ended:
    """The end of a run: an answer, an error of this name, or death."""

    answer: Any = None
    error: str = ""
    died: bool = False

    @property
    def passes(self) -> bool:
        """Whether a caller asks again."""
        kind = getattr(errors, self.error, None)
        return self.died or (isinstance(kind, type) and issubclass(kind, errors.Retryable))

    @property
    def is_named(self) -> bool:
        """Whether a contract names how it ended."""
        return not self.error or self.error in errors.__all__

    def __str__(self) -> str:
        return "died" if self.died else self.error or str(self.answer)[:160]


class _SteadyModel(Model):
    """A model whose reply to a step is always the same, so that answers can be compared."""

    def __init__(self, scheduler: Scheduler, chance: Chance, bad: float) -> None:
        super().__init__(scheduler, chance, bad, step_of=defaultdict(str))

    def perform(self, operation: str, params: Any, token: Any, partial: bool, within: float) -> Any:
        self.asked = 0
        return super().perform(operation, params, token, partial, within)


@dataclass
class Bench:
    """A world and a handler that runs in it. `later`: seconds after the moment of which the world is."""

    subject: Subject
    world: World
    later: float = 0.0
    system: System = field(init=False)
    plan: Striking = field(init=False)
    runs: int = 0

    def __post_init__(self) -> None:
        self.system = system = System(0, 0.0, "", 0.0, 300.0)
        self.plan = system.network.plan = Striking(self.subject.name)
        system.bus.rules = []
        system.sqs.queues = defaultdict(lambda: SimpleNamespace(dead=[]))  # type: ignore[assignment]
        system.model = system.network.services["bedrock-runtime"] = _SteadyModel(system.scheduler, Chance(0), 0.0)
        system.scheduler.now = self.world.now + self.later
        system._drawn = OTHER_LUCK if self.later else 0
        for name, items in self.world.tables.items():
            table = Table(name, ("id",) if name == "stages" else ("pk", "sk"))
            for item in items.values():
                table.put(item)
            system.dynamodb.tables[name] = table
        forget_containers()

    def ask(self, payload: Any, strike: Strike | None = None) -> Ended:
        """Run once and return its end. All that it leaves behind has arrived, too."""
        return self._drive(lambda: self._run(payload, strike))

    def ask_together(self, payload: Any) -> tuple[Ended, ...]:
        """Run twice from the same moment and return both ends."""
        ended: list[Ended] = []
        for _ in range(2):
            self._spawn(lambda: ended.append(self._run(payload)))
        self._go_on()
        return tuple(ended)

    def ask_until_answered(self, payload: Any, strike: Strike | None = None) -> tuple[Ended, ...]:
        """Run as a caller that asks again while this may help; return each run's end. The fault strikes the first."""

        def asking() -> tuple[Ended, ...]:
            ended = [self._run(payload, strike)]
            for pause in PATIENCE:
                if not ended[-1].passes:
                    break
                self.system.scheduler.sleep(pause)
                ended.append(self._run(payload))
            return tuple(ended)

        return self._drive(asking)

    def wait(self, seconds: float) -> None:
        self._drive(lambda: self.system.scheduler.sleep(seconds))

    @property
    def tables(self) -> Tables:
        """The tables that are compared: all but NOT_COMPARED."""
        return {name: dict(each.items) for name, each in self.system.dynamodb.tables.items() if name != NOT_COMPARED}

    @property
    def dead_letters(self) -> list[str]:
        held: Any = self.system.sqs.queues[self.subject.name]
        return list(held.dead)

    @property
    def announced(self) -> set[str]:
        """The ids of the events that were put on the bus."""
        return {event["detail"]["metadata"]["event_id"] for event in self.system.bus.archive}

    def _drive(self, script: Callable[[], T]) -> T:
        done: list[T] = []
        self._spawn(lambda: done.append(script()))
        self._go_on()
        return done[0]

    def _go_on(self) -> None:
        enter(self.system)
        self.system.scheduler.run()

    def _spawn(self, run: Callable[[], Any]) -> None:
        self.system.scheduler.spawn("caller", run, process=Process("caller"))

    def _run(self, payload: Any, strike: Strike | None = None) -> Ended:
        self.runs += 1
        self.plan.calls, self.plan.armed = [], strike
        scheduler, name, number = self.system.scheduler, self.subject.name, self.runs
        text, handler = to_json(payload), name.partition("/")[2]
        process = Process(name, number, dies_at=scheduler.now + seconds_of(handler))

        def run() -> bytes:
            request = from_json(text)
            if isinstance(request, dict):
                self.system.model.hear(name, number, request)
            answer = to_json(self.subject.handler(request, Context(scheduler)))
            self.system.model.hear_end(name, number)
            return answer

        task = scheduler.spawn(name, run, process=process)
        task.forgiven = True
        scheduler.join(task, float("inf"))
        if strike:
            self.plan.armed = None
        if task.died:
            forget_containers()
            return Ended(died=True)
        return Ended(error=type(task.error).__name__) if task.error else Ended(from_json(task.result))
