"""A turn's spans follow from its events alone: what happened, in which step, when, and what it cost."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from contracts.campaign import TurnResolvedV1
from contracts.gateway import StageTiming, TurnAnsweredData, TurnAnsweredV1
from infra.errors import UserError
from ninelives.analytics.tracing.attributes import provider_of
from ninelives.analytics.tracing.span import Span
from ninelives.analytics.tracing.spans import trace_turn
from ninelives.analytics.tracing.told import TurnTold, event_of
from tests.analytics.tracing.told_turns import (
    BEGAN,
    CAMPAIGN,
    MODEL,
    acceptance,
    event_after,
    failed_turn,
    resolved_turn,
    tool,
)

CLIENTS_TRACE = ("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7")


def trace(*events: object) -> tuple[Span, ...]:
    return trace_turn(TurnTold.of(events))  # type: ignore[arg-type]


RESOLVED, FAILED = trace(*resolved_turn()), trace(*failed_turn())


def find_named(spans: tuple[Span, ...], name: str) -> list[Span]:
    return [span for span in spans if span.name == name]


def path(spans: tuple[Span, ...], span: Span) -> list[str]:
    by_id = {each.span_id: each for each in spans}
    return [*(path(spans, by_id[span.parent_id]) if span.parent_id else []), span.name]


def test_a_turn_is_an_agents_invocation_with_its_steps_and_the_masters_replies_in_theirs() -> None:
    assert [path(RESOLVED, span)[1:] for span in RESOLVED] == [
        [],
        ["OpenTurn"],
        ["RetrieveLore"],
        ["InvokeDungeonMaster"],
        ["InvokeDungeonMaster", "chat"],
        ["InvokeDungeonMaster", f"chat {MODEL}"],
        ["execute_tool attack"],
        ["execute_tool buy"],
        ["SettleEffects"],
        ["PlayWorld"],
        ["SettleWorld"],
        ["InvokeDungeonMaster"],
        ["InvokeDungeonMaster", "chat"],
        ["InvokeDungeonMaster"],
        ["InvokeDungeonMaster", "chat understudy"],
        ["PersistCampaign"],
    ]
    root = RESOLVED[0]
    assert root.name == "invoke_agent dungeon-master"
    assert root.attributes["gen_ai.operation.name"] == "invoke_agent"
    assert root.attributes["gen_ai.provider.name"] == "aws.bedrock"
    assert {span.attributes["gen_ai.conversation.id"] for span in RESOLVED} == {CAMPAIGN}


def test_a_reply_has_its_model_tokens_and_price_and_cached_tokens_count_as_input() -> None:
    (reply,) = find_named(RESOLVED, f"chat {MODEL}")

    assert reply.kind == "client"
    assert {name: reply.attributes[name] for name in reply.attributes if "usage" in name or "cost" in name} == {
        "gen_ai.usage.input_tokens": 5000,
        "gen_ai.usage.output_tokens": 80,
        "gen_ai.usage.cache_read.input_tokens": 4000,
        "gen_ai.usage.cache_creation.input_tokens": 100,
        "ninelives.cost.micro_dollars": 1700,
    }
    assert reply.attributes["gen_ai.response.finish_reasons"] == ("tool_use",)


def test_the_understudy_is_no_model_and_uses_no_tokens() -> None:
    (reply,) = find_named(RESOLVED, "chat understudy")

    assert reply.attributes["gen_ai.provider.name"] == "ninelives"
    assert not [name for name in reply.attributes if "usage" in name or "cost" in name]


def test_a_tool_has_its_verdict_and_its_dice() -> None:
    (attack,), (buy,) = find_named(RESOLVED, "execute_tool attack"), find_named(RESOLVED, "execute_tool buy")

    assert attack.attributes["gen_ai.tool.name"] == "attack"
    assert attack.attributes["ninelives.verdict"] == "done"
    assert attack.attributes["ninelives.rolls"] == ("attack: 1d20 [14] = 17 against 12: success",)
    assert (buy.attributes["ninelives.verdict"], buy.attributes["ninelives.refusal"]) == ("refused", "no-credits")
    assert buy.error is None


def test_steps_are_as_long_as_they_were_and_no_event_occurs_after_its_step() -> None:
    lengths = {span.name: span.milliseconds for span in RESOLVED if span.attributes.get("ninelives.timed")}
    lore, attack = find_named(RESOLVED, "RetrieveLore")[0], find_named(RESOLVED, "execute_tool attack")[0]

    assert (lengths["SettleEffects"], lengths["execute_tool attack"], lengths["execute_tool buy"]) == (10, 40, 60)
    assert lore.end - BEGAN == timedelta(milliseconds=130)
    assert attack.end - BEGAN == timedelta(milliseconds=3210)
    for span in RESOLVED[1:]:
        parent = next(each for each in RESOLVED if each.span_id == span.parent_id)
        assert parent.start <= span.start <= span.end <= parent.end, span.name


def test_attempts_for_a_reply_follow_each_other_and_those_that_failed_say_why() -> None:
    failed, reply = (span for span in RESOLVED if span.name.startswith("chat") and span.start < RESOLVED[6].start)

    assert (failed.error, failed.attributes["error.type"]) == ("ModelThrottled", "ModelThrottled")
    assert failed.end == reply.start == BEGAN + timedelta(milliseconds=1100)
    assert [span.error for span in find_named(RESOLVED, "InvokeDungeonMaster")] == [None, "ModelThrottled", None]
    assert RESOLVED[0].error is None


def test_a_turn_that_was_given_up_is_an_error_with_the_steps_that_its_events_tell_of() -> None:
    root = FAILED[0]

    assert [span.name for span in FAILED[1:]] == [
        "RetrieveLore",
        "InvokeDungeonMaster",
        "chat qwen2.5:7b",
        "execute_tool attack",
        "execute_tool buy",
    ]
    assert (root.error, root.attributes["ninelives.turn.stage"]) == ("Broken", "ExecuteTool")
    assert root.end - root.start == timedelta(seconds=9)
    assert {span.attributes["ninelives.timed"] for span in FAILED[1:]} == {False}
    assert FAILED[4].start == FAILED[5].start == FAILED[2].end


def test_order_and_copies_of_events_change_nothing() -> None:
    events = [*resolved_turn(), *resolved_turn()]
    Random(3).shuffle(events)

    assert trace(*events) == RESOLVED


def test_ids_are_the_turns_own_and_those_of_no_other() -> None:
    other = [
        event.model_copy(update={"metadata": event.metadata.model_copy(update={"turn_id": "t_" + "c" * 26})})
        for event in resolved_turn()
    ]
    ids = [span.span_id for span in RESOLVED]

    assert len(set(ids)) == len(ids)
    assert {span.trace_id for span in RESOLVED} == {RESOLVED[0].trace_id}
    assert trace(*other)[0].trace_id != RESOLVED[0].trace_id


def test_a_turns_ids_are_the_same_in_every_version() -> None:
    assert (RESOLVED[0].trace_id, RESOLVED[0].span_id) == ("c11bad1a4ae140d4375116fb07acdacd", "6b60728f57d9e1c0")


def test_tools_of_a_later_round_stand_in_theirs() -> None:
    stages = [("InvokeDungeonMaster", 500), ("ExecuteTool", 9), ("ExecuteTool", 9), ("SettleEffects", 9)]
    later = [("InvokeDungeonMaster", 500), ("ExecuteTool", 9), ("InvokeDungeonMaster", 500)]
    timings = tuple(StageTiming(stage=name, attempts=1, milliseconds=spent) for name, spent in stages + later)
    answer = TurnAnsweredData(owner="o", number=1, milliseconds=2000, stages=timings)
    events = [acceptance(), tool(0, 510, "attack"), tool(1, 510, "buy"), tool(0, 1200, "move", round=1)]

    spans = trace(*events, event_after(TurnAnsweredV1, "format", 2000, answer))

    assert [span.name for span in spans if "execute_tool" in span.name] == [
        "execute_tool attack",
        "execute_tool buy",
        "execute_tool move",
    ]
    assert all(span.attributes["ninelives.timed"] for span in spans[1:])
    assert len(spans) == 1 + len(timings)


def test_an_event_that_breaks_its_contract_is_named_and_not_quoted() -> None:
    event = acceptance().model_dump(mode="json")

    with pytest.raises(UserError, match=r"TurnAccepted\.v1 breaks its contract in 1 places") as refused:
        event_of("TurnAccepted.v1", event["metadata"], {**event["data"], "action_characters": "SECRET"})
    assert "SECRET" not in str(refused.value)


def test_a_step_that_failed_without_an_event_takes_no_other_steps_reply() -> None:
    spans = trace(*(event for event in resolved_turn() if event.metadata.event_id != "attempt-2"))

    (reply,) = find_named(spans, "chat understudy")
    (step,) = [span for span in spans if span.span_id == reply.parent_id]
    assert (step.error, step.milliseconds) == (None, 100)


def test_lost_progress_leaves_the_other_steps_where_they_are() -> None:
    without = [event for event in resolved_turn() if "/dm/1/" not in event.metadata.idempotency_key]

    assert [span for span in trace(*without) if span.name.startswith("execute_tool")] == [
        span for span in RESOLVED if span.name.startswith("execute_tool")
    ]
    assert len(find_named(trace(*without), "InvokeDungeonMaster")) == 3


def test_a_clients_trace_is_linked_and_never_taken_for_the_turns_own() -> None:
    linked = trace(*resolved_turn(traceparent="00-" + "-".join(CLIENTS_TRACE) + "-01"))
    garbled = trace(*resolved_turn(traceparent="00-" + "0" * 32 + "-00f067aa0ba902b7-01"))

    assert linked[0].links == (CLIENTS_TRACE,)
    assert [span.trace_id for span in linked] == [span.trace_id for span in RESOLVED]
    assert garbled[0].links == ()


def test_a_turn_is_whole_with_its_beginning_and_its_end() -> None:
    end = TurnAnsweredV1, TurnResolvedV1

    assert TurnTold.of(resolved_turn()).is_whole
    assert TurnTold.of(failed_turn()).is_whole
    assert not TurnTold.of(resolved_turn()[1:]).is_whole
    assert not TurnTold.of([event for event in resolved_turn() if not isinstance(event, end)]).is_whole
    assert trace(acceptance())[0].attributes["ninelives.turn.outcome"] == "open"


@pytest.mark.parametrize(("model", "provider"), [
    ("anthropic.claude-haiku-4-5", "aws.bedrock"),
    ("global.amazon.nova-2-lite-v1:0", "aws.bedrock"),
    ("arn:aws:bedrock:eu-west-1:111122223333:application-inference-profile/abc", "aws.bedrock"),
    ("qwen2.5:7b", "openai"),
    ("gpt-4.1-mini", "openai"),
    ("SmolLM2-135M-Instruct", "openai"),
    (None, "ninelives"),
])  # fmt: skip
def test_the_form_of_a_models_id_says_who_provides_it(model: str | None, provider: str) -> None:
    assert provider_of(model) == provider
