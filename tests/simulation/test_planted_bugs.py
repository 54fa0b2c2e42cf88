"""The simulation finds what is broken on purpose. All planted bugs are hunted by `make soak`, some by `make test`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.gateway.domain.keys import derive_turn_id
from tests.simulation.hunt import hunt
from tests.simulation.mutations import MUTATIONS
from tests.simulation.planting import plant
from tests.simulation.simulation import laboratory
from tests.support.size import pick_size

QUICKLY_FOUND = (
    "a turn's id forgets the key",
    "conditions that failed count as held",
    "the gate stays shut",
    "the feed forgets what it marked",
    "the state is written in a request of its own",
    "a record is written over its tombstone",
    "a row that another event has changed breaks its consumer",
)

HUNTED = pick_size([bug for bug in MUTATIONS if bug.says in QUICKLY_FOUND], soaking=list(MUTATIONS))


@pytest.fixture(autouse=True, scope="module")
def _laboratory() -> Iterator[None]:
    with laboratory():
        yield


@pytest.mark.timeout(pick_size(300, soaking=3600))
@pytest.mark.parametrize("bug", HUNTED, ids=lambda bug: bug.says)
def test_a_planted_bug_is_found(bug):
    assert hunt(bug).clause


def test_there_are_forty_bugs_and_each_has_its_place():
    assert len({bug.says for bug in MUTATIONS}) == len(MUTATIONS) >= 40
    for bug in MUTATIONS:
        with plant(bug):
            pass


def test_a_bug_is_gone_once_it_was_hunted():
    with plant(next(bug for bug in MUTATIONS if bug.says == "a turn's id forgets the key")):
        assert derive_turn_id("ada", "c", "one") == derive_turn_id("ada", "c", "two")
    assert derive_turn_id("ada", "c", "one") != derive_turn_id("ada", "c", "two")
