"""Looking for messages costs little: the name of a source is read once, not again by three pollers for each message.

The emulator's pollers go through all sources whenever one of them has something new, and take each one's ARN apart.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from ministack.core.arn import Arn
from ministack.services import lambda_svc

from infra.local.hooks.surface import wrap

KEPT = 1024  # ARNs; a deployment has some hundreds


def _read_once(original: Callable[[Any], Arn]) -> Callable[[Any], Arn]:
    read = lru_cache(KEPT)(original)
    return lambda value: read(value) if isinstance(value, str) else original(value)


def install() -> None:
    wrap(lambda_svc, "parse_arn", _read_once)
