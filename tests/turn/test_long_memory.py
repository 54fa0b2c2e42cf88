"""A long story: what was is still known, and asking costs no more than it did at the beginning."""

from __future__ import annotations

from statistics import fmean

import pytest

from services.chronicle.domain.recall import MOST_MEMORIES, MOST_SUBJECTS
from services.dm.domain.prompt import compose
from services.dm.domain.understudy.master import reply
from services.dm.wiring import catalogue
from tests.turn.long_campaign import HISTORY, LongCampaign

EARLY, LATE = range(26, 36), range(296, 306)
CHARACTERS_PER_TOKEN = 4
MOST_READS = 1 + 2 * MOST_SUBJECTS


@pytest.fixture(scope="module")
def campaign() -> LongCampaign:
    """On turn 300."""
    played = LongCampaign()
    played.play_until(300)
    return played


def tokens(campaign: LongCampaign) -> float:
    """Estimated tokens of everything a model is sent in the next turn."""
    prompt = compose(campaign.request(), catalogue())
    told = sum(len(exchange.text) for exchange in prompt.messages)
    return (prompt.prefix_characters + told) / CHARACTERS_PER_TOKEN


def test_everybody_met_in_the_first_three_turns_is_still_known_on_turn_300(campaign: LongCampaign) -> None:
    named = "What do I know about Ferrule?", "What was under the blanket on the shelf?", "What is the Claims Ledger?"

    told = [{(memory.turn, memory.text) for memory in campaign.recall(action).memories} for action in named]

    assert (1, "You meet Ferrule, clerk of Lost Property.") in told[0]
    assert any(turn == 2 and "Under the blanket" in text for turn, text in told[1])
    assert any(turn == 3 and "The Claims Ledger" in text for turn, text in told[2])


def test_the_understudy_tells_on_turn_300_what_happened_on_turn_2(campaign: LongCampaign) -> None:
    story = reply(campaign.request("What do I remember of Shelf 4471?")).narrative

    assert story is not None
    assert "You try Shelf 4471" in story


def test_every_memory_is_a_fact_in_the_words_it_was_told_in(campaign: LongCampaign) -> None:
    recalled = campaign.recall("I ask Ferrule and Bellows about the ledger, the shelf and the chute").memories

    assert recalled
    assert all(memory.text in campaign.facts[memory.turn] for memory in recalled)
    assert max(memory.turn for memory in recalled) < 300 - HISTORY


def test_tokens_of_a_turn_do_not_grow_from_turn_30_to_turn_300() -> None:
    growing = LongCampaign()
    sizes: dict[int, float] = {}
    for turn in (*EARLY, *LATE):
        growing.play_until(turn)
        sizes[turn] = tokens(growing)

    early, late = (fmean(sizes[turn] for turn in turns) for turns in (EARLY, LATE))
    assert late == pytest.approx(early, rel=0.05)


def test_no_turn_of_300_reads_more_than_it_may() -> None:
    growing = LongCampaign()
    for turn in range(1, 301, 7):
        growing.play_until(turn)
        recalled = growing.recall("I tell Ferrule and Auntie Bellows of the ledger, the shelf, the chute and the seam")
        assert growing.shelf.asked["reads"] <= MOST_READS, turn
        assert len(recalled.memories) <= MOST_MEMORIES, turn
