"""The consumer of a queue that is asked for messages only while somebody needs it to be.

An event source mapping polls its queue day and night, which is paid for: one that works some minutes a year is off.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class SwitchedConsumer:
    """The event source mappings that feed a function from its queue."""

    lambda_client: Any
    function: str

    def switch(self, *, on: bool) -> None:
        """Begin or cease to take messages. AWS takes up to a minute; what comes meanwhile waits in the queue."""
        found = self.lambda_client.list_event_source_mappings(FunctionName=self.function)["EventSourceMappings"]
        for mapping in found:
            self.lambda_client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=on)
