"""The cost of a model is its tokens, cached where they can be, and the waiting for it."""

from __future__ import annotations

import pytest

from ninelives.analytics.cost.assumptions import Assumptions
from ninelives.analytics.cost.models import (
    SENTENCE,
    guardrail_units,
    tokens,
    usd_of_judging,
    usd_of_judging_stage,
    usd_of_tokens,
    usd_of_waiting,
)
from ninelives.analytics.cost.prices import price_table
from ninelives.analytics.cost.prompts import PromptSize
from services.dm.adapters.guardrail import MICRO_DOLLARS_PER_UNIT

SONNET, HAIKU = "anthropic.claude-sonnet-4-6", "anthropic.claude-haiku-4-5"
PROMPT = PromptSize(fixed=16_000, fresh=4_000, prefix=12_000)


def test_a_cached_prefix_is_read_and_only_the_rest_is_new() -> None:
    warm, cold = tokens(PROMPT, SONNET, last=True, assumptions=Assumptions())

    assert (warm.input_tokens, warm.cache_read_tokens, warm.cache_write_tokens) == (1000, 4000, 0)
    assert (cold.input_tokens, cold.cache_read_tokens, cold.cache_write_tokens) == (1000, 0, 4000)


def test_a_prefix_too_short_for_a_model_is_paid_in_full() -> None:
    warm, cold = tokens(PROMPT, HAIKU, last=True, assumptions=Assumptions())

    assert warm == cold
    assert warm.input_tokens == 5000


def test_a_turn_of_one_call_costs_the_list_price_of_its_tokens() -> None:
    assumed = Assumptions(cached_share=1.0, story_tokens=100)

    # 1,000 new at $3, 4,000 cached at $0.30 and 100 written at $15 per million
    assert usd_of_tokens([PROMPT], 1, SONNET, assumed) == pytest.approx(0.003 + 0.0012 + 0.0015)


def test_only_the_last_call_of_a_turn_writes_a_story() -> None:
    assumed = Assumptions(cached_share=1.0, story_tokens=100, intents_tokens=0)
    twice = usd_of_tokens([PROMPT, PROMPT], 1, SONNET, assumed)

    assert twice == pytest.approx(2 * (0.003 + 0.0012) + 0.0015)


def test_waiting_grows_with_the_time_a_model_takes() -> None:
    quick = usd_of_waiting(1000, price_table(), Assumptions(model_call_ms=1000))
    slow = usd_of_waiting(1000, price_table(), Assumptions(model_call_ms=4000))

    assert slow == pytest.approx(4 * quick)


def test_a_second_reader_costs_the_list_price_of_what_it_reads_in_the_turns_in_which_it_is_asked() -> None:
    prompt = PromptSize(fixed=16_000, fresh=4_000, prefix=12_000, judged=4_000 - 2 * SENTENCE)
    assumed = Assumptions(judged_share=0.5, unread_sentences=2, verdict_tokens=50)

    # 1,000 new at $1 and 100 written at $5 per million, in every second turn
    assert usd_of_judging([prompt] * 3, 1000, HAIKU, assumed) == pytest.approx(500 * (0.001 + 0.0005))


def test_its_stage_costs_where_it_is_asked_and_nowhere_else() -> None:
    whole = usd_of_judging_stage(1000, price_table(), Assumptions(judged_share=1.0))

    assert whole > 0
    assert usd_of_judging_stage(1000, price_table(), Assumptions(judged_share=0.5)) == pytest.approx(whole / 2)
    assert usd_of_judging_stage(1000, price_table(), Assumptions(judged_share=0.0)) == 0


def test_a_guardrail_judges_the_players_words_in_each_call_and_each_answer_by_both_of_its_policies() -> None:
    assumed = Assumptions(story_tokens=330, intents_tokens=110)  # 1,320 and 440 characters

    assert guardrail_units(1, 1, assumed) == 2 * (1 + 2)
    assert guardrail_units(3, 1, assumed) == 2 * (3 + 2 + 1 + 1)


def test_the_bill_and_the_spending_limits_count_a_guardrail_by_the_same_price() -> None:
    assert price_table()["guardrail-unit"].of(1_000_000) == pytest.approx(MICRO_DOLLARS_PER_UNIT)
