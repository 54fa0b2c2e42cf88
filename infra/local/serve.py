"""The process of the local cloud: the emulator with our hooks, `python -m infra.local.serve --home DIR --port N`.

Its environment is what every Lambda inherits, so it is started by `Emulator` with almost none. Beside the AWS APIs it
answers `/_ninelives/cloud` (who am I), `/_ninelives/snapshot` (save now), `/_ninelives/resume` (start again what was
running), `/_ninelives/warm`, `/_ninelives/workers` (process ids by function), `/_ninelives/calls` (what functions asked
of AWS) and `/_ninelives/transactions?lasting=15` (they overlap from now on). In front of all of it stands the guard
against pages of other origins.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

from infra.local.browser_guard import Application, Receive, Scope, Send, guard_application
from infra.local.snapshot import Snapshots
from infra.local.warm import Warming
from infra.local.workers import living_workers

OURS = "_ninelives"
COLLECTED_AFTER = 20_000
"""New objects between two rounds of the garbage collector. By default 700, and a tenth of all time is spent in it."""
COGNITO, READING = b"AWSCognitoIdentityProviderService.", (b"Describe", b"Get", b"List", b"AdminGet", b"AdminInitiate")
PLAYERS_PAUSE = 0.2  # seconds between two savings of the players, at least: who is lost there cannot sign in again


def _changes_players(scope: Scope) -> bool:
    target = next((value for name, value in scope.get("headers", ()) if name == b"x-amz-target"), b"")
    return target.startswith(COGNITO) and not target.removeprefix(COGNITO).startswith(READING)


async def _answer(send: Send, body: dict[str, Any]) -> None:
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(body).encode()})


def around(application: Application, identity: dict[str, Any], snapshots: Snapshots, players: Snapshots) -> Application:
    """The emulator's application with our addresses in front, telling `snapshots` of every other request and `players`
    of those that change players."""

    from infra.local.hooks import permissions, running_workflows, transaction_conflicts

    warming = Warming()

    async def save() -> dict[str, Any]:
        seconds = await asyncio.get_running_loop().run_in_executor(None, snapshots.now)
        return {"seconds": round(seconds, 3)}

    def overlap(asked: Mapping[str, list[str]]) -> dict[str, Any]:
        return {"refused": transaction_conflicts.lasting(float(asked["lasting"][0]))}

    answers: dict[str, Callable[[Mapping[str, list[str]]], dict[str, Any]]] = {
        "cloud": lambda asked: identity,
        "resume": lambda asked: {"started": running_workflows.resume()},
        "warm": lambda asked: {"left": warming.start()},
        "warming": lambda asked: {"left": warming.left},
        "workers": lambda asked: living_workers(),
        "calls": lambda asked: permissions.list_calls(),
        "transactions": overlap,
    }

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        room, _, name = path.lstrip("/").partition("/")
        if room == OURS and name == "snapshot":
            await _answer(send, await save())
        elif room == OURS and name in answers:
            await _answer(send, answers[name](parse_qs(scope.get("query_string", b"").decode())))
        else:
            if not path.startswith("/_ministack"):
                snapshots.touch()
            await application(scope, receive, send)
            if _changes_players(scope):
                players.touch()

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
    from ministack.services import cognito

    from infra.local import hooks
    from infra.local.hooks import saving
    from infra.local.hooks.surface import need

    need(lambda_runtime, "acquire_worker", "ensure_spawned", "release_worker")
    need(cognito, "get_state")
    need(app, "app", "main", "_build_persistence_save_dict")
    hooks.install()
    gc.freeze()  # what is imported stays
    gc.set_threshold(COLLECTED_AFTER)
    snapshots = Snapshots(lambda: app.save_all(app._build_persistence_save_dict()))
    players = Snapshots(lambda: saving.save_one("cognito", cognito.get_state), PLAYERS_PAUSE)
    if os.environ.get("PERSIST_STATE") == "1":
        snapshots.start()
        players.start()
    identity = {"pid": os.getpid(), "home": given.home, "token": given.token}
    app.app = guard_application(around(app.app, identity, snapshots, players), given.port)
    sys.argv = ["ministack"]
    app.main()


if __name__ == "__main__":
    main()
