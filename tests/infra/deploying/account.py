"""An AWS account as `ninelives deploy` finds it: an emulator behind every AWS API, and a shell that leads to it."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.local.aws import Aws
from infra.local.home import ACCOUNT, REGION, REPOSITORY, Home
from ninelives.deployment.checks import BOOTSTRAP_PARAMETER

ASSETS = f"cdk-hnb659fds-assets-{ACCOUNT}-{REGION}"
KEYS = {"AWS_ACCESS_KEY_ID": ACCOUNT, "AWS_SECRET_ACCESS_KEY": "of-the-tests"}
QUESTION, LONGEST = b"(y/n) ", 280
ASKS_ONCE = b"[y/N]: "


@dataclass(frozen=True)
class Ended:
    """The exit status of a command, and all that it printed."""

    status: int
    said: str


@dataclass
class EmptyAccount:
    """One emulator, emptied before each test."""

    home: Home
    scratch: Path
    assembly: Path

    def client(self, service: str) -> Any:
        return Aws(self.home).client(service)

    def empty(self) -> None:
        """Forget everything but what `cdk bootstrap` makes: its parameter and its bucket."""
        reset = urllib.request.Request(f"{self.home.endpoint}/_ministack/reset", method="POST")
        with urllib.request.urlopen(reset, timeout=30):
            pass
        self.client("ssm").put_parameter(Name=BOOTSTRAP_PARAMETER, Value="31", Type="String")
        self.client("s3").create_bucket(Bucket=ASSETS)

    def copy(self, name: str) -> Path:
        """A copy of the assembly to change."""
        return Path(shutil.copytree(self.assembly, self.scratch / name, dirs_exist_ok=True))

    def stacks(self) -> dict[str, str]:
        """Status by service of every stack there is."""
        found = self.client("cloudformation").describe_stacks()["Stacks"]
        return {
            each["StackName"].rpartition("-")[2]: each["StackStatus"]
            for each in found
            if each["StackStatus"] != "DELETE_COMPLETE"
        }

    def ninelives(self, *words: str, made: Path | None = None, shell: Mapping[str, str] | None = None) -> Ended:
        """A command with nobody at the keyboard."""
        return self._run(self._command(words, made), shell)

    def ninelives_whole(self, *words: str) -> Ended:
        """The same with nothing made before: packages are built and stacks synthesised."""
        return self._run([sys.executable, "-m", "ninelives.cli", *words], None)

    def _run(self, command: list[str], shell: Mapping[str, str] | None) -> Ended:
        done = subprocess.run(
            command,
            cwd=REPOSITORY,
            env=self._shell(shell),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=LONGEST,
            check=False,
        )
        return Ended(done.returncode, done.stdout)

    def ninelives_answered(self, answer: str, *words: str, made: Path | None = None) -> Ended:
        """A command in a terminal, where somebody gives this answer to each question."""
        command = self._command(words, made)
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(REPOSITORY)
            os.execve(command[0], command, self._shell(None))
        said, answered = b"", 0
        while read := _read(terminal):
            said += read
            if said.endswith((QUESTION, ASKS_ONCE)) or QUESTION in said[answered:]:
                answered = len(said)
                os.write(terminal, f"{answer}\r".encode())
        os.close(terminal)
        return Ended(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said.decode(errors="replace"))

    def _command(self, words: tuple[str, ...], made: Path | None) -> list[str]:
        return [sys.executable, "-m", "tests.support.deploying", str(made or self.assembly), *words]

    def _shell(self, given: Mapping[str, str] | None) -> dict[str, str]:
        nobody = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "NINELIVES_"))}
        none = str(self.scratch / "none")
        return {
            **nobody,
            "AWS_ENDPOINT_URL": self.home.endpoint,
            "AWS_CONFIG_FILE": none,
            "AWS_SHARED_CREDENTIALS_FILE": none,
            "AWS_EC2_METADATA_DISABLED": "true",
            "NINELIVES_HOME": str(self.scratch / "home"),
            **({**KEYS, "AWS_REGION": REGION} if given is None else given),
        }


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # Linux says that the other side is gone by an error
        return b""
