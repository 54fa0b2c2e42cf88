"""`stack.json`: the names and addresses of what is deployed, read back from the parameters the stacks publish."""

from __future__ import annotations

import json
from typing import Any

from infra.local.aws import Aws
from infra.local.home import REGION, Home

PREFIX = "/ninelives/local/"
SINGLE = {
    "event_bus": "platform/bus-name",
    "archive": "platform/archive-name",
    "state_machine": "gateway/state-machine-arn",
    "user_pool_id": "gateway/user-pool-id",
    "user_pool_client_id": "gateway/user-pool-client-id",
}


def parameters(aws: Aws) -> dict[str, str]:
    """Every published parameter by its name below the prefix, e.g. `gateway/api-id`."""
    pages = aws.client("ssm").get_paginator("get_parameters_by_path").paginate(Path=PREFIX, Recursive=True)
    return {entry["Name"].removeprefix(PREFIX): entry["Value"] for page in pages for entry in page["Parameters"]}


def _pick_kind(published: dict[str, str], kind: str) -> dict[str, str]:
    """`<service>/<kind>/<name>` as `<service>/<name>` → physical name or URL."""
    split = {name: tuple(name.split("/")) for name in published}
    return {
        f"{parts[0]}/{parts[2]}": published[name]
        for name, parts in sorted(split.items())
        if len(parts) == 3 and parts[1] == kind
    }


def _gateway_url(home: Home, scheme: str, api_id: str | None, stage: str) -> str | None:
    return f"{scheme}://127.0.0.1:{home.port}/_aws/execute-api/{api_id}/{stage}" if api_id else None


def _web_url(home: Home, bucket: str | None) -> str | None:
    return f"{home.endpoint}/{bucket}/index.html" if bucket else None


def describe(home: Home, published: dict[str, str]) -> dict[str, Any]:
    """The content of `stack.json`; a part that is not deployed is null."""
    return {
        "api_url": _gateway_url(home, "http", published.get("gateway/api-id"), "$default"),
        "ws_url": _gateway_url(
            home, "ws", published.get("gateway/ws-api-id"), published.get("gateway/ws-stage", "live")
        ),
        "web_url": _web_url(home, published.get("web/bucket")),
        "region": REGION,
        "endpoint_url": home.endpoint,
        **{key: published.get(name) for key, name in SINGLE.items()},
        "tables": _pick_kind(published, "table"),
        "queues": _pick_kind(published, "queue"),
    }


def write(home: Home, aws: Aws) -> dict[str, Any]:
    """Read the parameters, write the file, and return its content."""
    content = describe(home, parameters(aws))
    home.stack_file.write_text(json.dumps(content, indent=2) + "\n")
    return content


def load(home: Home) -> dict[str, Any] | None:
    """The last written content, None when there is none."""
    try:
        content = json.loads(home.stack_file.read_text())
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None
