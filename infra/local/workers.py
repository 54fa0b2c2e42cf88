"""The processes behind the Lambda functions of a running cloud, for whoever wants to see one die."""

from __future__ import annotations

import subprocess

from infra.local import process
from infra.local.home import Home


def workers_of(home: Home, function: str) -> list[int]:
    """Process ids of the live workers of a function (its physical name), busy or idle."""
    parent = process.recorded(home)
    if parent is None:
        return []
    listed = subprocess.run(
        ["ps", "-ww", "-ax", "-o", "pid=,ppid=,stat=,command="], capture_output=True, text=True, check=True
    ).stdout
    mark = f"/ministack-lambda-{function}-"
    rows = (line.split(None, 3) for line in listed.splitlines())
    return [
        int(row[0])
        for row in rows
        if len(row) == 4 and int(row[1]) == parent.pid and mark in row[3] and not row[2].startswith("Z")
    ]
