"""A state that has nothing to do is not entered, and what comes without it is what would have come with it."""

from __future__ import annotations

from typing import Any

import pytest

from contracts import campaign, dm
from contracts.envelope import Message
from contracts.gateway import TurnClosed
from contracts.state import Scene
from services.gateway.tests import builders
from tests.turn.fake_stages import FakeStages

PAST = campaign.RecentTurn(number=1, action="I wait", narrative="You wait.")


def stages(fakes: FakeStages) -> list[str]:
    return [name for name, _ in fakes.asked]


def read_closing(execution: dict[str, Any]) -> TurnClosed:
    assert execution["status"] == "SUCCEEDED", execution
    return TurnClosed.model_validate_json(execution["output"])


def deed(scene: Scene, *, acted: bool) -> Scene:
    return scene.model_copy(update={"budget": scene.budget.model_copy(update={"acted": acted})})


def settling(*, acted: bool, seen_changed: bool) -> FakeStages:
    """Stages whose first round settles like this."""

    def settle(request: campaign.SettleEffects) -> Message:
        settled = builders.settle(request)
        return settled.model_copy(update={"scene": deed(settled.scene, acted=acted), "seen_changed": seen_changed})

    return FakeStages("execute", "respond").acting("SettleEffects", settle)


def checking(*routes: str) -> FakeStages:
    """Stages whose game master checks its own replies, with these verdicts."""
    fakes = FakeStages()
    left = list(routes)

    def answer(request: dm.InvokeDungeonMaster) -> Message:
        assert request.report is not None, "a verdict goes on from what was found so far"
        said = dm.DungeonMasterReplied(envelope=request.envelope, told_by=request.provider, narrative="Rain.")
        asked = dm.ValidateAndRoute(
            envelope=request.envelope, action=request.action, scene=request.scene, briefing=request.briefing,
            passages=request.passages, names=request.names, guarded=request.guarded,
            rounds=request.rounds, reply=said, repairs=request.repairs, report=request.report,
        )  # fmt: skip
        return said.model_copy(update={"routed": builders.route_reply(asked, left.pop(0))})

    return fakes.acting("InvokeDungeonMaster", answer)


@pytest.mark.parametrize(("number", "known", "asked"), [(1, 0, 0), (2, 1, 0), (3, 2, 0), (3, 1, 1), (9, 6, 1)])
def test_a_story_whose_every_turn_is_in_the_prompt_asks_no_chronicle(number: int, known: int, asked: int) -> None:
    history = tuple(PAST.model_copy(update={"number": n + 1}) for n in range(known))
    fakes = FakeStages("respond").acting(
        "OpenTurn", lambda r: builders.open_turn(r.envelope).model_copy(update={"number": number, "history": history})
    )

    assert read_closing(fakes.play()).status == "resolved"
    assert stages(fakes).count("RecallChronicle") == asked


def test_a_round_that_changed_nothing_seen_asks_lore_nothing_and_the_world_still_answers_a_deed() -> None:
    fakes = settling(acted=True, seen_changed=False)

    assert read_closing(fakes.play()).status == "resolved"
    assert fakes.keys("RetrieveLore") == ["lore/0"]
    assert fakes.keys("PlayWorld") == ["world/0"]


def test_a_round_without_a_deed_and_without_news_is_told_at_once() -> None:
    fakes = settling(acted=False, seen_changed=False)

    assert read_closing(fakes.play()).status == "resolved"
    after = stages(fakes)[stages(fakes).index("SettleEffects") + 1 :]
    assert after[0] == "InvokeDungeonMaster"
    assert {"RetrieveLore", "PlayWorld"}.isdisjoint(after)
    assert len(fakes.requests("InvokeDungeonMaster")[1].rounds) == 1


def test_news_is_asked_for_under_the_same_key_whatever_else_was_skipped() -> None:
    fakes = settling(acted=False, seen_changed=True)

    assert read_closing(fakes.play()).status == "resolved"
    assert fakes.keys("RetrieveLore") == ["lore/0", "lore/0/settled"]


def test_a_campaign_function_that_does_not_tell_what_changed_has_lore_asked() -> None:
    def settle(request: campaign.SettleEffects) -> Message:
        return campaign.EffectsSettled.model_validate(builders.settle(request).model_dump(exclude={"seen_changed"}))

    fakes = FakeStages("execute", "respond").acting("SettleEffects", settle)

    assert read_closing(fakes.play()).status == "resolved"
    assert fakes.keys("RetrieveLore") == ["lore/0", "lore/0/settled"]


def test_a_reply_that_comes_with_its_verdict_is_not_checked_again() -> None:
    fakes = checking("execute", "respond")

    assert read_closing(fakes.play()).status == "resolved"
    assert "ValidateAndRoute" not in stages(fakes)
    steps = [step.stage for step in fakes.requests("FormatResponse")[0].trace]
    assert steps.count("InvokeDungeonMaster") == 2
    assert "ValidateAndRoute" not in steps
    (persisted,) = fakes.requests("PersistCampaign")
    assert [outcome.call.name for outcome in persisted.outcomes] == ["search", "hide"]
    assert persisted.telling.narrative == "Rain."


def test_a_verdict_that_comes_along_is_repaired_and_stood_in_for_like_any_other() -> None:
    fakes = checking("repair", "understudy", "respond")

    assert read_closing(fakes.play()).status == "resolved"
    first, second, third = fakes.requests("InvokeDungeonMaster")
    assert (first.violation, first.repairs, first.provider) == (None, 0, "model")
    assert (second.violation, second.repairs, second.provider) == ("Rex is not in this world.", 1, "model")
    assert third.provider == "understudy"
    assert fakes.keys("InvokeDungeonMaster") == ["dm/0/model/0", "dm/0/model/1", "dm/0/understudy/0"]
    (persisted,) = fakes.requests("PersistCampaign")
    assert len(persisted.telling.report.findings) == 2, "what was found in each reply is on record"
