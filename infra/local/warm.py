"""Start one worker of every function ahead of its first call, so that a first turn is not ten cold starts long."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

logger = logging.getLogger("ninelives.warm")
AT_ONCE = 2


class Warming:
    """Starts workers in the background and knows how many functions still wait for theirs."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left = 0

    @property
    def left(self) -> int:
        return self._left

    def start(self) -> int:
        """Begin, unless it is under way already; returns how many functions are left to do."""
        from ministack.services import lambda_svc

        with self._lock:
            if self._left:
                return self._left
            functions = [function for function in lambda_svc._functions.values() if function.get("code_zip")]
            self._left = len(functions)
        threading.Thread(target=self._run, args=(functions,), name="warming", daemon=True).start()
        return len(functions)

    def _run(self, functions: list[dict[str, Any]]) -> None:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(self._start_worker, functions))

    def _start_worker(self, function: dict[str, Any]) -> None:
        try:
            _spawn(function)
        except Exception as error:  # its first call will fail in the same way, and be reported where it belongs
            logger.warning("%s does not start: %s", function["config"]["FunctionName"], error)
        finally:
            with self._lock:
                self._left -= 1


def _spawn(function: dict[str, Any]) -> None:
    from ministack.core import lambda_runtime

    config = function["config"]
    version = config.get("Version", "$LATEST")
    worker, _ = lambda_runtime.acquire_worker(config["FunctionName"], config, function["code_zip"], qualifier=version)
    if worker is None:
        return
    try:
        lambda_runtime.ensure_spawned(worker)
    finally:
        lambda_runtime.release_worker(worker)
