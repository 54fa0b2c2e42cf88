"""A storm over the consumers: workers that are killed, events that come again and in any order, a bus that refuses, and
transactions that take as long as on AWS and conflict where they overlap."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from random import Random

from tests.e2e.rival import Rival
from tests.support.cloud import Cloud
from tests.support.refusing_bus import RefusingBus

CONSUMERS = {
    "audit/events": "record",
    "metrics/events": "count",
    "campaign/projection": "project",
    "chronicle/facts": "remember",
}
RELAYS = ("campaign", "gateway")
REFUSED_EVERY = 10
PAUSE_SECONDS = 1.2  # a killed worker costs a start: more of them and the storm is all there is
TRANSACTIONS_LAST = 15.0  # milliseconds, as on AWS
MEETING_SECONDS = 0.1  # between two transactions of a rival: one write in ten meets one
IMPATIENCE_SECONDS = 3  # instead of minutes: what a killed worker held comes back that soon


@dataclass
class Damage:
    """The damage that the storm did. `conflicts`: how often a transaction under way stood against a service's write."""

    refused: int = 0
    killed: int = 0
    delivered_again: int = 0
    conflicts: int = 0


@contextmanager
def storm(cloud: Cloud, streams: Callable[[], list[str]], random: Random) -> Iterator[Damage]:
    """Rages until the block is left. `streams` are those whose facts may come again."""
    damage, over = Damage(), threading.Event()
    with ExitStack() as weather:
        bus = weather.enter_context(RefusingBus(cloud.home.endpoint, REFUSED_EVERY))
        for service in RELAYS:
            weather.enter_context(cloud.settings(service, "relay", AWS_ENDPOINT_URL_EVENTBRIDGE=bus.url))
        for queue in CONSUMERS:
            weather.enter_context(cloud.impatient(queue, IMPATIENCE_SECONDS))
        conflicts = weather.enter_context(cloud.lasting_transactions(TRANSACTIONS_LAST))
        rival, failures = Rival(cloud), list[BaseException]()

        def rage() -> None:
            damage.killed += _kill_one(cloud, random)
            damage.delivered_again += _deliver_again(cloud, streams(), random)

        def meet() -> None:
            rival.meet(list(dict.fromkeys(stream.partition("/")[2] for stream in streams())))

        def keep_on(what: Callable[[], None], seconds: float) -> None:
            try:
                while not over.wait(seconds):
                    what()
            except BaseException as error:
                failures.append(error)

        winds = [
            threading.Thread(target=keep_on, args=each) for each in ((rage, PAUSE_SECONDS), (meet, MEETING_SECONDS))
        ]
        for wind in winds:
            wind.start()
        try:
            yield damage
        finally:
            over.set()
            for wind in winds:
                wind.join(timeout=30)
            damage.refused, damage.conflicts = bus.refused, conflicts() - rival.refused
        assert not failures, failures


def _kill_one(cloud: Cloud, random: Random) -> int:
    """Kill a worker of a consumer or of a relay, whatever it is doing."""
    functions = [(queue.partition("/")[0], handler) for queue, handler in CONSUMERS.items()]
    workers = cloud.workers(*random.choice([*functions, *((service, "relay") for service in RELAYS)]))
    if not workers:
        return 0
    with suppress(ProcessLookupError):
        os.kill(random.choice(workers), signal.SIGKILL)
    return 1


def _deliver_again(cloud: Cloud, streams: list[str], random: Random) -> int:
    """Facts of a stream once more, in any order, to each consumer."""
    if not streams:
        return 0
    stream = random.choice(streams)
    facts = cloud.outbox("campaign/campaign" if stream.startswith("campaign/") else "gateway/gateway", stream)
    chosen = random.sample(facts, min(len(facts), 10))
    for queue in CONSUMERS:
        cloud.send_batch(queue, chosen)
    return len(chosen) * len(CONSUMERS)
