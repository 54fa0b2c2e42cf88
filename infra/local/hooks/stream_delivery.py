"""A batch of stream records that its consumer did not finish is delivered again.

The emulator takes a reply with `batchItemFailures` from a stream consumer for success and drops the records.
AWS retries from the first failed record; here the whole batch comes again, which at-least-once allows.
AWS: docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ministack.services import lambda_svc

from infra.local.hooks.surface import wrap

Result = dict[str, Any]


def _from_a_stream(event: Any) -> bool:
    records = event.get("Records") if isinstance(event, dict) else None
    first = records[0] if isinstance(records, list) and records else None
    return isinstance(first, dict) and first.get("eventSource") == "aws:dynamodb"


def _unfinished(result: Result) -> bool:
    body = result.get("body")
    return isinstance(body, dict) and bool(body.get("batchItemFailures"))


def _execute(original: Callable[..., Result]) -> Callable[..., Result]:
    def execute(function: Any, event: Any, *args: Any, **kwargs: Any) -> Result:
        result = original(function, event, *args, **kwargs)
        if _from_a_stream(event) and not result.get("error") and _unfinished(result):
            return {**result, "error": True}
        return result

    return execute


def install() -> None:
    wrap(lambda_svc, "_execute_function", _execute)
