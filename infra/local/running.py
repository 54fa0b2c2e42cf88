"""The local cloud as its clients find it: up and deployed, or a line that says what to do."""

from __future__ import annotations

from typing import Any

from infra.errors import UserError
from infra.local import emulator, stack_file
from infra.local.home import Home, home_from


def running_cloud() -> tuple[Home, dict[str, Any]]:
    """Its home, and the content of its `stack.json`. Raises UserError when it is not up or not deployed."""
    home = home_from()
    stack = stack_file.load(home)
    if emulator.running(home) is None or stack is None or not stack.get("api_url"):
        raise UserError("The local cloud is not up: run `make up` first.")
    return home, stack
