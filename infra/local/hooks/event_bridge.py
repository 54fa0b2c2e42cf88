"""EventBridge replays reach only the rules in FilterArns, and an undeliverable event goes to its target's DLQ.

AWS: docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html, …/eb-rule-dlq.html
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

from ministack.core.arn import parse_arn
from ministack.services import eventbridge, sqs

from infra.local.hooks.surface import need, wrap

_delivery = threading.local()


def _excluded(event: dict[str, Any], rule: dict[str, Any]) -> bool:
    replay = eventbridge._replays.get(event.get("ReplayName")) if event.get("ReplayName") else None
    allowed = ((replay or {}).get("Destination") or {}).get("FilterArns") or [rule["Arn"]]
    return rule["Arn"] not in allowed


def _dispatch(original: Callable[..., Any]) -> Callable[..., Any]:
    def dispatch(queue: Any, payload: str, parameters: Any = None) -> Any:
        if not sqs._queue_by_arn(str(queue)):
            _delivery.missing = str(queue)
        return original(queue, payload, parameters)

    return dispatch


def _dead_letter(queue_arn: str, payload: str, rule: dict[str, Any], target: dict[str, Any]) -> None:
    queue = sqs._queue_by_arn(queue_arn)
    if queue is None:
        return
    attributes = {
        "RULE_ARN": rule["Arn"],
        "TARGET_ARN": target["Arn"],
        "ERROR_CODE": "NO_PERMISSIONS",  # what EventBridge reports for a queue it may not or cannot reach
        "ERROR_MESSAGE": f"The specified queue does not exist: {target['Arn']}",
        "EXHAUSTED_RETRY_CONDITION": "NonRetryableError",
    }
    message_attributes = {name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()}
    sqs._act_send_message({"MessageBody": payload, "MessageAttributes": message_attributes}, queue["url"])


def _invoke(original: Callable[..., Any]) -> Callable[..., Any]:
    def invoke(target: dict[str, Any], event: dict[str, Any], rule: dict[str, Any], view: Any = None) -> None:
        if _excluded(event, rule):
            return
        _delivery.missing = None
        original(target, event, rule, view)
        dead_letters = (target.get("DeadLetterConfig") or {}).get("Arn")
        if _delivery.missing and dead_letters:
            seen = view or eventbridge._pattern_event_view(event)
            _dead_letter(str(parse_arn(dead_letters)), json.dumps(seen.event_with_detail()), rule, target)

    return invoke


def install() -> None:
    need(eventbridge, "_replays", "_pattern_event_view")
    need(sqs, "_queue_by_arn", "_act_send_message")
    wrap(eventbridge, "_dispatch_to_sqs", _dispatch)
    wrap(eventbridge, "_invoke_target", _invoke)
