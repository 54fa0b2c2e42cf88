"""A queue is reached after the cloud has moved to another port.

The emulator keys its queues by a URL that holds the port, and restores the URL it had: an event source mapping then
looks for a queue that is not there and says nothing, and a stack that changes its queue makes an empty one instead.
AWS: a queue's URL never changes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ministack import app
from ministack.services import cloudformation, lambda_svc, sqs, ssm

from infra.local.hooks.surface import need, wrap

Addresses = dict[str, str]  # a queue's URL as it was saved → as it is now


def _move_queues() -> Addresses:
    moved: Addresses = {}
    for (account, region, url), queue in sqs._queues.all_items():
        current = sqs._queue_url_for_account(account, queue["name"])
        if url != current:
            moved[url] = queue["url"] = current
            sqs._queues.set_scoped(account, region, current, queue)
            sqs._queues.pop_scoped(account, region, url)
            sqs._queue_name_to_url.set_scoped(account, region, queue["name"], current)
    return moved


def _rename(value: Any, moved: Addresses) -> None:
    """Put the new URL wherever `value` holds an old one."""
    entries = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
    for key, inner in entries:
        if isinstance(inner, str):
            value[key] = moved.get(inner, inner)
        elif isinstance(inner, dict | list):
            _rename(inner, moved)


def _restore(original: Callable[[], None]) -> Callable[[], None]:
    def restore() -> None:
        original()
        if moved := _move_queues():
            for store in (cloudformation._stacks, cloudformation._exports, lambda_svc._functions, ssm._parameters):
                _rename(store.all_values(), moved)

    return restore


def install() -> None:
    need(sqs, "_queues", "_queue_name_to_url", "_queue_url_for_account")
    need(cloudformation, "_stacks", "_exports")
    need(lambda_svc, "_functions")
    need(ssm, "_parameters")
    wrap(app, "_load_persisted_state", _restore)
