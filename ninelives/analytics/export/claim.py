"""One export at a time: who holds the queue. A parameter that can be made only once is the claim.

The queue is shared by all exports of an environment, and a message that is not of one's own replay cannot be left
for its owner without counting as received. So only the claim's holder reads the queue. It may delete what an
abandoned export left there, because whoever lost the claim starts a replay of its own before it goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from infra.errors import UserError


@dataclass(frozen=True)
class Claim:
    """The claim on an environment's export queue."""

    ssm: Any
    environment: str

    @property
    def name(self) -> str:
        return f"/ninelives-claims/{self.environment}/export"

    def holder(self) -> str | None:
        """The replay that has the queue, None when nobody has."""
        try:
            return str(self.ssm.get_parameter(Name=self.name)["Parameter"]["Value"])
        except self.ssm.exceptions.ParameterNotFound:
            return None

    def take(self, replay: str, *, by_force: bool = False) -> None:
        """Hold the queue for this replay. Raises UserError when another holds it and force is not used."""
        if self.holder() == replay:
            return
        try:
            self.ssm.put_parameter(Name=self.name, Value=replay, Type="String", Overwrite=by_force)
        except self.ssm.exceptions.ParameterAlreadyExists:
            raise UserError(
                f"Another export has the queue: {self.holder()}. Wait for it or finish it where it was begun; if it "
                "is dead, give it up with --take-over (it starts its replay again should it go on after all)."
            ) from None

    def release(self, replay: str) -> None:
        """Let the next one have it. A claim that was taken over stays with its holder."""
        if self.holder() == replay:
            self.ssm.delete_parameter(Name=self.name)
