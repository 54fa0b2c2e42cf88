"""The process of the local cloud: the emulator with our hooks, `python -m infra.local.serve --home DIR --port N`.

Its environment is what every Lambda inherits, so it is started by `Emulator` with almost none. Beside the AWS
APIs it answers `/_ninelives/cloud` (who am I), `/_ninelives/snapshot` (save now), `/_ninelives/warm`,
`/_ninelives/workers` (process ids by function), `/_ninelives/calls` (what functions asked of AWS) and
`/_ninelives/transactions?lasting=15` (they overlap from now on). In front of all of it stands the guard against pages
of other origins.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import sys
from typing import Any
from urllib.parse import parse_qs

from infra.local.browser_guard import Application, Receive, Scope, Send, guarded
from infra.local.snapshot import Snapshots
from infra.local.warm import Warming
from infra.local.workers import living_workers

COLLECTED_AFTER = 20_000
"""New objects between two rounds of the garbage collector. By default 700, and a tenth of all time is spent in it."""


async def _answer(send: Send, body: dict[str, Any]) -> None:
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(body).encode()})


def around(application: Application, identity: dict[str, Any], snapshots: Snapshots) -> Application:
    """The emulator's application with our two addresses in front, telling `snapshots` of every other request."""

    from infra.local.hooks import permissions

    warming = Warming()

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if path == "/_ninelives/cloud":
            await _answer(send, identity)
        elif path == "/_ninelives/snapshot":
            seconds = await asyncio.get_running_loop().run_in_executor(None, snapshots.now)
            await _answer(send, {"seconds": round(seconds, 3)})
        elif path == "/_ninelives/warm":
            await _answer(send, {"left": warming.start()})
        elif path == "/_ninelives/workers":
            await _answer(send, living_workers())
        elif path == "/_ninelives/calls":
            await _answer(send, permissions.seen())
        elif path == "/_ninelives/warming":
            await _answer(send, {"left": warming.left})
        elif path == "/_ninelives/transactions":
            from infra.local.hooks import transaction_conflicts

            asked = parse_qs(scope.get("query_string", b"").decode())
            await _answer(send, {"refused": transaction_conflicts.lasting(float(asked["lasting"][0]))})
        else:
            if not path.startswith("/_ministack"):
                snapshots.touch()
            await application(scope, receive, send)

    return serve


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--home", required=True)
    arguments.add_argument("--port", required=True, type=int)
    arguments.add_argument("--token", required=True)
    given = arguments.parse_args()
    os.umask(0o077)  # the saved state holds passwords and keys; the Lambda workers inherit it
    from ministack import app
    from ministack.core import lambda_runtime

    from infra.local import hooks
    from infra.local.hooks.surface import need

    need(lambda_runtime, "acquire_worker", "ensure_spawned", "release_worker")
    need(app, "app", "main", "_build_persistence_save_dict")
    hooks.install()
    gc.freeze()  # what is imported stays
    gc.set_threshold(COLLECTED_AFTER)
    snapshots = Snapshots(lambda: app.save_all(app._build_persistence_save_dict()))
    if os.environ.get("PERSIST_STATE") == "1":
        snapshots.start()
    identity = {"pid": os.getpid(), "home": given.home, "token": given.token}
    app.app = guarded(around(app.app, identity, snapshots), given.port)
    sys.argv = ["ministack"]
    app.main()


if __name__ == "__main__":
    main()
