"""An erased chronicle holds nothing of its campaign, all of others, and hears no more of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts.errors import Transient
from services.chronicle.adapters import chronicle_eraser
from services.chronicle.application import erase as erasing
from services.chronicle.handlers import erase, remember
from services.chronicle.tests.conftest import CONTEXT, Chronicle
from services.chronicle.tests.story import CAMPAIGN, OTHER, TOLD, event, fact, question
from stagekit import deletes

FRESH = timedelta(seconds=60)
TURNS = {
    1: (fact("Old Mags on Iron Gate: the key hangs in the Cold Store.", "old-mags", "the-gate"),),
    2: (fact("You search the place: 14 against 12."), fact("Rust Rat falls.", "rust-rat-1")),
    3: (fact("You now carry Tin of Tuna.", "tuna-7"),),
}
ABOUT = ("fish-dock", "old-mags", "rust-rat-1", "the-gate", "tuna-7")


def erase_some(campaign: str = CAMPAIGN) -> bool:
    """Whether there is more."""
    envelope = {"idempotency_key": f"{campaign}/erase", "correlation_id": campaign, "campaign_id": campaign}
    return bool(erase.handler({"envelope": envelope, "about": ABOUT}, CONTEXT)["more"])


def erase_all(campaign: str = CAMPAIGN) -> None:
    assert not erase_some(campaign)


def of(chronicle: Chronicle, campaign: str) -> list[tuple[str, str]]:
    items = chronicle.table.scan()["Items"]
    return sorted((item["pk"], item["sk"]) for item in items if campaign in item["pk"])


def test_nothing_is_left_but_that_it_was_erased(chronicle: Chronicle) -> None:
    chronicle.hears(*(event(number, *TURNS[number]) for number in TURNS))
    assert len(of(chronicle, CAMPAIGN)) > 10

    erase_all()

    assert of(chronicle, CAMPAIGN) == [(f"CAMPAIGN#{CAMPAIGN}", "NAMES")]
    assert chronicle.recall_texts(question("Where is Old Mags?")) == []


def test_what_another_campaign_remembers_stays(chronicle: Chronicle) -> None:
    chronicle.hears(event(1, *TURNS[1]), event(1, *TURNS[1], campaign=OTHER))
    before = of(chronicle, OTHER)

    erase_all()

    assert of(chronicle, OTHER) == before


def test_an_erasure_that_died_on_the_way_is_done_by_the_next(
    chronicle: Chronicle, monkeypatch: pytest.MonkeyPatch
) -> None:
    chronicle.hears(*(event(number, *TURNS[number]) for number in TURNS))
    real, left = deletes.delete, [4]

    def dies(*asked: Any) -> None:
        left[0] -= 1
        if not left[0]:
            raise Transient("died")
        real(*asked)

    monkeypatch.setattr(chronicle_eraser, "delete", dies)
    with pytest.raises(Transient):
        erase_all()
    erase_all()

    assert len(of(chronicle, CAMPAIGN)) == 1


def test_what_is_told_afterwards_stays_untold(chronicle: Chronicle) -> None:
    erase_all()

    assert chronicle.hears(*(event(number, *TURNS[number]) for number in TURNS)) == []

    assert len(of(chronicle, CAMPAIGN)) == 1


def test_a_long_story_is_erased_bit_by_bit(chronicle: Chronicle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasing, "MOST_FACTS", 2)
    monkeypatch.setattr(erasing, "PAGE", 1)
    chronicle.hears(*(event(number, *TURNS[number]) for number in TURNS))

    runs = [erase_some()]
    while runs[-1]:
        runs.append(erase_some())

    assert len(runs) > 2
    assert len(of(chronicle, CAMPAIGN)) == 1


def test_a_container_that_knew_every_name_files_nothing_that_comes_late(
    chronicle: Chronicle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of what comes at once it takes its own word; what it files then, the erasure's last step finds."""
    bodies = [event(number, *TURNS[number]) for number in TURNS]
    monkeypatch.setattr(remember, "now", lambda: TOLD + FRESH)
    chronicle.hears(*bodies)
    chronicle.hears(*bodies)  # all names are known now
    erase_all()

    chronicle.hears(*bodies)
    assert len(of(chronicle, CAMPAIGN)) > 1
    erase_all()
    monkeypatch.setattr(remember, "now", lambda: TOLD + FRESH + timedelta(seconds=1))
    chronicle.hears(*bodies)

    assert len(of(chronicle, CAMPAIGN)) == 1


@pytest.mark.parametrize("late", [5, 30, 60])
def test_where_nothing_counts_as_fresh_a_container_looks_at_what_comes_a_little_late(
    chronicle: Chronicle, monkeypatch: pytest.MonkeyPatch, late: int
) -> None:
    """As on a laptop, where an erasure waits for seconds."""
    monkeypatch.setenv("FRESH_SECONDS", "0")
    bodies = [event(number, *TURNS[number]) for number in TURNS]
    chronicle.hears(*bodies)
    chronicle.hears(*bodies)  # all names are known now
    erase_all()
    monkeypatch.setattr(remember, "now", lambda: TOLD + timedelta(seconds=late))

    chronicle.hears(*bodies)

    assert len(of(chronicle, CAMPAIGN)) == 1
