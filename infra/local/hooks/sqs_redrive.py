"""SQS can move the messages of a dead-letter queue back: StartMessageMoveTask and ListMessageMoveTasks.

Without a DestinationArn each message goes back to the queue it came from.
AWS: docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
"""

from __future__ import annotations

import itertools
import time
from typing import Any

from ministack.services import sqs

from infra.local.hooks.surface import EmulatorChanged, need

Message = dict[str, Any]
KEPT = 10  # AWS lists the ten most recent tasks of a source queue

_tasks: list[dict[str, Any]] = []
_handles = itertools.count(1)


def _queue(arn: str) -> dict[str, Any]:
    queue: dict[str, Any] | None = sqs._queue_by_arn(arn)
    if queue is None:
        raise sqs._Err("ResourceNotFoundException", f"The resource that you specified does not exist: {arn}")
    return queue


def _destination(message: Message, named: str | None) -> dict[str, Any] | None:
    arn = named or message.get("sys", {}).get("DeadLetterQueueSourceArn")
    return sqs._queue_by_arn(arn) if arn else None


def _move(message: Message, destination: dict[str, Any]) -> None:
    system = {name: value for name, value in message["sys"].items() if name != "DeadLetterQueueSourceArn"}
    fresh = {"visible_at": 0.0, "receive_count": 0, "receipt_handle": None, "first_receive_at": None}
    destination["messages"].append({**message, **fresh, "sys": system})


def _start(data: dict[str, Any], queue_url: str) -> dict[str, Any]:
    named = data.get("DestinationArn")
    source = _queue(data["SourceArn"])
    if named:
        _queue(named)
    waiting, source["messages"] = list(source["messages"]), []
    moved = 0
    for message in waiting:
        destination = _destination(message, named)
        if destination is None:
            source["messages"].append(message)
        else:
            _move(message, destination)
            moved += 1
    sqs.esm_wake.set()
    task = {
        "TaskHandle": f"move-{next(_handles)}-{int(time.time() * 1000)}",
        "Status": "COMPLETED",
        "SourceArn": data["SourceArn"],
        "ApproximateNumberOfMessagesMoved": moved,
        "ApproximateNumberOfMessagesToMove": len(waiting),
        "StartedTimestamp": int(time.time() * 1000),
        **({"DestinationArn": named} if named else {}),
    }
    _tasks.insert(0, task)
    return {"TaskHandle": task["TaskHandle"]}


def _list(data: dict[str, Any], queue_url: str) -> dict[str, Any]:
    _queue(data["SourceArn"])
    found = [task for task in _tasks if task["SourceArn"] == data["SourceArn"]]
    hidden = ("TaskHandle",)  # AWS shows the handle only of a task that still runs
    shown = [{key: value for key, value in task.items() if key not in hidden} for task in found]
    return {"Results": shown[: min(int(data.get("MaxResults", 1)), KEPT)]}


def install() -> None:
    need(sqs, "_HANDLERS", "_queue_by_arn", "_Err", "esm_wake")
    added = {"StartMessageMoveTask": _start, "ListMessageMoveTasks": _list}
    if added.keys() & sqs._HANDLERS.keys():
        raise EmulatorChanged("SQS moves messages by itself now: drop the hook.")
    sqs._HANDLERS.update(added)
