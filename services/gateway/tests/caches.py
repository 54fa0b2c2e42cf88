"""Caches of the gateway's wiring, filled once per container, to be cleared for each test."""

from __future__ import annotations

import importlib
import pkgutil

from services.gateway import wiring


def clear_wiring() -> None:
    for module in pkgutil.iter_modules(wiring.__path__, f"{wiring.__name__}."):
        for value in vars(importlib.import_module(module.name)).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()
