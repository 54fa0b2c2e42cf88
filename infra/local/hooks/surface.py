"""The few ways a hook may touch the emulator, each refusing when the name is not there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class EmulatorChanged(RuntimeError):
    """The emulator lacks a name or a text that a hook rests on."""


def need(owner: Any, *names: str) -> None:
    """Refuse unless `owner` (a module or class of the emulator) has every one of `names`."""
    for name in names:
        if not hasattr(owner, name):
            where = getattr(owner, "__qualname__", None) or getattr(owner, "__name__", repr(owner))
            raise EmulatorChanged(f"{where}.{name} is gone from this version of the emulator.")


def wrap(owner: Any, name: str, around: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    """Replace the function `owner.name` by `around(original)`."""
    need(owner, name)
    setattr(owner, name, around(getattr(owner, name)))


def rewrite(owner: Any, name: str, old: str, new: str) -> None:
    """Replace the one occurrence of `old` in the text `owner.name`."""
    need(owner, name)
    text = getattr(owner, name)
    if text.count(old) != 1:
        raise EmulatorChanged(f"{owner.__name__}.{name} no longer holds exactly one {old!r}.")
    setattr(owner, name, text.replace(old, new))
