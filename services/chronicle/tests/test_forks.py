"""A fork remembers what its story shares with its ancestors, and nothing that any of them lived afterwards."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from contracts.campaign import FactRecord
from contracts.chronicle import ChronicleRecalled, RecallChronicle
from contracts.envelope import MOST_ANCESTORS, Ancestor, Lineage
from ninelives.analytics.cost.inserts import parse_insert
from services.chronicle.adapters.chronicle_table import ChronicleTable
from services.chronicle.application.recall import recall
from services.chronicle.domain.entry import entries_of, names_in
from services.chronicle.domain.recall import AT_ONCE, LATEST, MOST_SUBJECTS
from services.chronicle.tests.story import CAMPAIGN, MAGS, OTHER, event, fact, question, turn

THIRD = "c_" + "e" * 26
KEY, LIE, SONG = (
    fact(f"Old Mags tells you {what}.", "old-mags") for what in ("where the key hangs", "a lie", "of a song")
)


def fork(request: RecallChronicle, *ancestors: tuple[str, int]) -> RecallChronicle:
    lineage = tuple(Ancestor(campaign_id=campaign, turn=turn) for campaign, turn in ancestors)
    return request.model_copy(update={"lineage": lineage})


def about_mags(step: str, campaign: str = OTHER, before: int = 1000) -> RecallChronicle:
    return question("What did Mags say?", MAGS, before=before, campaign=campaign, step=step)


def test_a_fork_remembers_the_past_it_shares_and_its_own(chronicle):
    chronicle.hears(event(3, KEY), event(9, SONG, campaign=OTHER))

    assert chronicle.recall_texts(fork(about_mags("a"), (CAMPAIGN, 5))) == [(3, KEY.text), (9, SONG.text)]


def test_what_the_parent_lived_after_the_fork_is_not_in_the_fork(chronicle):
    chronicle.hears(event(5, KEY), event(6, LIE), event(6, SONG, campaign=OTHER))

    assert chronicle.recall_texts(fork(about_mags("a"), (CAMPAIGN, 5))) == [(5, KEY.text), (6, SONG.text)]


def test_what_the_fork_lives_is_not_in_the_parent(chronicle):
    chronicle.hears(event(3, KEY), event(6, LIE, campaign=OTHER))

    assert chronicle.recall_texts(about_mags("a", CAMPAIGN)) == [(3, KEY.text)]


def test_a_fork_of_a_fork_remembers_each_ancestor_up_to_where_it_was_left(chronicle):
    chronicle.hears(event(2, KEY), event(4, LIE))
    chronicle.hears(event(4, SONG, campaign=OTHER), event(6, LIE, campaign=OTHER))

    told = chronicle.recall_texts(fork(about_mags("a", THIRD), (CAMPAIGN, 3), (OTHER, 5)))

    assert told == [(2, KEY.text), (4, SONG.text)]


def test_a_name_only_an_ancestor_heard_is_known_though_nobody_of_it_is_here(chronicle):
    chronicle.hears(event(3, KEY))

    assert chronicle.recall_texts(fork(question("And Mags?", campaign=OTHER), (CAMPAIGN, 5))) == [(3, KEY.text)]


def test_a_fork_of_the_beginning_remembers_nothing_of_the_other_story(chronicle):
    chronicle.hears(event(1, KEY))

    assert chronicle.recall_texts(fork(about_mags("a"), (CAMPAIGN, 0))) == []


def test_the_turns_told_word_for_word_are_left_out_of_an_ancestors_part_too(chronicle):
    chronicle.hears(event(2, KEY), event(4, LIE))

    assert chronicle.recall_texts(fork(about_mags("a", before=4), (CAMPAIGN, 5))) == [(2, KEY.text)]


def test_a_fork_of_forks_asks_each_of_its_ancestors_only_so_much(chronicle):
    names = [f"Aa{chr(97 + n)}x Bee{chr(97 + n)}" for n in range(8)]
    ids = [f"c_{letter * 26}" for letter in "fghi"]
    for place, campaign in enumerate(ids):
        facts = (event(place * 30 + n + 1, fact(f"Here is {name}."), campaign=campaign) for n, name in enumerate(names))
        chronicle.hears(*facts)
    ancestors = [(campaign, 30 * (place + 1)) for place, campaign in enumerate(ids)]
    assert len(ancestors) == MOST_ANCESTORS

    chronicle.recalls(fork(question(" ".join(names), campaign=OTHER), *ancestors))

    reads = chronicle.reads["GetItem"] + chronicle.reads["Query"]
    assert reads <= (1 + MOST_ANCESTORS) * (1 + 2 * MOST_SUBJECTS)
    assert chronicle.items_read <= 1 + MOST_ANCESTORS + MOST_SUBJECTS * (AT_ONCE + LATEST)


class Shelf:
    """The chronicle's table as a dictionary."""

    def __init__(self) -> None:
        self.items: dict[str, dict[str, Any]] = {}
        self.words: dict[str, set[str]] = {}

    def batch_execute_statement(self, *, Statements: Any) -> Any:
        for _, item in map(parse_insert, Statements):
            self.items.setdefault(item["pk"]["S"], {}).setdefault(item["sk"]["S"], item)
        return {"Responses": [{} for _ in Statements]}

    def update_item(self, *, Key: Any, ExpressionAttributeValues: Any, **_: Any) -> None:
        self.words.setdefault(Key["pk"]["S"], set()).update(ExpressionAttributeValues[":names"]["SS"])

    def get_item(self, *, Key: Any, **_: Any) -> Any:
        words = self.words.get(Key["pk"]["S"])
        return {"Item": {"words": {"SS": sorted(words)}}} if words else {}

    def query(self, *, ExpressionAttributeValues: Any, ScanIndexForward: bool, Limit: int, **_: Any) -> Any:
        filed = self.items.get(ExpressionAttributeValues[":pk"]["S"], {})
        before = ExpressionAttributeValues[":before"]["S"]
        places = sorted((place for place in filed if place < before), reverse=not ScanIndexForward)[:Limit]
        return {"Items": [filed[place] for place in places]}


