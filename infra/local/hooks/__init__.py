"""In-memory corrections that make the emulator answer as AWS does, where it does not.

Each module restores the behaviour its docstring names, and nothing else; no file of the emulator is changed.
The hooks touch private names, so the emulator's version is pinned and every name is checked before it is used.
"""

from __future__ import annotations

from importlib.metadata import version

from infra.local.hooks.surface import EmulatorChanged

PINNED = "1.5.33"


def install() -> None:
    """Apply every hook. Raises EmulatorChanged when the emulator is not the one they were written for."""
    found = version("ministack")
    if found != PINNED:
        raise EmulatorChanged(f"The hooks are for ministack {PINNED}, not {found}: delete .venv and run again.")
    from infra.local.hooks import (
        alarms,
        allowed_calls,
        api_calls,
        api_gateway,
        batching_window,
        cloudformation,
        damaged_state,
        dynamodb_conditions,
        embedded_metrics,
        event_bridge,
        expiry,
        http_server,
        lambda_errors,
        lambda_worker,
        messages_in_flight,
        permissions,
        polling,
        queue_addresses,
        retention,
        running_workflows,
        saving,
        shared_code,
        sqs_redrive,
        stream_delivery,
        stream_memory,
        stream_window,
        transaction_conflicts,
        worker_forks,
        worker_threads,
        workflow_costs,
        workflow_deadline,
        workflow_log,
        workflow_retry,
        write_journal,
    )

    for hook in (
        damaged_state,
        stream_memory,  # a snapshot of the tables is one of their streams, and what the journal adds comes after it
        write_journal,  # nearest to the emulator: what is answered is in it
        http_server,
        api_calls,
        api_gateway,
        cloudformation,
        lambda_worker,
        worker_forks,
        worker_threads,
        lambda_errors,
        shared_code,
        embedded_metrics,
        workflow_costs,
        workflow_retry,
        workflow_deadline,
        workflow_log,
        running_workflows,
        event_bridge,
        sqs_redrive,
        batching_window,
        polling,
        stream_delivery,
        stream_window,
        expiry,
        dynamodb_conditions,
        transaction_conflicts,
        allowed_calls,
        permissions,  # remembers every call, whoever answered it
        queue_addresses,
        messages_in_flight,
        saving,
        alarms,
        retention,
    ):
        hook.install()
