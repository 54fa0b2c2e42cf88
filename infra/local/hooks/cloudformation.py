"""CloudFormation takes the resource types our stacks use and the emulator would refuse a whole template for."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from ministack.services import cloudwatch, eventbridge
from ministack.services.cloudformation import provisioners

from infra.local.hooks.surface import EmulatorChanged, need, wrap

Properties = dict[str, Any]
Created = tuple[str, dict[str, Any]]
NO_METRIC = "metric-math"


def _archive_request(name: str, properties: Properties) -> Properties:
    pattern = properties.get("EventPattern", "")
    return {
        "ArchiveName": name,
        "EventSourceArn": properties["SourceArn"],
        "Description": properties.get("Description", ""),
        "RetentionDays": int(properties.get("RetentionDays", 0)),
        "EventPattern": json.dumps(pattern) if isinstance(pattern, dict) else pattern,
    }


def _expect_success(response: tuple[int, Any, bytes], resource_type: str) -> None:
    if response[0] >= 400:
        raise ValueError(f"{resource_type}: {response[2]!r}")


def _archive_result(name: str) -> Created:
    return name, {"Arn": eventbridge._archives[name]["ArchiveArn"], "ArchiveName": name}


def _create_archive(logical_id: str, properties: Properties, stack: str) -> Created:
    name = properties.get("ArchiveName") or provisioners._physical_name(stack, logical_id, max_len=48)
    _expect_success(eventbridge._create_archive(_archive_request(name, properties)), "AWS::Events::Archive")
    return _archive_result(name)


def _update_archive(name: str, old: Properties, new: Properties, stack: str) -> Created:
    if old.get("SourceArn") != new.get("SourceArn"):
        raise ValueError("AWS::Events::Archive SourceArn cannot change: the archive would lose its events.")
    _expect_success(eventbridge._update_archive(_archive_request(name, new)), "AWS::Events::Archive")
    return _archive_result(name)


def _delete_archive(name: str, properties: Properties) -> None:
    eventbridge._delete_archive({"ArchiveName": name})


def _put_composite(name: str, properties: Properties) -> Created:
    request = {key: value for key, value in properties.items() if key != "Tags"} | {"AlarmName": name}
    _expect_success(cloudwatch._put_composite_alarm({}, request, False, True), "AWS::CloudWatch::CompositeAlarm")
    return name, {"Arn": cloudwatch._composite_alarms[name]["AlarmArn"]}


def _create_composite(logical_id: str, properties: Properties, stack: str) -> Created:
    name = properties.get("AlarmName") or provisioners._physical_name(stack, logical_id, max_len=255)
    return _put_composite(name, properties)


def _update_composite(name: str, old: Properties, new: Properties, stack: str) -> Created:
    return _put_composite(name, new)


def _delete_composite(name: str, properties: Properties) -> None:
    cloudwatch._composite_alarms.pop(name, None)


def _metric_math(original: Callable[[str, Properties], dict[str, Any]]) -> Callable[[str, Properties], dict[str, Any]]:
    """Take an alarm on metric math. It has no metric of its own here, so nothing ever raises it."""

    def record(name: str, properties: Properties) -> dict[str, Any]:
        if not properties.get("Metrics"):
            return original(name, properties)
        plain = {key: value for key, value in properties.items() if key != "Metrics"}
        return original(name, {**plain, "MetricName": NO_METRIC, "Namespace": NO_METRIC})

    return record


def _accept_only(logical_id: str, properties: Properties, stack: str) -> Created:
    """Take the resource and do nothing: it changes what an operator sees, not how the system behaves."""
    return f"{stack}-{logical_id}", {}


HANDLERS = {
    "AWS::Events::Archive": {"create": _create_archive, "update": _update_archive, "delete": _delete_archive},
    "AWS::CloudWatch::CompositeAlarm": {
        "create": _create_composite,
        "update": _update_composite,
        "delete": _delete_composite,
    },
    "AWS::Logs::QueryDefinition": {
        "create": _accept_only,
        "update": lambda name, old, new, stack: (name, {}),
        "delete": lambda name, properties: None,
    },
    "AWS::ApiGatewayV2::RouteResponse": {
        "create": _accept_only,
        "update": lambda name, old, new, stack: (name, {}),
        "delete": lambda name, properties: None,
    },
}


def install() -> None:
    need(provisioners, "_RESOURCE_HANDLERS", "_physical_name")
    need(eventbridge, "_archives", "_create_archive", "_update_archive", "_delete_archive")
    need(cloudwatch, "_composite_alarms", "_put_composite_alarm")
    known = HANDLERS.keys() & provisioners._RESOURCE_HANDLERS.keys()
    if known:
        raise EmulatorChanged(f"The emulator takes {sorted(known)} by itself now: drop the hook.")
    provisioners._RESOURCE_HANDLERS.update(HANDLERS)
    wrap(provisioners, "_cw_metric_alarm_record", _metric_math)


def resource_types() -> frozenset[str]:
    """Every CloudFormation resource type the local cloud can take, with the hooks."""
    return frozenset(provisioners._RESOURCE_HANDLERS) | frozenset(HANDLERS)
