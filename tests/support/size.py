"""The size of a costly test: a part is played in `make test`, all of it in `make soak`."""

from __future__ import annotations

import os
from typing import TypeVar

T = TypeVar("T")
SOAKING = os.environ.get("NINELIVES_SOAK") == "1"


def pick_size(usual: T, soaking: T) -> T:
    """`usual` in `make test`, `soaking` in `make soak`. The same assertions hold for both."""
    return soaking if SOAKING else usual
