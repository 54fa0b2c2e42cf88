"""The home of one local cloud: where it keeps its things on disk, and which port it answers on."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from infra.errors import UserError

REPOSITORY = Path(__file__).resolve().parents[2]
DEFAULT_PORT = 4599
REGION = "us-east-1"
ACCOUNT = "000000000000"


@dataclass(frozen=True)
class Home:
    """A directory and a port: everything that tells one local cloud from another on the same machine."""

    path: Path
    port: int

    @property
    def endpoint(self) -> str:
        """The address of every AWS API of this cloud."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def process_file(self) -> Path:
        return self.path / "cloud.json"

    @property
    def log_file(self) -> Path:
        return self.path / "cloud.log"

    @property
    def stack_file(self) -> Path:
        """Names and addresses of what is deployed, for anyone who drives the system from outside."""
        return self.path / "stack.json"

    @property
    def players_file(self) -> Path:
        """Passwords of local players; readable by the owner only."""
        return self.path / "players.json"

    @property
    def assembly(self) -> Path:
        """The synthesised CloudFormation templates and assets."""
        return self.path / "cdk.out"

    def create(self) -> None:
        """Make the directories, closed to other users. Raises UserError when this user cannot."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.path.chmod(0o700)  # one that was there already may be open
            (self.path / "tmp").mkdir(exist_ok=True)
            probe = self.path / ".writable"
            probe.write_text("")
            probe.unlink()
        except OSError as error:
            reason = error.strerror or str(error)
            raise UserError(
                f"Cannot write to {self.path} ({reason}): own it and make it writable, or set "
                "NINELIVES_HOME to a directory that is."
            ) from error


def home_from(environment: Mapping[str, str] = os.environ) -> Home:
    """The home named by NINELIVES_HOME and NINELIVES_PORT, `.local` of the repository and 4599 by default."""
    path = Path(environment.get("NINELIVES_HOME") or REPOSITORY / ".local").expanduser().absolute()
    port = environment.get("NINELIVES_PORT") or str(DEFAULT_PORT)
    if not port.isdigit() or not 1024 <= int(port) <= 65535:
        raise UserError(f"NINELIVES_PORT is {port!r}: use a number from 1024 to 65535.")
    return Home(path, int(port))
