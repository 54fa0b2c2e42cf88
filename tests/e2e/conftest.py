"""The cloud and the player of this folder are those of `tests/conftest.py`."""

from tests.e2e.deployed import silently as silently
