"""Messages that were received and not deleted when the cloud ended are there again at its next start.

Their receivers, workers of functions, ended with it. The emulator lets them wait for the rest of their visibility
timeout, minutes in which a list lacks what a player did. A message that is delayed stays so.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from ministack.services import sqs

from infra.local.hooks.surface import need, wrap


def _restore(original: Callable[[Any], None]) -> Callable[[Any], None]:
    def restore(data: Any) -> None:
        original(data)
        now = time.time()
        for queue in sqs._queues.all_values():
            for message in queue["messages"]:
                if message.get("receive_count"):
                    message["visible_at"] = min(now, message.get("visible_at", now))

    return restore


def install() -> None:
    need(sqs, "_queues")
    wrap(sqs, "load_persisted_state", _restore)
