"""The hash of a state is in events that are archived for good: it may never come out differently."""

from __future__ import annotations

from contracts.canon import EntityRef
from services.campaign.domain.state_hash import state_hash


def test_the_hash_of_a_value_is_the_one_that_was_published():
    value = EntityRef(id="old-mags", name="Old Mägs 🐈")

    assert state_hash(value) == "9baf8e75581625942540261b35ccffb5e8db94939b049e1e19287354090ae1ef"
