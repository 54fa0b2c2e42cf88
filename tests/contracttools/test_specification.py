"""The specification of the turn holds in every state that can be reached, and a bug in it is found."""

from __future__ import annotations

import pytest

from ninelives.contracttools.specification import SPECIFICATION, TABLE, model_check, table_of

PLANTED = {
    "a turn is committed although it was voided": (
        "\n        and not(c.tombs.contains(t)))\n      { ...c, log",
        ")\n      { ...c, log",
        "everyStateIsSafeTest",
    ),
    "another turn is admitted while one runs": ("\n        and c.gate == 0\n", "\n", "everyStateIsSafeTest"),
    "a turn that failed leaves the gate shut": (
        "gate: 0, views: c.views.set(t, Failed)",
        "views: c.views.set(t, Failed)",
        "nobodyIsLockedOutTest",
    ),
}


@pytest.mark.timeout(60)
def test_every_state_is_as_it_must_be():
    done = model_check()

    assert done.returncode == 0, done.stdout
    assert "6 passing" in done.stdout


@pytest.mark.timeout(60)
@pytest.mark.parametrize("bug", PLANTED)
def test_a_planted_bug_is_found(bug, tmp_path):
    right, wrong, found_by = PLANTED[bug]
    text = SPECIFICATION.read_text(encoding="utf-8")
    assert text.count(right) == 1
    planted = tmp_path / "turn.qnt"
    shallow = text.replace("pure val DEEP = 17", "pure val DEEP = 4")
    assert shallow != text
    planted.write_text(shallow.replace(right, wrong), encoding="utf-8")

    done = model_check(planted, found_by)

    assert done.returncode != 0
    assert f"{found_by} failed" in done.stdout


def test_histories_are_judged_by_the_table_of_the_specification():
    assert TABLE.read_text(encoding="utf-8") == table_of()
