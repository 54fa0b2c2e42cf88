"""A saved state that cannot be read stops the cloud, and nothing writes over it.

The emulator takes it for an empty one and goes on; its next snapshot then replaces what could have been rescued.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from ministack import app
from ministack.core import persistence

from infra.local.hooks.surface import need
from infra.local.snapshot import before

State = dict[str, Any]


def describe(path: Path, reason: str) -> str:
    """Say in one line what is wrong and what can be done."""
    state, older = path.parent, before(path.parent)
    back = (
        f"Go back to the state before it with `mv {path} {path}.damaged && cp {older}/*.json {state}/`, or begin"
        if (older / path.name).exists()
        else "Begin"
    )
    anew = f"anew with `mv {state} {state}.damaged`. Then start again."
    return f"{path} is damaged ({reason}) and was left alone. {back} {anew}"


def stop(path: Path, reason: str) -> NoReturn:
    print(describe(path, reason), file=sys.stderr, flush=True)
    os._exit(1)


def _loading(load_state: Callable[[str], State | None]) -> Callable[[], None]:
    def load() -> None:
        for service, module in app._state_map.items():
            path = Path(persistence.STATE_DIR) / f"{service}.json"
            if path.exists():
                try:
                    state = load_state(service)
                    if state is None:
                        stop(path, "cut off, or of another version")
                    app._get_module(module).load_persisted_state(state)
                except Exception as error:
                    stop(path, repr(error))

    return load


def install() -> None:
    need(app, "_state_map", "_get_module", "_load_persisted_state")
    app._load_persisted_state = _loading(persistence.load_state)
