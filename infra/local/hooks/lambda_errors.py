"""A failed Lambda call carries the error name AWS gives it, which is what Retry and Catch match.

* an exception of the handler: its class name;
* a worker that died in mid-call: `Runtime.ExitError`;
* a result that is not JSON: `Runtime.MarshalError`;
* code that cannot be imported: `Runtime.ImportModuleError`;
* a call over its function timeout: `Sandbox.Timedout` (the emulator's own, kept).

AWS: docs.aws.amazon.com/lambda/latest/dg/python-exceptions.html,
docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

from infra.local.hooks.surface import wrap

Result = dict[str, Any]
DIED = ("Worker process died", "Worker process exited immediately", "Worker returned no response")
BROKEN_PIPE = ("Broken pipe", "I/O operation on closed file")
NOT_IMPORTED = "Worker init failed: "

_call = threading.local()


def _invoke(original: Callable[..., Result]) -> Callable[..., Result]:
    def invoke(self: Any, *args: Any, **kwargs: Any) -> Result:
        result = original(self, *args, **kwargs)
        _call.raised = result.pop("raised", None)
        if _call.raised:
            result.update(status="error", error=_call.raised["errorMessage"])
        return result

    return invoke


def _name_error(body: dict[str, Any], request_id: str) -> dict[str, Any]:
    message = str(body.get("errorMessage", ""))
    if message.startswith(DIED) or any(text in message for text in BROKEN_PIPE):
        text = f"RequestId: {request_id} Error: Runtime exited with error: signal: killed"
        return {"errorType": "Runtime.ExitError", "errorMessage": text}
    if message.startswith(NOT_IMPORTED):
        text = f"Unable to import module: {message.removeprefix(NOT_IMPORTED)}"
        return {"errorType": "Runtime.ImportModuleError", "errorMessage": text}
    return body


def _execute(original: Callable[..., Result]) -> Callable[..., Result]:
    def execute(func: Any, event: Any, request_id: str) -> Result:
        _call.raised = None
        result = original(func, event, request_id)
        if not result.get("error") or result.get("throttle"):
            return result
        return {**result, "body": _call.raised or _name_error(result.get("body") or {}, request_id)}

    return execute


def install() -> None:
    wrap(lambda_runtime.Worker, "invoke", _invoke)
    wrap(lambda_svc, "_execute_function_warm", _execute)
