"""The queue of erasures, once per container."""

from __future__ import annotations

import os
from functools import cache

from services.gateway.adapters.erasure_queue import SqsErasureQueue
from stagekit.clients import client


@cache
def erasure_queue() -> SqsErasureQueue:
    return SqsErasureQueue(client("sqs", read=5, tries=3), os.environ.get("ERASURES_QUEUE_URL", ""))
