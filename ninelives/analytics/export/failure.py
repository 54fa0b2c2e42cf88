"""What stops an export, as one line that says what to do about it."""

from __future__ import annotations


class ExportError(Exception):
    """An export that was refused or could not go on; `str(error)` is for the person at the keyboard."""
