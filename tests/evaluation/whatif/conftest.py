"""The evening that is told again."""

from tests.ops.history.conftest import played as played
