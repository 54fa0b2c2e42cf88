"""A Lambda execution environment costs what it costs on AWS, and the log of a call is the log of that call.

* It survives an exception of its handler, so a failed call is not followed by a cold start.
* A cold start does not pay for the emulator's own bookkeeping (a botocore import to count recursion), nor for the
  garbage collector, which would look through all that is imported, many times, for garbage that is not there.
* A call's output is read to its end: the emulator waits 50 ms for it, which is long for a call that prints nothing
  and short on a busy machine, where lines (and the metrics in them) would turn up in the log of the next call.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from typing import Any

from ministack.core import lambda_runtime

from infra.local.hooks.surface import need, rewrite, wrap

FAILED = '{"status": "error", "error": str(e), "trace": traceback.format_exc()}'
# "ok" tells the emulator to keep the process; lambda_errors turns "raised" back into a failed call.
RAISED = (
    '{"status": "ok", "trace": traceback.format_exc(), "raised": {"errorMessage": str(e), '
    '"errorType": type(e).__name__ if _returned is None else "Runtime.MarshalError", '
    '"requestId": _ms_ctx.get("request_id", ""), '
    '"stackTrace": traceback.format_tb(e.__traceback__)}}'
)
CALL = "        try:\n            result = handler_fn(event, context)\n"
MARKED_CALL = f"        _returned = None\n{CALL}            _returned = True\n"
IMPORTED = "        mod = importlib.import_module(module_name)\n"
UNCOLLECTED = f"""\
        import gc
        gc.disable()
        try:
    {IMPORTED}\
        finally:
            gc.freeze()
            gc.enable()
"""
END_OF_OUTPUT = "__end_of_the_output_of_a_call__"
REPLY = "        _real_stdout.flush()\n\nrun()"
MARKED_REPLY = f'        print("{END_OF_OUTPUT}", file=sys.__stderr__, flush=True)\n{REPLY}'
LONGEST = 2.0  # seconds to wait for the end of the output


def _drain(original: Callable[..., str]) -> Callable[..., str]:
    def drain(worker: Any, *args: Any, **kwargs: Any) -> str:
        if not str(worker.config.get("Runtime", "")).startswith("python"):
            return original(worker, *args, **kwargs)
        lines: list[str] = []
        deadline = time.monotonic() + LONGEST
        while time.monotonic() < deadline:
            try:
                line = worker._stderr_queue.get(timeout=0.02)
            except queue.Empty:
                if not worker._stderr_thread.is_alive():  # the process has died, and all it said has been read
                    break
                continue
            text, end, _ = line.partition(END_OF_OUTPUT)
            if text or not end:
                lines.append(text)
            if end:
                break
        return "\n".join(lines)

    return drain


def install() -> None:
    rewrite(lambda_runtime, "_PYTHON_WORKER_SCRIPT", FAILED, RAISED)
    rewrite(lambda_runtime, "_PYTHON_WORKER_SCRIPT", CALL, MARKED_CALL)
    rewrite(lambda_runtime, "_PYTHON_WORKER_SCRIPT", REPLY, MARKED_REPLY)
    rewrite(lambda_runtime, "_PYTHON_WORKER_SCRIPT", "    _ms_install_invoke_depth()\n", "")
    rewrite(lambda_runtime, "_PYTHON_WORKER_SCRIPT", IMPORTED, UNCOLLECTED)
    need(lambda_runtime.Worker, "_read_stderr")
    wrap(lambda_runtime.Worker, "_drain_stderr_bounded", _drain)
