"""Publish the web game by AWS's own command line: `python3 -I -m infra.web.command prod`, from the repository.

Standard library only: where the role of a deployment is, no package of others runs.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from tempfile import NamedTemporaryFile
from typing import Any

from infra.web import config
from infra.web.files import files
from infra.web.publishing import publish

Run = Callable[[Sequence[str]], str]


def aws(command: Sequence[str]) -> str:
    """The answer of the command `aws`. Raises CalledProcessError."""
    return subprocess.run(["aws", *command], stdout=subprocess.PIPE, text=True, check=True, timeout=120).stdout


class CommandedS3:
    """S3 by the command `aws`: the operations that `publish` asks of a client."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def put_object(self, *, Body: bytes, **given: str) -> None:
        with NamedTemporaryFile() as file:
            file.write(Body)
            file.flush()
            self._run(["s3api", "put-object", "--body", file.name, "--cli-input-json", json.dumps(given)])

    def delete_object(self, **given: str) -> None:
        self._run(["s3api", "delete-object", "--cli-input-json", json.dumps(given)])

    def get_paginator(self, operation: str) -> CommandedS3:
        assert operation == "list_objects_v2", operation
        return self

    def paginate(self, **given: str) -> Iterator[dict[str, Any]]:
        """All pages as one: the command goes through them."""
        yield json.loads(self._run(["s3api", "list-objects-v2", "--cli-input-json", json.dumps(given)]) or "{}")


def publish_by_command(environment: str, run: Run = aws) -> str:
    """Bring the bucket of an environment up to date; the bucket."""
    name = f"/ninelives/{environment}/web/bucket"
    found = run(["ssm", "get-parameter", "--name", name, "--query", "Parameter.Value", "--output", "text"]).strip()
    publish(CommandedS3(run), found, [*files(), config.aws(environment, {})])
    return found


if __name__ == "__main__":
    print(publish_by_command(sys.argv[1]))
