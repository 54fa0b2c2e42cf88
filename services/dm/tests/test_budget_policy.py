"""Spending limits: context first, then the model, at last the call itself, and the reply says so."""

from __future__ import annotations

import pytest

from contracts.chronicle import Memory
from contracts.dm import Remembered, Spent
from contracts.lore import Passage
from services.dm.domain.budget_policy import SpendingLimits, choose_economy, shorten
from services.dm.domain.prompt import compose
from services.dm.tests.builders import make_request
from services.dm.tests.conftest import SONNET, answer
from services.dm.wiring import catalogue
from tests.support.converse_server import ConverseServer, tells

TURN, CAMPAIGN = 1_000, 100_000


@pytest.mark.parametrize(
    ("turn", "campaign", "economy"),
    [
        (0, 0, "full"),
        (499, 0, "full"),
        (500, 0, "short-context"),
        (750, 0, "cheap-model"),
        (1_000, 0, "understudy"),
        (9_999, 0, "understudy"),
        (0, 50_000, "short-context"),
        (0, 75_000, "cheap-model"),
        (600, 99_400, "understudy"),
    ],
)
def test_the_nearer_limit_says_how_far_to_save(turn: int, campaign: int, economy: str) -> None:
    spent = Spent(turn=turn, campaign=campaign)

    assert choose_economy(spent, SpendingLimits(TURN, CAMPAIGN), has_cheap_model=True) == economy


def test_without_a_cheaper_model_the_context_stays_short_until_the_limit() -> None:
    assert choose_economy(Spent(turn=999), SpendingLimits(TURN), has_cheap_model=False) == "short-context"
    assert choose_economy(Spent(turn=1000), SpendingLimits(TURN), has_cheap_model=False) == "understudy"


def test_without_limits_nothing_is_ever_saved() -> None:
    assert choose_economy(Spent(turn=10**9, campaign=10**9), SpendingLimits(), has_cheap_model=True) == "full"


def rich() -> dict[str, object]:
    return {
        "history": tuple(Remembered(number=n, action=f"deed {n}", narrative=f"Story {n}.") for n in range(1, 5)),
        "passages": tuple(Passage(id=f"p{n}", title=f"Title {n}", text=f"Lore {n}.", score=1) for n in range(5)),
        "memories": (
            Memory(turn=1, text="Old Mags owes you a fish."),
            *(Memory(turn=n, text=f"You gain {n} credits.") for n in range(2, 12)),
        ),
    }


def test_a_short_context_keeps_the_latest_turns_the_best_lore_and_the_memories_that_matter() -> None:
    short = shorten(make_request("I ask Mags about her fish", **rich()))

    assert [turn.number for turn in short.history] == [3, 4]
    assert [passage.id for passage in short.passages] == ["p0", "p1"]
    assert [memory.turn for memory in short.memories] == [1, 9, 10, 11]


def test_a_short_context_makes_a_shorter_prompt() -> None:
    request = make_request("I ask Mags about her fish", **rich())
    full, short = (compose(each, catalogue()).messages[0].text for each in (request, shorten(request)))

    assert len(short) < len(full)
    assert "Old Mags owes you a fish." in short


@pytest.fixture
def model(model: ConverseServer, monkeypatch: pytest.MonkeyPatch) -> ConverseServer:
    """The same, with a cheaper one beside it and a limit."""
    monkeypatch.setenv("DM_CHEAP_MODEL", "amazon.nova-micro-v1:0")
    monkeypatch.setenv("DM_TURN_BUDGET_MICRO_DOLLARS", str(TURN))
    return model


def tell(spent: int):
    return answer(make_request("I wait", provider="model", spent=Spent(turn=spent)))


def test_below_half_of_the_limit_the_usual_model_is_asked_in_full(model: ConverseServer) -> None:
    model.then(tells("Rain."))

    reply = tell(spent=499)

    assert (reply.economy, reply.usage.model) == ("full", SONNET)


def test_from_three_quarters_on_the_cheaper_model_is_asked(model: ConverseServer) -> None:
    model.then(tells("Rain."))

    reply = tell(spent=750)

    assert (reply.told_by, reply.economy, reply.usage.model) == ("model", "cheap-model", "amazon.nova-micro-v1:0")


def test_at_the_limit_nobody_is_paid_any_more(model: ConverseServer) -> None:
    reply = tell(spent=TURN)

    assert (reply.told_by, reply.economy, reply.usage.calls) == ("understudy", "understudy", 0)
    assert model.requests == []


@pytest.mark.parametrize("limit", ["DM_TURN_BUDGET_MICRO_DOLLARS", "DM_CAMPAIGN_BUDGET_MICRO_DOLLARS"])
def test_a_model_of_unknown_price_has_no_budget_from_the_first_call(
    model: ConverseServer, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setenv("DM_TURN_BUDGET_MICRO_DOLLARS", "")
    monkeypatch.setenv(limit, "1000000")
    monkeypatch.setenv("DM_MODEL", "meta.llama4-scout-v1:0")

    reply = tell(spent=0)

    assert (reply.told_by, reply.economy, reply.usage.calls) == ("understudy", "understudy", 0)
    assert model.requests == []


def test_a_cheaper_model_of_unknown_price_is_not_taken_for_free(
    model: ConverseServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DM_CHEAP_MODEL", "meta.llama4-scout-v1:0")

    assert tell(spent=750).economy == "understudy"
    assert model.requests == []


def test_without_a_limit_a_model_of_unknown_price_is_asked(
    model: ConverseServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DM_TURN_BUDGET_MICRO_DOLLARS", "0")
    monkeypatch.setenv("DM_MODEL", "meta.llama4-scout-v1:0")
    model.then(tells("Rain."))

    reply = tell(spent=9_999)

    assert (reply.told_by, reply.economy, reply.usage.micro_dollars) == ("model", "full", 0)


def test_an_understudy_who_was_asked_for_saves_nothing(model: ConverseServer) -> None:
    reply = answer(make_request("I wait", provider="understudy", spent=Spent(turn=TURN)))

    assert (reply.told_by, reply.economy) == ("understudy", "full")
