"""Rebuild the campaign projection from the archive into its spare table, beside the live one, and swap when asked.

    claim → clear the spare table → replay → fill gaps from the owner's store → compare → swap, or give it up

While it is claimed, every live event goes to both tables, so nothing that happens meanwhile is missing. Any step may be
repeated: what is absorbed twice is absorbed once. One that stopped half way is gone on with by running it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from infra.environment import LOCAL, Environment
from infra.errors import UserError
from ninelives.ops.replay.consumer import SwitchedConsumer
from ninelives.ops.replay.rebuild_claim import claim, replay_name
from ninelives.ops.replay.rebuild_compare import RowComparison, compare
from ninelives.ops.replay.rebuild_fill import Filled, fill
from ninelives.ops.replay.rebuild_tables import Projection
from ninelives.ops.replay.running import GONE, Progress, Replays
from ninelives.ops.replay.window import Window, whole_life
from services.campaign.domain.projection_version import Building, ProjectionVersion

QUEUE, LIVE_QUEUE = "rebuild", "projection"


@dataclass(frozen=True)
class Timing:
    """Time as the rebuild has it."""

    now: Callable[[], datetime]
    pause: Callable[[float], None]


class Rebuild:
    """One rebuild, claimed by whoever made this. Its steps are called in the order they are written here."""

    def __init__(self, environment: Environment, projection: Projection, replays: Replays, clock: Timing) -> None:
        self._environment = environment.name
        self._projection, self._replays, self._clock = projection, replays, clock
        self._claimed = ProjectionVersion()
        self.going_on = False

    @property
    def building(self) -> Building:
        """The building that was claimed."""
        assert self._claimed.building is not None
        return self._claimed.building

    @property
    def version(self) -> ProjectionVersion:
        return self._claimed

    @property
    def window(self) -> Window:
        """All that was surely archived when the rebuild was claimed."""
        return whole_life(self._environment, self.building.since)

    def claim(self, who: str, is_running: Callable[[str], bool]) -> None:
        """Take the spare table. Raises UserError while somebody else has it."""
        self._claimed, self.going_on = claim(self._projection.versions, who, self._clock.now(), is_running)

    def start(self) -> int | None:
        """Clear the spare table and start its replay, unless that was done; how many old lines went."""
        state = self._replays.state(self.building.replay)
        if state in GONE:
            renewed = {"replay": replay_name(self._clock.now())}
            self._change(self._claimed.start_rebuild(self.building.model_copy(update=renewed)))
        self._replays.consumer.switch(on=True)
        if state is not None and state not in GONE:
            return None
        cleared = self._projection.raw_table(self._claimed.standby).clear()
        self._replays.start(self.building.replay, self.window)
        return cleared

    def wait(self, seconds: float) -> Iterator[Progress]:
        """Until the replay has ended and all it brought is absorbed. Raises UserError."""
        return self._replays.wait(self.building.replay, pause=self._clock.pause, seconds=seconds)

    def fill(self) -> Iterator[Filled]:
        """Take what is missing from the campaigns' own outbox."""
        return fill(
            self._projection,
            self._claimed.standby,
            self.window.end,
            lambda tried: self._clock.pause(0.01 * (tried + 1)),
        )

    def compare(self) -> RowComparison:
        """The rebuilt table against the live one."""
        live, rebuilt = (
            self._projection.raw_table(self._claimed.live),
            self._projection.raw_table(self._claimed.standby),
        )
        return compare(live, rebuilt, self._clock.pause, self._replays.on_their_way)

    def swap(self) -> None:
        """Make the rebuilt table the live one, in one write. The old one stays as it is until the next rebuild."""
        self._change(self._claimed.swap())
        self._replays.consumer.switch(on=False)

    def give_up(self) -> None:
        """End the rebuild without a swap: the live table stays, the rebuilt one grows old."""
        self._change(self._claimed.end_rebuild())
        self._replays.consumer.switch(on=False)

    def _change(self, version: ProjectionVersion) -> None:
        if not self._projection.versions.replace(version):
            raise UserError("Somebody gave this rebuild up, or swapped it, meanwhile. Nothing was changed.")
        self._claimed = version


def discard(projection: Projection, replays: Replays) -> Building | None:
    """Give up whatever rebuild is going on, whoever has it; the one it was. Raises UserError when it just changed."""
    current = projection.versions.read()
    if current.building is None:
        return None
    if not projection.versions.replace(current.end_rebuild()):
        raise UserError("The rebuild changed hands this very moment. Look again.")
    replays.cancel(current.building.replay)
    replays.consumer.switch(on=False)
    return current.building


def replays_of(environment: Environment) -> Replays:
    """Replays of the deployment's archive into the rebuild's rule. Raises UnknownEnvironment."""
    return Replays(
        environment.client("events"),
        environment.client("sqs"),
        environment.find("platform", "archive-name"),
        rule_arn=environment.find("campaign", f"rule/{QUEUE}"),
        queue=environment.find("campaign", f"queue/{QUEUE}"),
        live_queue=environment.find("campaign", f"queue/{LIVE_QUEUE}"),
        dead_letters=environment.find("campaign", f"queue/{QUEUE}-dead-letters"),
        consumer=SwitchedConsumer(environment.client("lambda"), environment.find("campaign", f"fn/{QUEUE}")),
        between=0.2 if environment.name == LOCAL else 2.0,
    )
