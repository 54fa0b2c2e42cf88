"""An operator who rebuilds the lists of campaigns from the archive while turns flow, and swaps when nothing is lacking.

The steps are those of `ninelives replay rebuild-projection`. Whoever dies in one is followed by whoever runs it again.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from infra.environment import LOCAL, Environment
from infra.errors import UserError
from ninelives.ops.replay.rebuild import Rebuild, Timing, replays_of
from ninelives.ops.replay.rebuild_tables import Projection
from tests.simulation.network import Client
from tests.simulation.scheduler import Process
from tests.simulation.system import REBUILD, System

PUBLISHED = {
    "campaign/table/campaign": "campaign",
    "campaign/table/projection": "projection",
    "campaign/table/projection-side": "projection-side",
    "campaign/queue/rebuild": REBUILD,
    "campaign/queue/projection": "campaign/project",
    "campaign/queue/rebuild-dead-letters": f"dead {REBUILD}",
    "campaign/rule/rebuild": "arn:rule",
    "campaign/fn/rebuild": REBUILD,
    "platform/archive-name": "archive",
}
PATIENCE, PAUSE = 3600, 20.0
MOST_TRIES = 40


class Operator:
    """Tries until a rebuild was through. `swapped`: how often a rebuilt table became the live one."""

    def __init__(self, system: System) -> None:
        self._system = system
        self.runs = self.swapped = 0

    def rebuild(self, times: int = 1) -> None:
        """Run the command until it ends by itself, so many times."""
        for _ in range(times):
            self._rebuild_once()

    def _rebuild_once(self) -> None:
        scheduler = self._system.scheduler
        for _ in range(MOST_TRIES):
            self.runs += 1
            run = scheduler.spawn("rebuild", self._run, process=Process("operator", self.runs))
            run.forgiven = True
            scheduler.join(run, float("inf"))
            if run.error is not None and not isinstance(run.error, (ClientError, BotoCoreError, UserError)):
                raise run.error
            if run.error is None and not run.died:
                return
            scheduler.sleep(PAUSE)

    def _run(self) -> None:
        scheduler = self._system.scheduler
        clients: dict[str, Any] = {
            name: Client(lambda: self._system.network, name, None) for name in ("dynamodb", "events", "sqs", "lambda")
        }
        environment = Environment(LOCAL, PUBLISHED, clients.__getitem__)
        clock = Timing(lambda: datetime.fromtimestamp(scheduler.now, UTC), scheduler.sleep)
        rebuild = Rebuild(environment, Projection(environment), replays_of(environment), clock)
        rebuild.claim(f"operator/{self.runs}", lambda who: False)
        rebuild.start()
        for _ in rebuild.wait(PATIENCE):
            pass
        is_whole = not sum(one.lost for one in rebuild.fill())
        if is_whole and rebuild.compare().rebuilt_is_as_good:
            rebuild.swap()
            self.swapped += 1
        else:
            rebuild.give_up()
