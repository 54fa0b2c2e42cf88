"""A second reader in the workflow: asked once, counted, harmless when it fails, never there when nothing is unread."""

from __future__ import annotations

from typing import Any

import pytest

from contracts import dm
from contracts.envelope import Message
from services.gateway.tests import builders
from tests.turn.fake_stages import FakeStages
from tests.turn.interpreter import Raised

BEGINNING = ["OpenTurn", "RetrieveLore", "RecallChronicle", "InvokeDungeonMaster"]
END = ["PersistCampaign", "FormatResponse"]
UNREAD = (dm.UnreadSentence(number=2, text="The neon sulks."), dm.UnreadSentence(number=4, text="A door opens."))


def checks(request: dm.ValidateAndRoute) -> Message:
    """A check that leaves two sentences to a second reader, and tells more when it has been asked."""
    routed = builders.route_reply(request, "respond")
    finding = dm.Finding(code="unverified-word", subject="colour", detail="A colour beat was dropped.")
    found = () if request.judged is not None else (finding,)
    report = request.report.model_copy(update={"findings": (*request.report.findings, *found)})
    told = "Rain." if request.judged is None else f"Rain. {len(request.judged)} judged."
    unread = UNREAD if request.judged is None else ()
    return routed.model_copy(update={"narrative": told, "unread": unread, "report": report})


def fakes() -> FakeStages:
    return FakeStages("respond").acting("ValidateAndRoute", checks)


def stages(fakes: FakeStages) -> list[str]:
    return [name for name, _ in fakes.asked]


def find_telling(fakes: FakeStages) -> Any:
    [persisted] = fakes.requests("PersistCampaign")
    return persisted.telling


def trace(fakes: FakeStages) -> list[tuple[str, str | None]]:
    [closed] = fakes.requests("FormatResponse")
    return [(step.stage, step.error) for step in closed.trace]


def test_where_nothing_is_unread_nobody_is_asked() -> None:
    fakes = FakeStages("respond")

    fakes.play()

    assert stages(fakes) == [*BEGINNING, "ValidateAndRoute", *END]


def test_what_is_unread_is_judged_in_one_call_and_the_same_reply_is_read_again() -> None:
    cast = fakes()

    assert cast.play()["status"] == "SUCCEEDED"

    assert stages(cast) == [*BEGINNING, "ValidateAndRoute", "JudgeNarrative", "ValidateAndRoute", *END]
    [asked] = cast.requests("JudgeNarrative")
    first, again = cast.requests("ValidateAndRoute")
    assert asked.unread == UNREAD
    assert (asked.scene, asked.briefing, asked.passages, asked.rounds) == (
        first.scene,
        first.briefing,
        first.passages,
        first.rounds,
    )
    assert [verdict.number for verdict in again.judged] == [2, 4]
    assert again.model_copy(update={"judged": None, "envelope": first.envelope}) == first
    assert find_telling(cast).narrative == "Rain. 2 judged."
    assert find_telling(cast).report.findings == ()


def test_each_of_the_three_has_a_key_of_its_own() -> None:
    cast = fakes()

    cast.play()

    assert cast.keys("JudgeNarrative") == ["judge/0/model/0"]
    assert cast.keys("ValidateAndRoute") == ["validate/0/model/0", "validate/0/model/0/judged"]


def test_what_it_costs_is_on_the_bill_and_the_model_is_the_one_that_told() -> None:
    cast = fakes()

    cast.play()

    usage = find_telling(cast).usage
    assert (usage.model, usage.calls, usage.micro_dollars) == ("a-model", 2, 9)
    assert (usage.input_tokens, usage.output_tokens) == (150, 15)
    [asked] = cast.requests("JudgeNarrative")
    assert asked.spent.turn == 7


@pytest.mark.parametrize(
    "errors",
    [
        ("ModelThrottled",),
        ("ModelUnavailable",),
        ("ModelRefused",),
        ("InvalidRequest",),
        ("States.Timeout",),
        ("KeyError",),
        ("Transient",) * 9,
        ("StillInProgress",) * 9,
    ],
)
def test_one_that_fails_or_is_slow_costs_the_turn_nothing_but_its_word(errors: tuple[str, ...]) -> None:
    cast = fakes().failing("JudgeNarrative", *errors)

    assert cast.play()["status"] == "SUCCEEDED"

    assert len(cast.requests("JudgeNarrative")) <= 4
    assert find_telling(cast).narrative == "Rain."
    assert [finding.code for finding in find_telling(cast).report.findings] == ["unverified-word"]
    assert find_telling(cast).usage.calls == 1
    assert ("JudgeNarrative", errors[0]) in trace(cast)


def test_a_lost_call_is_asked_again_under_the_same_key() -> None:
    cast = fakes().failing("JudgeNarrative", "Lambda.ServiceException")

    cast.play()

    assert cast.keys("JudgeNarrative") == ["judge/0/model/0"] * 2
    assert find_telling(cast).narrative == "Rain. 2 judged."


def test_a_second_check_that_fails_leaves_the_first_verdict() -> None:
    def breaks(request: dm.ValidateAndRoute) -> Message:
        if request.judged is not None:
            raise Raised("KeyError")
        return checks(request)

    cast = fakes().acting("ValidateAndRoute", breaks)

    assert cast.play()["status"] == "SUCCEEDED"
    assert find_telling(cast).narrative == "Rain."


def test_a_turn_that_was_saved_by_a_repair_is_judged_under_the_key_of_that_reply() -> None:
    def repair(request: dm.ValidateAndRoute) -> Message:
        return checks(request) if request.repairs else builders.route_reply(request, "repair")

    cast = fakes().acting("ValidateAndRoute", repair)

    cast.play()

    assert cast.keys("JudgeNarrative") == ["judge/0/model/1"]


def test_nobody_judges_a_turn_that_is_handed_to_the_understudy() -> None:
    def refuse(request: dm.ValidateAndRoute) -> Message:
        route = "respond" if request.reply.told_by == "understudy" else "understudy"
        return builders.route_reply(request, route).model_copy(update={"unread": UNREAD if route != "respond" else ()})

    cast = fakes().acting("ValidateAndRoute", refuse)

    cast.play()

    assert cast.requests("JudgeNarrative") == []
