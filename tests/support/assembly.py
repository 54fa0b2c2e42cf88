"""In place of the CDK app: its templates and packages, made once for all clouds of a run of tests.

`python -m tests.support.assembly SHARED` writes what `python -m infra.app` would. The first that asks runs the app;
the others wait for it and take a copy. What differs from cloud to cloud is where its own pages come from.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ANY_ORIGIN = "http://any-cloud-of-the-tests-{}.invalid"


def made_once(shared: Path) -> tuple[str, ...]:
    """The app that `infra.local.up.up` is to run, as arguments of the interpreter."""
    return ("-m", "tests.support.assembly", str(shared))


def main(shared: Path) -> None:
    context = json.loads(os.environ["CDK_CONTEXT_JSON"])
    here = context["web_origins"].split(",")
    anywhere = [ANY_ORIGIN.format(number) for number in range(len(here))]
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "made").exists():
            _make(shared, {**context, "web_origins": ",".join(anywhere)})
    _copy(shared / "made", Path(os.environ["CDK_OUTDIR"]), dict(zip(anywhere, here, strict=True)))


def _make(shared: Path, context: Mapping[str, Any]) -> None:
    from infra.app import app  # only here: the tests that import this module do not wait for the CDK

    os.environ.pop("NINELIVES_HOME", None)  # packages are kept in the repository's `.local`, as elsewhere
    app(context, str(shared / "partial")).synth()
    (shared / "partial").rename(shared / "made")


def _copy(made: Path, place: Path, origins: Mapping[str, str]) -> None:
    shutil.copytree(made, place, dirs_exist_ok=True)
    for template in place.glob("*.template.json"):
        text = template.read_text(encoding="utf-8")
        for anywhere, here in origins.items():
            text = text.replace(anywhere, here)
        template.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
