"""S3, as far as archives of players need it: put, delete, and whoever has a link gets what is there."""

from __future__ import annotations

from typing import Any

from tests.simulation.dynamodb import Item


class Bucket:
    """The service, with one bucket."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}

    def perform(self, operation: str, params: Any, token: Any, partial: bool, within: float) -> Item:
        match operation:
            case "put_object":
                self.objects[params["Key"]] = params["Body"]
            case "delete_object":
                self.objects.pop(params["Key"], None)
            case _:
                raise AssertionError(operation)
        return {}

    def follow(self, link: str) -> bytes | None:
        """Returns the file that a link opens; None when it is gone."""
        return self.objects.get(link.rpartition("/")[2])
