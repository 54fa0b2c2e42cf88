"""The queues that can hold dead letters, and what kind of letters each holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from infra.environment import Environment
from infra.errors import UserError

SUFFIX = "-dead-letters"
RELAY = "relay-dead-letters"
REPORTS = ("gateway/failed-turns",)


class Kind(StrEnum):
    """The content of a queue of dead letters."""

    EVENTS = "events a consumer could not take"
    UNPUBLISHED = "places of facts not published"
    REPORTS = "reports of failed turns"


@dataclass(frozen=True)
class DeadLetters:
    """A queue of dead letters, `<service>/<name>`. `work` is the URL of the queue they came from, if there is one."""

    name: str
    url: str
    kind: Kind
    work: str | None = None

    @property
    def service(self) -> str:
        return self.name.partition("/")[0]


def all_of(environment: Environment) -> list[DeadLetters]:
    """Every queue of the deployment that can hold dead letters, by name."""
    queues = environment.queues()
    return [_describe(name, queues) for name in queues if not is_work(name)]


def find_queue(environment: Environment, name: str) -> DeadLetters:
    """The queue `<service>/<name>`. Raises UserError."""
    known = {queue.name: queue for queue in all_of(environment)}
    if name not in known:
        raise UserError(f"No queue {name} holds dead letters here. There are: {', '.join(known) or 'none'}.")
    return known[name]


def arn(sqs: Any, url: str) -> str:
    return str(sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"])


def depth(sqs: Any, url: str) -> int:
    """Messages in a queue, about: visible, in somebody's hands, or delayed."""
    return _count(sqs, url, ("", "NotVisible", "Delayed"))


def waiting(sqs: Any, url: str) -> int:
    """Messages of a queue that are due, about: visible, or in somebody's hands."""
    return _count(sqs, url, ("", "NotVisible"))


def _count(sqs: Any, url: str, kinds: Sequence[str]) -> int:
    names: Any = [f"ApproximateNumberOfMessages{kind}" for kind in kinds]
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
    return sum(int(found.get(name, 0)) for name in names)


def is_work(name: str) -> bool:
    """Whether what lies in the queue `<service>/<name>` is to be worked off by a function, not by a person."""
    return not name.endswith(SUFFIX) and name not in REPORTS


def _describe(name: str, queues: dict[str, str]) -> DeadLetters:
    if name in REPORTS:
        return DeadLetters(name, queues[name], Kind.REPORTS)
    if name.endswith(f"/{RELAY}"):
        return DeadLetters(name, queues[name], Kind.UNPUBLISHED)
    return DeadLetters(name, queues[name], Kind.EVENTS, queues.get(name.removesuffix(SUFFIX)))
