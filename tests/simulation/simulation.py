"""A simulation: an evening of some players under one seed, then quiet, then the oracle."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from tests.simulation.chance import Chance
from tests.simulation.delivery import POISON
from tests.simulation.evenings import GUESTS, USUAL, Evening, evening_for
from tests.simulation.faults import Aim, Plan
from tests.simulation.guests import Guest
from tests.simulation.oracle import BEFORE_THE_LAST_TURN, faults_found
from tests.simulation.oracle.evidence import Evidence
from tests.simulation.planting import Mutation, plant
from tests.simulation.players import Answer, Player
from tests.simulation.rebuilding import Operator
from tests.simulation.scheduler import Process, Task
from tests.simulation.seeded import new_containers, seeded
from tests.simulation.system import System

RATES = (0.0, 0.02, 0.04, 0.08)
FOCI = (
    "api",
    "persist_campaign",
    "format_response",
    "invoke_dungeon_master",
    "execute_tool",
    "relay",
    "push",
    "record",
    "project",
    "remember",
    "count",
    "batch",
    "transact_write_items",
    "execution",
    "queue",
    "player",
    "run",
)
GUESTS_FOCI = (
    "accounts run",
    "accounts dynamodb",
    "cognito",
    "gateway/erase",
    "gateway/export",
    "gateway/socket",
    "erase",
    "forget",
    "apigatewaymanagementapi",
    "s3",
    "player",
    "message",
    "push",
    "remember",
    "api",
)
"""The actors of an evening of guests, one of which an evening may focus on."""
GUESTS_EVENINGS = 0.25
BAD_MODELS = (0.0, 0.2, 0.6)
DEADLINES = (300.0, 300.0, 6.0, 1.5)
"""Seconds. A deployment gives a turn minutes; here many a deadline is to meet the commit."""
PLAYERS = (1, 2, 2, 3)
REDRIVES = 3
COLLECTED_AFTER = 100_000
"""New objects between two rounds of the garbage collector."""
MORE_OF_ITS_CALLS = 0.3
"""For the crash matrix: the share of evenings on which all calls of the actor are struck that the evening is for: some
of its calls are made only after another one went wrong."""


@dataclass(frozen=True)
class Conditions:
    """The conditions that a seed gives a simulation when nothing else is asked for."""

    players: int
    rate: float
    focus: str
    provider: str
    bad_model: float
    deadline: float
    failing: str = ""
    evening: Evening = USUAL
    sought: tuple[str, str] = ("", "")

    @classmethod
    def of(cls, seed: int, aim: Aim | None = None) -> Conditions:
        chance = Chance(seed)
        guests = chance.happens(GUESTS_EVENINGS, "guests")
        foci = GUESTS_FOCI if guests else FOCI
        usual = cls(
            players=chance.pick(PLAYERS, "players"),
            rate=chance.pick(RATES, "rate"),
            focus=chance.pick(foci, "focus") if chance.happens(0.6, "has a focus") else "",
            evening=GUESTS if guests else USUAL,
            provider=chance.pick(("understudy", "bedrock"), "provider"),
            bad_model=chance.pick(BAD_MODELS, "bad model"),
            deadline=chance.pick(DEADLINES, "deadline"),
        )
        return usual if aim is None else usual.aim_at(chance, aim)

    def aim_at(self, chance: Chance, aim: Aim) -> Conditions:
        """Returns these conditions as changed by an evening for a cell that is owed hits."""
        evening, sought = evening_for(chance, aim)
        evening = self.evening if evening is USUAL else evening
        return replace(
            self,
            evening=evening,
            players=evening.players or self.players,
            focus=evening.focus
            or (sought[0] if chance.happens(MORE_OF_ITS_CALLS, "more of its calls") else self.focus),
            provider=evening.provider or self.provider,
            bad_model=self.bad_model if evening.bad_model is None else evening.bad_model,
            deadline=evening.deadline or self.deadline,
            failing=chance.pick(evening.failing, "failing") if evening.failing else "",
            sought=sought,
        )

    def direct(self, plan: Plan, aim: Aim) -> None:
        """Have faults strike what the evening is for."""
        plan.aim, plan.sought, plan.failing = aim, self.sought, self.failing


@dataclass
class Report:
    """The result of a simulation. `wrong` is what the oracle found."""

    seed: int
    turns: int
    evidence: Evidence
    wrong: list[str]
    ended: Counter[str] = field(default_factory=Counter)
    aim: Aim | None = None

    @property
    def injected(self) -> dict[str, str]:
        """The faults that struck, by their place."""
        return self.evidence.system.plan.injected

    def digest(self) -> str:
        """The same for the same history."""
        seen = self.evidence
        text = repr(
            (sorted(seen.system.plan.injected.items()), seen.told, seen.system.bus.archive, seen.system.scheduler.now)
        )
        return sha256(text.encode()).hexdigest()


_current: list[System] = []


@contextmanager
def laboratory() -> Iterator[None]:
    """Simulations run inside of this, one after the other. What was imported is not looked through for garbage, and
    what they leave behind once in a while."""
    seldom = gc.get_threshold()
    with seeded(lambda: _current[-1]):
        gc.freeze()
        gc.set_threshold(COLLECTED_AFTER)
        try:
            yield
        finally:
            gc.set_threshold(*seldom)
            gc.unfreeze()
    _current.clear()


def enter(system: System) -> None:
    """Let code run in this system from now on."""
    _current[:] = [system]


def simulate(
    seed: int,
    turns: int,
    only: Collection[str] | None = None,
    bug: Mutation | None = None,
    aim: Aim | None = None,
) -> Report:
    """Play so many turns in all under a seed; of its faults only those at the places `only`, if it is given. A `bug`
    is in the code while it is played, and not when the oracle looks. With an `aim`, the seed and the aim together
    decide everything."""
    conditions = Conditions.of(seed, aim)
    turns = min(turns, conditions.evening.turns or turns)
    system = System(seed, conditions.rate, conditions.focus, conditions.bad_model, conditions.deadline, only)
    if aim is not None:
        conditions.direct(system.plan, aim)
    enter(system)
    new_containers(seed, conditions.provider)
    told: list[Answer] = []
    kind = Guest if conditions.evening.guests else Player
    players = [
        kind(system, f"player-{number}", turns // conditions.players + (number < turns % conditions.players), told)
        for number in range(conditions.players)
    ]
    for player in players:
        player.evening = conditions.evening
    rebuilding = None
    if system.chance.happens(conditions.evening.rebuilds, "rebuilds"):
        rebuilding = _have_rebuilt(system, conditions.evening.rebuilt)
    with plant(bug):
        play_evening(system, players, conditions.evening.poison, rebuilding if conditions.evening.rebuilt > 1 else None)
        _settle(system)
        _sign_in_again(system, players)
        before = faults_found(Evidence(system, told, []), BEFORE_THE_LAST_TURN)
        probes = _probe(system, players)
        _settle(system)
    marks = {player.id: player.marks for player in players if isinstance(player, Guest)}
    seen = Evidence(system, told, probes, marks)
    ended = Counter(turn.status for turn in seen.turns.values())
    return Report(seed, len(seen.turns), seen, before + faults_found(seen), ended, aim)


def play_evening(system: System, players: list[Player], poison: int = 1, until: Task | None = None) -> None:
    """Play until the last player has gone and a task has ended, and for some time after: then faults stop for good. So
    many messages that nobody can read come to some of the queues."""

    def evening() -> None:
        tasks = [system.scheduler.spawn(each.name, each.play, process=Process(each.name)) for each in players]
        for number, queue in enumerate(system.queues.values()):
            if system.chance.happens(_share_poisoned(system), "poison", number):
                system.scheduler.sleep(0.5)
                for _ in range(poison):
                    queue.send(POISON)
        for task in (*tasks, *([until] if until else [])):
            system.scheduler.join(task, float("inf"))
        system.scheduler.sleep(system.chance.between(0.0, 600.0, "faults stop"))
        system.plan.quiet = True

    system.scheduler.spawn("evening", evening, process=Process("evening"))
    system.scheduler.run()


def _have_rebuilt(system: System, times: int) -> Task:
    """Have an operator build the lists anew so many times, from some time of the evening on."""
    began = system.chance.between(0.0, 60.0, "rebuilt at")
    operator = Operator(system)
    return system.scheduler.spawn("operator", lambda: operator.rebuild(times), process=Process("operator"), after=began)


def _share_poisoned(system: System) -> float:
    """The share of queues that a message comes to which nobody can read."""
    if system.plan.aim is not None:
        return 0.8
    return 0.1 if system.plan.rate or system.plan.focus else 0.0


def _settle(system: System) -> None:
    """All that is on its way arrives; what landed in the dead letters is sent back."""
    for _ in range(REDRIVES):
        for queue in system.queues.values():
            queue.redrive()
        system.scheduler.run()


def _sign_in_again(system: System, players: Sequence[Player]) -> None:
    """Sign in each guest with an account, with the password that the guest believes in."""
    for player in players:
        if isinstance(player, Guest):
            system.scheduler.spawn("signs in again", player.sign_in_again, process=Process("probe"))
    system.scheduler.run()


def _is_gone(system: System, player: Player) -> bool:
    return (f"PLAYER#{player.id}", "ERASURE") in system.dynamodb.tables["gateway"].items


def _probe(system: System, players: list[Player]) -> list[Answer]:
    """One more turn in each campaign, and what it is answered."""
    probes: list[Answer] = []

    def probe(player: Player, campaign: str) -> None:
        told: Any = player._act(campaign, f"{player.name}-probe-{campaign}", "I look around", wait=20)
        probes.append(told)

    for player in players:
        for campaign in () if _is_gone(system, player) else player.campaigns:
            system.scheduler.spawn("probe", lambda p=player, c=campaign: probe(p, c), process=Process("probe"))  # type: ignore[misc]
    system.scheduler.run()
    return probes
