"""What stops the local cloud from coming up, as one line that says what to do about it."""

from __future__ import annotations


class LocalCloudError(Exception):
    """A failure the person at the keyboard can act on; `str(error)` is the one line to show them."""
