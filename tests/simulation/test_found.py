"""Defects that the simulation found: each put back, its seed goes wrong, and mended it does not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simulation.mutations import GATEWAY
from tests.simulation.planting import WORKFLOW, Mutation
from tests.simulation.simulation import laboratory, simulate

FOUND = (
    (
        Mutation(
            "a fact that comes late begins the feed of an erased campaign",
            f"{GATEWAY}.application.live.feed",
            'if gate and gate.status == "erased":',
            'if gate and gate.status == "over":',
        ),
        75,
        4,
    ),
    (
        Mutation(
            "an archive fails whose player goes meanwhile",
            f"{GATEWAY}.application.exports.making",
            "        if not deps.contents.erasures.has_begun(job.player):\n            raise\n        return  #",
            "        raise  #",
        ),
        210,
        5,
    ),
    (
        Mutation(
            "an e-mail is verified of an account that is gone",
            f"{GATEWAY}.adapters.account_register",
            'commit(self._client, [{"Update": mine}, self._put(items.item(first)), self._delete(_of_email(account))])',
            "self._client.put_item(TableName=self._table, Item=items.item(first))",
        ),
        1_010_541,
        20,
    ),
    (
        Mutation(
            "a turn that its deadline ended fails for another reason",
            WORKFLOW,
            "$boolean($states.result.Payload.reason) ?",
            "false ?",
        ),
        1_011_446,
        20,
    ),
)
"""Bugs that were found, with the smallest seed and the turns that were asked for."""


@pytest.fixture(autouse=True, scope="module")
def _laboratory() -> Iterator[None]:
    with laboratory():
        yield


@pytest.mark.parametrize(("defect", "seed", "turns"), FOUND, ids=[defect.says for defect, _, _ in FOUND])
def test_what_was_found_would_be_found_again_and_is_mended(defect, seed, turns):
    assert simulate(seed, turns, bug=defect).wrong
    assert not simulate(seed, turns).wrong
