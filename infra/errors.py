"""The error that ends a command with one line instead of a traceback."""

from __future__ import annotations


class UserError(Exception):
    """A failure the person at the keyboard can act on; `str(error)` is the one line to show them."""
