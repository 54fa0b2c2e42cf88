"""Bring the local cloud up and down: start, synthesise, deploy, wait until it answers. Safe to repeat."""

from __future__ import annotations

import fcntl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from infra.errors import UserError
from infra.local import emulator, stack_file
from infra.local.home import Home
from infra.local.settings import DungeonMaster
from infra.local.snapshot import before
from infra.local.synth import APP, synthesise

HEALTHY_WITHIN = 30.0  # seconds
DYING = 0.5  # seconds after which a process that was just killed is gone
Step = Callable[[str], AbstractContextManager["StepNote"]]


class StepNote:
    """The note of a step when it is done (empty for its name alone), whether it failed, and whether nobody knows."""

    text = ""
    failed = False
    unknown = False


def up(home: Home, settings: DungeonMaster, step: Step, app: Sequence[str] = APP) -> dict[str, Any]:
    """Return the content of `stack.json` once the player API answers.

    Raises UserError; an emulator that this call started is stopped again then.
    """
    home.create()
    with _alone(home):
        started_here = _running_emulator(home, step)
        try:
            content = _deploy(home, settings, step, app)
            resumed = emulator.resume(home)
            with step("Warming up the functions") as note:
                emulator.warm(home)
                note.text = "Functions are warm" + (f"; {resumed} workflows that were running go on" if resumed else "")
            return content
        except BaseException:
            if started_here:
                emulator.stop(home)
            raise


def down(home: Home) -> bool:
    """Stop the cloud and keep its state; False when it was not running. Works on one that hangs, too."""
    return emulator.stop(home)


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    with (home.path / "up.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UserError(f"Another `up` is at work in {home.path}: wait for it to end.") from error
        yield


def _running_emulator(home: Home, step: Step) -> bool:
    """Make sure the emulator runs; True when this call started it."""
    found = emulator.running(home)
    if found and not emulator.answers(home, found):
        time.sleep(DYING)
        found = emulator.running(home)
    if found is None:
        with step("Starting the local cloud") as note:
            emulator.start(home)
            note.text = f"Local cloud started at {home.endpoint}"
        return True
    if found.port != home.port:
        raise UserError(
            f"The local cloud runs on port {found.port}, not {home.port}: run `make down` first, then again."
        )
    if not emulator.answers(home, found):
        raise UserError(f"The local cloud (process {found.pid}) runs but does not answer: run `make down`, then again.")
    if found.code != emulator.code_digest():
        with step("Restarting the local cloud") as note:
            emulator.stop(home)
            emulator.start(home)
            note.text = "Local cloud restarted: its own code changed"
    return False


def _deploy(home: Home, settings: DungeonMaster, step: Step, app: Sequence[str]) -> dict[str, Any]:
    from infra.local import record
    from infra.local.aws import Aws
    from infra.local.fingerprint import fingerprint

    aws = Aws(home)
    wanted = fingerprint(home, settings)
    last = record.read(aws)
    if last.fingerprint == wanted:
        with step("Checking what is deployed") as note:
            content = stack_file.write(home, aws)
            _require_tables(home, aws, content)
            _wait_until_healthy(home, content)
            _publish_web(aws)
            note.text = "Nothing changed: the deployed stacks answer"
        return content
    _synthesise(home, settings, step, app)
    _apply(home, aws, step, last, wanted)
    with step("Waiting for the player API") as note:
        content = stack_file.write(home, aws)
        _wait_until_healthy(home, content)
        _publish_web(aws)
        emulator.snapshot(home)
        note.text = f"Player API answers at {content['api_url']}"
    return content


def _require_tables(home: Home, aws: Any, content: dict[str, Any]) -> None:
    """Raises UserError when what was saved knows stacks, but not their tables."""
    pages = aws.client("dynamodb").get_paginator("list_tables").paginate()
    lost = set(content["tables"].values()) - {name for page in pages for name in page["TableNames"]}
    if lost:
        state = home.path / "state"
        raise UserError(
            f"The saved state has lost tables: {', '.join(sorted(lost))}. Run `make down`, then go back to the state "
            f"before it with `cp {before(state)}/*.json {state}/`, or begin anew with `mv {state} {state}.damaged`."
        )


def _synthesise(home: Home, settings: DungeonMaster, step: Step, app: Sequence[str]) -> None:
    with step("Synthesising the CDK app") as note:
        synthesise(home, settings, app)
        note.text = "CDK app synthesised"


def _apply(home: Home, aws: Any, step: Step, last: Any, wanted: str) -> None:
    from infra.local import record
    from infra.local.assembly import read
    from infra.local.deploy import StackDeployer

    stacks = read(home.assembly)
    names = tuple(stack.name for stack in stacks)
    with step(f"Deploying {len(stacks)} stacks") as note:
        deployment = StackDeployer(aws)
        results: dict[str, str] = {}
        deployment.deploy(stacks, lambda name, result, seconds: results.update({name: result}))
        for orphan in set(last.stacks) - set(names):
            deployment.delete(orphan)
            results[orphan] = "deleted"
        record.write(aws, record.Deployed(wanted, names))
        kinds = sorted(set(results.values()))
        counts = (f"{sum(result == kind for result in results.values())} {kind}" for kind in kinds)
        note.text = f"{len(stacks)} stacks deployed ({', '.join(counts)})"


def _publish_web(aws: Any) -> None:
    """The web game's files are no part of a template: they are compared and put at every `up`."""
    from botocore.exceptions import BotoCoreError, ClientError

    from infra.web.deployment import publish_locally

    try:
        publish_locally(aws.client("s3"), stack_file.parameters(aws))
    except (BotoCoreError, ClientError) as error:
        raise UserError(f"The web game's files could not be put: {error}") from error


def _wait_until_healthy(home: Home, content: dict[str, Any]) -> None:
    if not content["api_url"]:
        raise UserError("The stacks published no API at /ninelives/local/gateway/api-id: check the gateway.")
    deadline, last = time.monotonic() + HEALTHY_WITHIN, "no answer"
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{content['api_url']}/v1/health", timeout=10):
                return
        except urllib.error.HTTPError as error:
            last = f"HTTP {error.code}"
        except OSError as error:
            last = str(error)
        time.sleep(0.2)
    raise UserError(
        f"The player API did not become healthy within {HEALTHY_WITHIN:.0f} s ({last}): see {home.log_file}."
    )
