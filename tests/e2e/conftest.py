"""The cloud and the player of this folder are those of `tests/conftest.py`."""

from tests.support.deployed import silently as silently
