"""Virtual time, and activities of which one runs at a time: each until it waits, then whoever is next by the clock.

Activities are greenlets, so ordinary code that calls `time.sleep` or a client of AWS is suspended where it stands. Of
two that wake at the same moment the seed says who goes first.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from itertools import count
from typing import Any

from greenlet import getcurrent, greenlet

from tests.simulation.chance import Chance

MORNING = 1_790_000_000.0
"""Seconds since 1970 at which every simulation begins."""


MOST_STEPS = 400_000
"""Far more than any evening takes."""


class Restless(Exception):
    """The simulation never becomes quiet."""


class Died(BaseException):
    """Ends a process wherever it stands. It is no Exception: nothing in a process outlives it to handle it."""


class Process:
    """A process, which may die. `dies_at`: the time at which it dies; `calls` counts what it asked of AWS."""

    def __init__(self, name: str, number: int = 0, dies_at: float = float("inf")) -> None:
        self.name, self.number, self.dies_at = name, number, dies_at
        self.calls = 0
        self.dead = False

    def die(self) -> None:
        self.dead = True
        raise Died(self.name)

    def require_alive(self, now: float) -> None:
        """Raises Died in a process that is dead, or whose time is over."""
        if self.dead or now >= self.dies_at:
            self.dead = True
            raise Died(self.name)


IMMORTAL = Process("nobody")


class Task:
    """An activity. `process` is what may die with it; `result` or `error` is how it ended."""

    def __init__(self, name: str, run: Callable[[], Any], process: Process) -> None:
        self.name, self.process = name, process
        self.done = self.died = False
        self.forgiven = False
        """Whether an error of this task is nobody's bug."""
        self.result: Any = None
        self.error: BaseException | None = None
        self.waiting: list[tuple[Task, int]] = []
        """The tasks that wait for the end of this one, and in which of their waits."""
        self.wakes = 0
        """Counts waits, so that an alarm that was set for an earlier one is recognised and ignored."""
        self._run = run
        self.greenlet: Any = None

    def main(self) -> None:
        try:
            self.result = self._run()
        except Exception as error:
            self.error = error
        except Died:
            self.died = True


class _Draw:
    """A place among those who wake at the same moment. It is drawn when there are such: most wake alone."""

    __slots__ = ("_chance", "_number")

    def __init__(self, chance: Chance, number: int) -> None:
        self._chance, self._number = chance, number

    def __lt__(self, other: _Draw) -> bool:
        return self._draw() < other._draw()

    def _draw(self) -> tuple[float, int]:
        return self._chance.number(f"order|{self._number}"), self._number


class Scheduler:
    """Runs tasks by virtual time."""

    def __init__(self, chance: Chance) -> None:
        self.now = MORNING
        self.steps = 0
        self._chance = chance
        self._heap: list[tuple[float, _Draw, Task, int]] = []
        self._numbers = count()
        self.current: Task | None = None
        """The task that runs; None outside of all."""
        self._hub: Any = None
        self._until = float("inf")

    @property
    def running(self) -> Task:
        """The task that runs. Only a task can wait or call."""
        task = self.current
        assert task is not None, "nothing runs"
        return task

    def spawn(self, name: str, run: Callable[[], Any], *, process: Process = IMMORTAL, after: float = 0.0) -> Task:
        """Begin an activity after so many seconds."""
        task = Task(name, run, process)
        self._plan(task, after)
        return task

    def sleep(self, seconds: float) -> None:
        """Suspend the task that runs. Raises Died when its process ends meanwhile."""
        task = self.running
        process = task.process
        process.require_alive(self.now)
        seconds = min(seconds, process.dies_at - self.now)
        if not self._is_next(task, seconds):
            self._plan(task, seconds)
            self._hub.switch()
        process.require_alive(self.now)

    def _is_next(self, task: Task, seconds: float) -> bool:
        """Whether nobody else has anything to do within these seconds: then they pass, and the task goes on."""
        at = self.now + seconds
        if seconds <= 0.0 or at > self._until or self.steps >= MOST_STEPS or (self._heap and self._heap[0][0] <= at):
            return False
        next(self._numbers)
        self._wake(task, at)
        return True

    def _wake(self, task: Task, at: float) -> None:
        """It is this task's turn, and so late."""
        if at > self.now:
            self.now = at
        self.steps += 1
        task.wakes += 1

    def join(self, task: Task, within: float) -> bool:
        """Wait for a task to end; False when that takes longer."""
        if not task.done:
            waiter = self.running
            task.waiting.append((waiter, waiter.wakes))
            self.sleep(within)
        return task.done

    def run(self, until: float = float("inf")) -> None:
        """Go on until nobody has anything to do, or it is so late. Raises what a task raised that nobody waited for."""
        self._hub, self._until = getcurrent(), until
        while self._heap and self._heap[0][0] <= until:
            at, _, task, wakes = heapq.heappop(self._heap)
            if task.done or task.wakes != wakes:
                continue
            if self.steps >= MOST_STEPS:
                raise Restless(f"after {MOST_STEPS} steps {task.name} still has something to do")
            self._wake(task, at)
            self._resume(task)
        if until != float("inf"):
            self.now = max(self.now, until)

    def _resume(self, task: Task) -> None:
        if task.greenlet is None:
            task.greenlet = greenlet(task.main)
        task.greenlet.parent = self._hub
        self.current = task
        try:
            task.greenlet.switch()
        finally:
            self.current = None
        if task.greenlet.dead:
            self._end(task)

    def _end(self, task: Task) -> None:
        task.done = True
        task.greenlet = None
        for waiter, wait in task.waiting:
            if not waiter.done and waiter.wakes == wait:
                self._plan(waiter, 0.0)
        if task.error is not None and not task.waiting and not task.forgiven:
            raise task.error

    def _plan(self, task: Task, seconds: float) -> None:
        at = self.now + seconds if seconds > 0.0 else self.now
        heapq.heappush(self._heap, (at, _Draw(self._chance, next(self._numbers)), task, task.wakes))
