"""Questions about the world at large are answered with what everybody knows, and nothing that is hidden."""

from __future__ import annotations

import pytest

from services.dm.domain.understudy.master import reply
from services.dm.tests.builders import make_request

KNOWN = "Cats run this city, and nobody runs the cats. The last lift stopped in a wet year."
COMMON = f"# Tinpot\n{KNOWN}\nTone: dry, and no joke."


def tell(action: str) -> str:
    return reply(make_request(action, common=COMMON)).narrative or ""


@pytest.mark.parametrize("action", ["tell me about this world", "what's the lore", "what is this universe"])
def test_the_world_is_told_of_as_the_pack_introduces_it(action: str) -> None:
    told = tell(action)

    assert KNOWN in told
    assert "Tone" not in told


def test_a_thing_of_the_introduction_is_answered_with_its_sentence() -> None:
    told = tell("what is the last lift")

    assert "The last lift stopped in a wet year." in told
    assert "nobody runs" not in told
