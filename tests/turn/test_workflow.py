"""Whole turns through the definition, with scripted stages that speak the contracts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from contracts import campaign, dm, lore, tools
from contracts.canon import EntityRef
from contracts.effects import LevelGained, LifeLost, Refused
from contracts.envelope import Message
from contracts.gateway import TurnClosed
from services.gateway.tests import builders
from tests.turn.fake_stages import MEMORY, FakeStages, at, fighting

TOOL_ROUND = ["ExecuteTool", "ExecuteTool", "SettleEffects", "RetrieveLore", "PlayWorld"]
MASTER = ["InvokeDungeonMaster", "ValidateAndRoute"]
BEGINNING = ["OpenTurn", "RetrieveLore", "RecallChronicle"]
END = ["PersistCampaign", "FormatResponse"]
KB = 1024
LOST = LifeLost(cause="rust-rat-1", lives_left=8, credits_lost=5)
LEVEL = LevelGained(level=2, hp_gained=4)


def read_closing(execution: dict[str, Any]) -> TurnClosed:
    assert execution["status"] == "SUCCEEDED", execution
    return TurnClosed.model_validate_json(execution["output"])


def stages(fakes: FakeStages) -> list[str]:
    return [name for name, _ in fakes.asked]


def test_a_turn_of_words_only_is_told_and_committed() -> None:
    fakes = FakeStages("respond")

    end = read_closing(fakes.play())

    assert (end.status, end.number) == ("resolved", 3)
    assert stages(fakes) == BEGINNING + MASTER + END
    (persisted,) = fakes.requests("PersistCampaign")
    assert (persisted.base_version, persisted.action, persisted.outcomes) == (3, "I sniff the crate", ())
    assert (persisted.telling.narrative, persisted.telling.suggested_actions) == ("Rain.", ("Look around",))


def test_a_round_of_tools_is_settled_the_world_answers_and_the_master_tells_it() -> None:
    fakes = FakeStages("execute", "respond")

    end = read_closing(fakes.play())

    assert end.status == "resolved"
    assert stages(fakes) == BEGINNING + MASTER + TOOL_ROUND + MASTER + END


def test_every_step_has_a_key_of_its_own_made_of_the_turn_and_its_position() -> None:
    fakes = FakeStages("repair", "execute", "respond")
    fakes.acting("PlayWorld", lambda r: tools.WorldPlayed(envelope=r.envelope, outcomes=at(r.envelope, "a", "b")))

    fakes.play()

    assert fakes.keys("OpenTurn") == ["open"]
    assert fakes.keys("RetrieveLore") == ["lore/0", "lore/0/settled"]
    assert fakes.keys("RecallChronicle") == ["recall"]
    assert fakes.keys("InvokeDungeonMaster") == ["dm/0/model/0", "dm/0/model/1", "dm/1/model/0"]
    assert fakes.keys("ValidateAndRoute") == ["validate/0/model/0", "validate/0/model/1", "validate/1/model/0"]
    assert sorted(fakes.keys("ExecuteTool")) == ["0/0", "0/1"]
    assert fakes.keys("SettleEffects") == ["settle/0", "settle-world/0"]
    assert fakes.keys("PlayWorld") == ["world/0"]
    assert fakes.keys("PersistCampaign") == ["persist"]
    assert fakes.keys("FormatResponse") == ["format"]


def test_the_envelope_travels_with_every_message() -> None:
    fakes = FakeStages("execute", "respond")

    fakes.play()

    for name, request in fakes.asked:
        assert request.envelope.campaign_id == builders.CAMPAIGN_ID, name
        assert request.envelope.correlation_id == builders.TURN_ID, name


def test_outcomes_of_all_rounds_and_of_the_world_are_committed_in_order() -> None:
    fakes = FakeStages("execute", "execute", "respond")
    fakes.acting("PlayWorld", lambda r: tools.WorldPlayed(envelope=r.envelope, outcomes=at(r.envelope, "enemy_turn")))

    fakes.play()

    (persisted,) = fakes.requests("PersistCampaign")
    steps = [outcome.key.removeprefix(f"{builders.TURN_ID}/") for outcome in persisted.outcomes]
    assert steps == ["0/0", "0/1", "world/0/0", "1/0", "1/1", "world/1/0"]


def test_the_master_sees_each_round_with_what_was_refused_and_why() -> None:
    def refusing(request: campaign.SettleEffects) -> Message:
        first, *rest = request.outcomes
        refused = campaign.Settled(
            outcome=first, applied=False, refused=Refused(effect="moved", code="no-move", reason="You moved already.")
        )
        others = tuple(campaign.Settled(outcome=each, applied=True) for each in rest)
        return campaign.EffectsSettled(envelope=request.envelope, scene=request.scene, settled=(refused, *others))

    fakes = FakeStages("execute", "respond").acting("SettleEffects", refusing)

    fakes.play()

    first, second = fakes.requests("InvokeDungeonMaster")
    assert first.rounds == ()
    (played,) = second.rounds
    assert [outcome.call.name for outcome in played.outcomes] == ["search", "hide"]
    assert played.refused == {f"{builders.TURN_ID}/0/0": "You moved already."}


def test_the_master_sees_what_the_world_did_in_the_same_round() -> None:
    fakes = FakeStages("execute", "respond")
    fakes.acting("PlayWorld", lambda r: tools.WorldPlayed(envelope=r.envelope, outcomes=at(r.envelope, "enemy_turn")))

    fakes.play()

    (played,) = fakes.requests("InvokeDungeonMaster")[-1].rounds
    assert [outcome.call.name for outcome in played.outcomes] == ["search", "hide", "enemy_turn"]


def test_a_call_alone_in_its_round_is_still_a_list_of_one() -> None:
    def one_call(request: dm.ValidateAndRoute) -> Message:
        routed = builders.route_reply(request, "respond" if request.rounds else "execute")
        return routed.model_copy(update={"calls": routed.calls[:1]})

    fakes = FakeStages().acting("ValidateAndRoute", one_call)

    assert read_closing(fakes.play()).status == "resolved"
    assert len(fakes.requests("InvokeDungeonMaster")[1].rounds) == 1
    assert len(fakes.requests("PersistCampaign")[0].outcomes) == 1


def test_after_four_rounds_the_story_must_be_told() -> None:
    fakes = FakeStages(*["execute"] * 4, "respond")

    fakes.play()

    allowed = [request.tools_allowed for request in fakes.requests("InvokeDungeonMaster")]
    assert allowed == [True, True, True, True, False]


def test_a_master_that_keeps_calling_tools_is_stood_in_for() -> None:
    fakes = FakeStages(*["execute"] * 5, "respond")

    assert read_closing(fakes.play()).status == "resolved"
    assert fakes.keys("InvokeDungeonMaster")[-2:] == ["dm/4/model/0", "dm/4/understudy/0"]
    assert len(fakes.requests("ExecuteTool")) == 8


def test_a_reply_is_repaired_once_with_its_violation_named() -> None:
    fakes = FakeStages("repair", "respond")

    fakes.play()

    first, second = fakes.requests("InvokeDungeonMaster")
    assert (first.violation, second.violation) == (None, "Rex is not in this world.")
    report = fakes.requests("PersistCampaign")[0].telling.report
    assert (report.repairs, len(report.findings)) == (1, 1)


def test_a_second_bad_reply_brings_the_understudy() -> None:
    fakes = FakeStages("repair", "repair", "respond")

    fakes.play()

    asked = [(request.provider, request.violation) for request in fakes.requests("InvokeDungeonMaster")]
    assert asked[-1] == ("understudy", None)
    assert fakes.requests("PersistCampaign")[0].telling.told_by == "understudy"


def test_each_round_may_be_repaired_again() -> None:
    fakes = FakeStages("repair", "execute", "repair", "respond")

    fakes.play()

    assert fakes.keys("InvokeDungeonMaster") == ["dm/0/model/0", "dm/0/model/1", "dm/1/model/0", "dm/1/model/1"]


def test_the_understudy_stays_for_the_rest_of_the_turn_and_dice_stay_rolled() -> None:
    fakes = FakeStages("execute", "understudy", "execute", "respond")

    fakes.play()

    providers = [request.provider for request in fakes.requests("InvokeDungeonMaster")]
    assert providers == ["model", "model", "understudy", "understudy"]
    assert len(fakes.requests("InvokeDungeonMaster")[2].rounds) == 1
    assert sorted(fakes.keys("ExecuteTool")) == ["0/0", "0/1", "1/0", "1/1"]


@pytest.mark.parametrize("verdict", ["repair", "understudy"])
def test_an_understudy_that_does_not_stand_fails_the_turn(verdict: str) -> None:
    fakes = FakeStages("understudy", verdict)

    assert read_closing(fakes.play()).status == "failed"
    (failure,) = fakes.requests("FailTurn")
    assert (failure.error, failure.stage) == ("UnderstudyUnclean", "ValidateAndRoute")
    assert not fakes.requests("PersistCampaign")


def test_a_story_told_in_a_fight_without_a_tool_is_no_round() -> None:
    fakes = FakeStages("respond")
    fakes.acting(
        "OpenTurn", lambda r: builders.open_turn(r.envelope).model_copy(update={"scene": fighting(builders.SCENE)})
    )

    fakes.play()

    assert stages(fakes) == [*BEGINNING, *MASTER, *END]
    assert fakes.requests("PersistCampaign")[0].outcomes == ()


def test_the_world_is_asked_after_every_round_of_tools_and_sees_what_was_settled() -> None:
    def settle(request: campaign.SettleEffects) -> Message:
        budget = request.scene.budget.model_copy(update={"acted": True})
        return builders.settle(request).model_copy(
            update={"scene": request.scene.model_copy(update={"budget": budget})}
        )

    fakes = FakeStages("execute", "execute", "respond").acting("SettleEffects", settle)

    fakes.play()

    assert [request.scene.budget.acted for request in fakes.requests("PlayWorld")] == [True, True]


def test_a_cat_that_wakes_elsewhere_looks_around() -> None:
    def carried_off(request: campaign.SettleEffects) -> Message:
        elsewhere = builders.STATE.model_copy(update={"place": EntityRef(id="haven", name="The Warm Vent")})
        moved = "settle-world" in request.envelope.idempotency_key
        scene = request.scene.model_copy(update={"state": elsewhere}) if moved else request.scene
        return builders.settle(request).model_copy(update={"scene": scene})

    fakes = FakeStages("execute", "respond").acting("SettleEffects", carried_off)
    fakes.acting("PlayWorld", lambda r: tools.WorldPlayed(envelope=r.envelope, outcomes=at(r.envelope, "enemy_turn")))

    fakes.play()

    assert fakes.keys("RetrieveLore") == ["lore/0", "lore/0/settled", "lore/0/moved"]
    assert fakes.requests("InvokeDungeonMaster")[-1].briefing.place.id == "haven"


def test_the_master_is_told_what_followed_from_deeds_and_from_the_world() -> None:
    def fatal(request: campaign.SettleEffects) -> Message:
        by_the_world = "settle-world" in request.envelope.idempotency_key
        followed = (LOST, LEVEL) if by_the_world else (LEVEL,)
        reply = builders.settle(request)
        first, *others = reply.settled
        settled = (first.model_copy(update={"consequences": followed}), *others)
        return reply.model_copy(update={"settled": settled})

    fakes = FakeStages("execute", "respond").acting("SettleEffects", fatal)
    fakes.acting("PlayWorld", lambda r: tools.WorldPlayed(envelope=r.envelope, outcomes=at(r.envelope, "enemy_turn")))

    fakes.play()

    before, after = fakes.requests("InvokeDungeonMaster")
    assert before.rounds == ()
    assert [played.consequences for played in after.rounds] == [(LEVEL, LOST, LEVEL)]


def test_a_turn_of_a_day_whose_money_is_spent_asks_no_model_in_any_round() -> None:
    fakes = FakeStages("execute", "respond")

    fakes.play(provider="understudy")

    assert [request.provider for request in fakes.requests("InvokeDungeonMaster")] == ["understudy"] * 2
    assert fakes.requests("PersistCampaign")[0].telling.economy == "understudy"


def test_what_the_model_used_is_added_up() -> None:
    fakes = FakeStages("repair", "execute", "respond")

    fakes.play()

    usage = fakes.requests("PersistCampaign")[0].telling.usage
    assert (usage.model, usage.calls, usage.input_tokens, usage.output_tokens) == ("a-model", 3, 300, 30)
    assert usage.micro_dollars == 21


def test_the_master_is_told_what_was_spent_so_far() -> None:
    fakes = FakeStages("repair", "respond")
    fakes.acting("OpenTurn", lambda r: builders.open_turn(r.envelope).model_copy(update={"spent_micro_dollars": 900}))

    fakes.play()

    spent = [(request.spent.turn, request.spent.campaign) for request in fakes.requests("InvokeDungeonMaster")]
    assert spent == [(0, 900), (7, 900)]


def test_a_turn_says_how_far_the_master_had_to_save() -> None:
    saving = ["short-context", "understudy", "cheap-model"]

    def thrifty(request: dm.InvokeDungeonMaster) -> Message:
        economy: Any = saving.pop(0)
        return dm.DungeonMasterReplied(
            envelope=request.envelope, told_by=request.provider, narrative="Rain.", economy=economy
        )

    fakes = FakeStages("execute", "execute", "respond").acting("InvokeDungeonMaster", thrifty)

    fakes.play()

    assert fakes.requests("PersistCampaign")[0].telling.economy == "understudy"


def test_a_turn_that_saved_nothing_says_so() -> None:
    fakes = FakeStages("execute", "respond")

    fakes.play()

    assert fakes.requests("PersistCampaign")[0].telling.economy == "full"


def test_what_is_asked_of_the_chronicle_is_older_than_what_the_master_has_word_for_word() -> None:
    fakes = FakeStages("execute", "respond")

    fakes.play()

    (asked,) = fakes.requests("RecallChronicle")
    assert (asked.action, asked.before_turn) == ("I sniff the crate", 2)
    assert [request.memories for request in fakes.requests("InvokeDungeonMaster")] == [(MEMORY,)] * 2


def test_the_chronicle_is_asked_about_who_and_what_is_here() -> None:
    def retrieve_people(request: lore.RetrieveLore) -> Message:
        reply = builders.lore_of(request.envelope, request.scene)
        mags = lore.Person(id="old-mags", name="Old Mags", role="", description="", disposition=0)
        crate = lore.Thing(id="crate", name="Crate")
        briefing = reply.briefing.model_copy(update={"npcs": (mags,), "features": (crate, crate)})
        return reply.model_copy(update={"briefing": briefing})

    fakes = FakeStages("respond").acting("RetrieveLore", retrieve_people)
    fakes.acting(
        "OpenTurn", lambda r: builders.open_turn(r.envelope).model_copy(update={"scene": fighting(builders.SCENE)})
    )

    fakes.play()

    (asked,) = fakes.requests("RecallChronicle")
    assert [thing.id for thing in asked.present] == ["old-mags", "alley", "crate", "crate", "rust-rat-1"]


@pytest.mark.parametrize("error", ["Broken", "States.Timeout", "InvalidRequest", "KeyReused"])
def test_a_chronicle_that_fails_costs_the_turn_its_memories_and_nothing_else(error: str) -> None:
    fakes = FakeStages("execute", "respond").failing("RecallChronicle", error)

    assert read_closing(fakes.play()).status == "resolved"
    assert all(request.memories == () for request in fakes.requests("InvokeDungeonMaster"))
    (step,) = [step for step in fakes.requests("FormatResponse")[0].trace if step.stage == "RecallChronicle"]
    assert (step.attempts, step.error) == (1, error)


def test_a_chronicle_that_cannot_be_reached_is_waited_for_only_briefly() -> None:
    fakes = FakeStages("respond").failing("RecallChronicle", *["Transient"] * 3)

    assert read_closing(fakes.play()).status == "resolved"
    assert len(fakes.requests("RecallChronicle")) == 3


def test_the_judge_is_shown_all_that_the_master_was_told() -> None:
    fakes = FakeStages("execute", "respond")

    fakes.play()

    for told, judged in zip(fakes.requests("InvokeDungeonMaster"), fakes.requests("ValidateAndRoute"), strict=True):
        assert (judged.passages, judged.memories, judged.common) == (told.passages, told.memories, told.common)
        assert judged.passages and judged.memories and judged.common


def test_a_story_by_the_understudy_names_no_model() -> None:
    fakes = FakeStages("respond").failing("InvokeDungeonMaster", "ModelRefused")

    fakes.play()

    usage = fakes.requests("PersistCampaign")[0].telling.usage
    assert (usage.model, usage.calls) == (None, 0)


@pytest.mark.parametrize(
    ("errors", "attempts"),
    [(["ModelThrottled"] * 2, 3), (["ModelUnavailable"], 2), (["Runtime.ExitError", "StillInProgress"], 3)],
)
def test_a_model_that_recovers_tells_the_story_and_the_trace_says_how_often_it_was_asked(
    errors: list[str], attempts: int
) -> None:
    fakes = FakeStages("respond").failing("InvokeDungeonMaster", *errors)

    assert read_closing(fakes.play()).status == "resolved"
    assert set(fakes.keys("InvokeDungeonMaster")) == {"dm/0/model/0"}
    trace = fakes.requests("FormatResponse")[0].trace
    (asked,) = [step for step in trace if step.stage == "InvokeDungeonMaster"]
    assert (asked.attempts, asked.error) == (attempts, None)
    assert fakes.requests("PersistCampaign")[0].telling.told_by == "model"


@pytest.mark.parametrize(
    ("error", "tries"),
    [("ModelThrottled", 5), ("ModelUnavailable", 3), ("ModelRefused", 1), ("States.Timeout", 1), ("KeyError", 1)],
)
def test_a_model_that_does_not_answer_is_stood_in_for(error: str, tries: int) -> None:
    fakes = FakeStages("respond").failing("InvokeDungeonMaster", *[error] * tries)

    assert read_closing(fakes.play()).status == "resolved"
    assert fakes.keys("InvokeDungeonMaster") == ["dm/0/model/0"] * tries + ["dm/0/understudy/0"]
    gave_up, stood_in = [s for s in fakes.requests("FormatResponse")[0].trace if s.stage == "InvokeDungeonMaster"]
    assert (gave_up.attempts, gave_up.error) == (tries, error)
    assert (stood_in.attempts, stood_in.error) == (1, None)
    assert fakes.requests("PersistCampaign")[0].telling.told_by == "understudy"


def test_an_understudy_that_fails_too_fails_the_turn() -> None:
    fakes = FakeStages("respond").failing("InvokeDungeonMaster", "ModelRefused", "Broken")

    assert read_closing(fakes.play()).status == "failed"
    assert fakes.keys("InvokeDungeonMaster") == ["dm/0/model/0", "dm/0/understudy/0"]


@pytest.mark.parametrize("bug", ["InvalidRequest", "KeyReused"])
def test_a_message_that_breaks_its_contract_is_not_blamed_on_the_model(bug: str) -> None:
    fakes = FakeStages("respond").failing("InvokeDungeonMaster", bug)

    assert read_closing(fakes.play()).status == "failed"
    assert fakes.keys("InvokeDungeonMaster") == ["dm/0/model/0"]


STEPS = ["OpenTurn", "RetrieveLore", "ValidateAndRoute", "ExecuteTool", "SettleEffects", "PlayWorld", "PersistCampaign"]


@pytest.mark.parametrize("stage", [*STEPS, "FormatResponse"])
@pytest.mark.parametrize("error", ["Transient", "Runtime.ExitError", "Sandbox.Timedout", "States.Timeout"])
def test_a_stage_that_is_lost_once_is_asked_again_under_the_same_key(stage: str, error: str) -> None:
    fakes = FakeStages("execute", "respond").failing(stage, error, "StillInProgress")

    assert read_closing(fakes.play()).status == "resolved"
    first, second, third = fakes.keys(stage)[:3] if stage != "ExecuteTool" else ["", "", ""]
    assert first == second == third


@pytest.mark.parametrize("stage", STEPS)
def test_a_stage_that_cannot_be_had_fails_the_turn_which_is_voided_first(stage: str) -> None:
    fakes = FakeStages("execute", "respond").failing(stage, *["Broken"] * 2)

    assert read_closing(fakes.play()).status == "failed"
    assert stages(fakes)[-2:] == ["VoidTurn", "FailTurn"]
    (voided,), (failed,) = fakes.requests("VoidTurn"), fakes.requests("FailTurn")
    assert voided.reason == failed.error == "Broken"
    assert failed.stage == stage
    assert json.loads(failed.cause)["errorType"] == "Broken"
    assert [step.error for step in failed.trace if step.stage == stage][-1:] == ["Broken"]


def test_a_turn_that_was_given_up_meanwhile_fails_for_the_reason_of_who_did_so() -> None:
    fakes = FakeStages("respond").failing("PersistCampaign", "TurnWasVoided")
    fakes.given_up_for = "TurnDeadline"

    assert read_closing(fakes.play()).status == "failed"
    assert fakes.requests("FailTurn")[0].error == "TurnDeadline"


def test_a_turn_that_was_committed_unheard_is_resolved_and_not_failed() -> None:
    fakes = FakeStages("respond").failing("FormatResponse", "InvalidRequest")
    assert fakes.play()["status"] == "FAILED"

    again = FakeStages("respond").failing("PersistCampaign", *["Broken"])
    again.committed = fakes.committed
    assert read_closing(again.play()).status == "resolved"
    assert stages(again)[-2:] == ["VoidTurn", "FormatResponse"]


@pytest.mark.parametrize("stage", ["VoidTurn", "FailTurn"])
def test_a_turn_that_cannot_even_be_failed_is_left_for_its_deadline(stage: str) -> None:
    fakes = FakeStages("respond").failing("OpenTurn", "CampaignMissing").failing(stage, *["Transient"] * 7)

    execution = fakes.play()

    assert (execution["status"], execution["error"]) == ("FAILED", "Transient")
    assert len(fakes.requests(stage)) == 7


def test_a_committed_turn_is_never_failed_because_its_answer_could_not_be_written() -> None:
    fakes = FakeStages("respond").failing("FormatResponse", *["Transient"] * 7)

    assert fakes.play()["status"] == "FAILED"
    assert not fakes.requests("VoidTurn") and not fakes.requests("FailTurn")


def test_the_trace_names_every_step_in_order() -> None:
    fakes = FakeStages("execute", "respond")

    fakes.play()

    names = [step.stage for step in fakes.requests("FormatResponse")[0].trace]
    assert names == [
        *BEGINNING, *MASTER, "ExecuteTool", "ExecuteTool", "SettleEffects", "RefreshLore", "PlayWorld",
        *MASTER, "PersistCampaign",
    ]  # fmt: skip


def test_messages_of_a_long_turn_stay_small() -> None:
    fakes = FakeStages(*["execute"] * 4, "respond")

    fakes.play()

    assert max(fakes.bytes.values()) < 64 * KB


def test_the_longest_turn_is_bounded() -> None:
    rounds = ["repair", "execute"] * 4 + ["repair", "understudy", "respond"]
    fakes = FakeStages(*rounds)

    assert read_closing(fakes.play()).status == "resolved"
    assert len(fakes.requests("InvokeDungeonMaster")) == 11
    assert len(fakes.requests("FormatResponse")[0].trace) <= 200
