"""Fixtures that folders share: one deployed cloud for all that drive the whole system, and a player in it."""

from tests.support.deployed import app as app
from tests.support.deployed import cloud as cloud
from tests.support.deployed import game as game
from tests.support.deployed import nothing_was_denied as nothing_was_denied
