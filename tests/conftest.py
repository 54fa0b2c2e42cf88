"""What folders share: one deployed cloud for all that drive the whole system, and a player in it."""

from tests.e2e.deployed import cloud as cloud
from tests.e2e.deployed import game as game
