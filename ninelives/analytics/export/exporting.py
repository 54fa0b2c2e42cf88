"""An export from its first replay to its last file. Every step can be done again: it goes on where it stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from infra.environment import LOCAL, Environment
from ninelives.analytics.export.asked import Asked
from ninelives.analytics.export.claim import Claim
from ninelives.analytics.export.draining import BRISK, PATIENT, Drain, DrainTally, Patience
from ninelives.analytics.export.manifest import write_manifest
from ninelives.analytics.export.queue import DrainedQueue
from ninelives.analytics.export.replaying import Drained, ExportReplays, replay_name
from ninelives.analytics.export.workplace import State, Workplace
from ninelives.analytics.export.writing import write

KEPT_FOR = timedelta(days=3)
"""The queue forgets messages after four days: what was replayed before is replayed again."""

OnProgress = Callable[[Drained, DrainTally], None]


@dataclass(frozen=True)
class ExportAccess:
    """The parts of a deployment that an export needs."""

    replays: ExportReplays
    queue: DrainedQueue
    claim: Claim
    patience: Patience

    @classmethod
    def of(cls, environment: Environment) -> ExportAccess:
        """Raises UnknownEnvironment when the environment has no export queue."""
        local = environment.name == LOCAL
        queue = DrainedQueue(
            environment.client("sqs"),
            environment.find("operations", "queue/export"),
            environment.find("operations", "queue/export-dead-letters"),
            wait_seconds=1 if local else 5,
        )
        claim = Claim(environment.client("ssm"), environment.name)
        return cls(ExportReplays.of(environment), queue, claim, BRISK if local else PATIENT)


@dataclass(frozen=True)
class Made:
    """A whole export: its manifest, and what became of the messages of the last sitting."""

    manifest: dict[str, Any]
    tally: DrainTally


def export(
    access: ExportAccess,
    asked: Asked,
    place: Workplace,
    now: datetime,
    on_progress: OnProgress,
    *,
    take_over: bool = False,
) -> Made:
    """Make the export, or go on with it. The caller holds `place`.

    Raises UserError for a window the archive may not have whole, UserError when it is refused or stuck.
    """
    state = place.state(asked) or _begin(asked, place, now)
    tally = DrainTally()
    if state.phase == "draining":
        state, tally = _drain(access, asked, place, state, now, on_progress, take_over=take_over)
    with place.blank_result() as result:
        facts = write(place.spool, result, place.scratch)
        manifest = write_manifest(result, asked, state, facts)
    place.commit()
    return Made(manifest, tally)


def _begin(asked: Asked, place: Workplace, now: datetime) -> State:
    window = asked.window(now)
    return place.save(State(asked.as_json(), window.start.isoformat(), window.end.isoformat()))


def _drain(
    access: ExportAccess,
    asked: Asked,
    place: Workplace,
    state: State,
    now: datetime,
    on_progress: OnProgress,
    *,
    take_over: bool,
) -> tuple[State, DrainTally]:
    """Take everything the replay brings, and let the next export have the queue."""
    holder = access.claim.holder()
    name = state.replay if _goes_on(access, state, holder, now) else None
    if name is None:
        name = replay_name(state.window, now)
        ours = holder is not None and holder == state.replay
        state = place.save(replace(state, replay=name, started=now.isoformat(), replays=state.replays + 1))
        access.claim.take(name, by_force=take_over or ours)
        if holder and (take_over or ours):
            access.replays.cancel(holder)
    access.replays.start(name, state.window)
    drain = Drain(access.queue, place.spool, asked, state.window, name)
    drain.run(lambda: access.replays.progress(name, state.window), access.patience, on_progress)
    state = place.save(replace(state, phase="drained"))
    access.claim.release(name)
    return state, drain.tally


def _goes_on(access: ExportAccess, state: State, holder: str | None, now: datetime) -> bool:
    """Whether the replay of an earlier sitting still is ours, known, and not too old for the queue to have it all."""
    if state.replay is None or state.started is None or holder != state.replay:
        return False
    fresh = now - datetime.fromisoformat(state.started) < KEPT_FOR
    return fresh and access.replays.progress(state.replay, state.window).phase != "lost"
