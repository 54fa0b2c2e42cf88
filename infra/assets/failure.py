"""What stops a package from being built, as one line that says what to do about it."""

from __future__ import annotations


class AssetError(Exception):
    """A package cannot be built; `str(error)` says why."""
