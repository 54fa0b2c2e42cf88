"""Faults of a world pack, worded so that its author can mend them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class PackFault:
    """One thing to mend: in which file, at which id, what is wrong, and what to do about it."""

    file: str
    id: str
    wrong: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}: {self.id}: {self.wrong}; {self.remedy}"


class PackInvalid(Exception):
    """A pack that cannot be played. Carries every fault that was found, not only the first."""

    def __init__(self, faults: Sequence[PackFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{len(self.faults)} faults in the world pack:\n" + "\n".join(map(str, self.faults)))