def recall_after(told: list[tuple[str, int, FactRecord]], campaign: str, before: int, lineage: Lineage) -> Any:
    table = ChronicleTable(Shelf(), "table")  # type: ignore[arg-type]
    for teller, number, said in told:
        resolved = turn(number, said)
        table.write(teller, entries_of(resolved), names_in(resolved), fresh=True)
    asked = question("What did Old Mags say of the Cold Store?", MAGS, before=before, campaign=campaign)
    answer: ChronicleRecalled = recall(asked.model_copy(update={"lineage": lineage}), table)
    return answer.memories


facts = st.sampled_from(
    [
        KEY,
        LIE,
        fact("Old Mags on the Cold Store: it is cold."),
        fact("The Cold Store opens.", "cold-store"),
        fact("You wait."),
    ]
)


@given(
    story=st.lists(facts, min_size=1, max_size=40),
    cuts=st.sets(st.integers(0, 40), max_size=MOST_ANCESTORS),
    afterwards=st.lists(facts, max_size=5),
    before=st.integers(1, 45),
)
def test_a_fork_recalls_exactly_what_one_campaign_with_the_same_turns_would(
    story: list[FactRecord], cuts: set[int], afterwards: list[FactRecord], before: int
) -> None:
    """However often it was forked, and whatever the ancestors lived after they were left."""
    lineage = tuple(Ancestor(campaign_id=f"c_{'fghi'[place] * 26}", turn=cut) for place, cut in enumerate(sorted(cuts)))
    ends = [*(ancestor.turn for ancestor in lineage), len(story)]
    tellers = [*(ancestor.campaign_id for ancestor in lineage), OTHER]
    told = [
        (next(who for who, end in zip(tellers, [*ends[:-1], 99], strict=True) if number <= end), number, said)
        for number, said in enumerate(story, 1)
    ]
    futures = [
        (ancestor.campaign_id, ancestor.turn + 1 + n, said) for ancestor in lineage for n, said in enumerate(afterwards)
    ]
    known = {said.text for said in story}
    whole = [(CAMPAIGN, number, said) for number, said in enumerate(story, 1)]

    assert recall_after(
        [*told, *((who, number, said) for who, number, said in futures if said.text in known)], OTHER, before, lineage
    ) == recall_after(whole, CAMPAIGN, before, ())
