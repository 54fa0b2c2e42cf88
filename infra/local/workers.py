"""The processes behind the Lambda functions of a running cloud, by process id."""

from __future__ import annotations

from infra.local.emulator import ask
from infra.local.home import Home

AT = "/_ninelives/workers"


def workers_of(home: Home, function: str) -> list[int]:
    """Process ids of the live workers of a function (its physical name), busy or idle."""
    found: list[int] = (ask(home, AT) or {}).get(function, [])
    return found


def all_workers(home: Home) -> list[int]:
    """Process ids of the live workers of all functions."""
    return [pid for workers in (ask(home, AT) or {}).values() for pid in workers]


def living_workers() -> dict[str, list[int]]:
    """Within the emulator's process: the process ids of all live workers, by function."""
    from ministack.core import lambda_runtime

    with lambda_runtime._lock:
        workers = [worker for entries in lambda_runtime._workers.values() for worker in entries]
    found: dict[str, list[int]] = {}
    for worker in workers:
        process = worker._proc
        if process is not None and process.poll() is None:
            found.setdefault(worker.func_name, []).append(process.pid)
    return found
