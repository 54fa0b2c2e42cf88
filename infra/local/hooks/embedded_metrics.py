"""Metrics that a Lambda prints in the embedded metric format arrive in CloudWatch.

AWS: docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

from ministack.services import cloudwatch, lambda_svc

from infra.local.hooks.surface import need, wrap

logger = logging.getLogger("ninelives.hooks")
MARK = '"_aws"'


def documents(log: str) -> Iterator[dict[str, Any]]:
    """The embedded-metric documents among the lines of a log; other lines are none of ours."""
    for line in log.splitlines():
        if MARK not in line or not line.startswith("{"):
            continue
        try:
            document = json.loads(line)
        except ValueError:
            continue
        if isinstance(document, dict) and isinstance(document.get("_aws"), dict):
            yield document


def _store(document: dict[str, Any]) -> None:
    seconds = document["_aws"]["Timestamp"] / 1000
    for directive in document["_aws"].get("CloudWatchMetrics", []):
        for names in directive.get("Dimensions") or [[]]:
            dimensions = {name: str(document[name]) for name in names}
            for metric in directive["Metrics"]:
                value = document[metric["Name"]]
                many = value if isinstance(value, list) else None
                single = None if many is not None else value
                unit = metric.get("Unit", "None")
                cloudwatch._store_datum(
                    directive["Namespace"], metric["Name"], dimensions, seconds, unit, single, many, None, None
                )


def _emit(original: Callable[..., Any]) -> Callable[..., Any]:
    def emit(function: Any, request_id: str, log: str, *args: Any, **kwargs: Any) -> Any:
        for document in documents(log or ""):
            try:
                _store(document)
            except (KeyError, TypeError, ValueError):  # AWS drops a malformed document, too, and keeps the log
                logger.warning("embedded metrics ignored: %.200s", document)
        return original(function, request_id, log, *args, **kwargs)

    return emit


def install() -> None:
    need(cloudwatch, "_store_datum")
    wrap(lambda_svc, "_emit_lambda_logs", _emit)
