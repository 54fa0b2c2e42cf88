"""The turn's workflow: one turn from its first state to its answer. `docs/turn.md` says what each state is for.

`make schemas` writes it to `turn.asl.json`, which is what is deployed, read by the local cloud and run by the tests.
"""

from __future__ import annotations

from typing import Any

from infra.turn_limits import TurnLimits
from infra.workflows.keys import MOST_REPAIRS, MOST_ROUNDS
from infra.workflows.retries import BRIEF, CLOSING, model
from infra.workflows.states import (
    LEAVE_IT,
    Catch,
    State,
    append_span,
    catch_all,
    cause,
    choice,
    expression,
    failure,
    reply,
    span,
    task,
    traced_failure,
    variable,
    variables,
    way,
)

LORE = ("canon", "briefing", "passages", "common", "names", "guarded")
SEEN = ("briefing", "passages", "common", "names", "guarded")
"""Lore for the game master and for whoever checks its reply; the canon is for the rules."""
COUNTED = ("calls", "input_tokens", "output_tokens", "cache_read_tokens", "cache_write_tokens", "micro_dollars")
SAVING = ("full", "short-context", "cheap-model", "understudy")
"""Steps of saving that a spending limit made the game master take, least first."""
UNPLAYED: dict[str, Any] = {"outcomes": [], "consequences": [], "refused": {}}
UNDERSTUDY = {"provider": "understudy", "repairs": 0, "violation": None}
"""The understudy takes over: what it is asked next is the first try of a reply of its own."""
SPENT = {"turn": variable("usage.micro_dollars"), "campaign": variable("spent_before")}
CLEAN = {"checked": [], "findings": [], "repairs": 0, "resolution": "clean"}
_SETTLED = "$states.result.Payload.settled"
_ONES_REFUSAL = "function($one) {{$one.outcome.key: $one.refused.reason}}"
_REFUSED = f"$map($filter({_SETTLED}, function($one) {{$boolean($one.refused)}}), {_ONES_REFUSAL})"
"""Each thing by a variable: AWS evaluates no bare name at the top level, and where else it does is said nowhere."""


_FRUGAL = "$states.input.provider = 'understudy'"
"""The gateway admitted the turn when the day's money was spent."""


def _look(step: str, then: str, comment: str | None = None) -> State:
    """The state that finds what the rules and the game master know of the scene as it is now."""
    payload = variables("action", "scene")
    return task("RetrieveLore", step, payload, assign={name: reply(name) for name in LORE}, then=then, comment=comment)


def _settle(step: str, played: dict[str, str], then: str, **more: Any) -> State:
    """Fold outcomes, in order, over the working copy. `played` is the round as the game master is told of it."""
    assign = {
        "scene": reply("scene"),
        "outcomes": expression(f"[$outcomes, {_SETTLED}.outcome]"),
        "played": played,
    }
    payload = {"scene": variable("scene"), "outcomes": variable("states.input")}
    return task("SettleEffects", step, payload, assign=assign, then=then, **more)


def _add_usage(*, told: bool = True) -> str:
    """The usage of all model calls of the turn, those of this reply included. The model and its prompt are those of the
    last that told it."""
    used = "$states.result.Payload.usage"
    last = "{1}: $boolean({0}.{2}) ? {0}.{2} : $usage.{2}" if told else "{1}: $usage.{2}"
    names = ", ".join(last.format(used, f"'{name}'", name) for name in ("model", "prompt"))
    sums = ", ".join(f"'{name}': $usage.{name} + {used}.{name}" for name in COUNTED)
    return expression(f"{{{names}, {sums}}}")


def _check(step: str, reply_checked: str, report: str, **more: Any) -> State:
    """Check a reply, and decide what happens next."""
    payload = {
        "reply": variable(reply_checked),
        **variables("action", "scene", *SEEN, "memories", "rounds", "tools_allowed", "repairs"),
        "report": variable(report),
    }
    payload |= more.pop("payload", {})
    assign = {**more.pop("assign", {}), "report": reply("report")}
    return task("ValidateAndRoute", step, payload, assign=assign, output=reply(), then="Route", **more)


def _economy() -> str:
    """The furthest that the game master had to save in any of its replies."""
    ranks = "{" + ", ".join(f"'{name}': {place}" for place, name in enumerate(SAVING)) + "}"
    now = "$states.result.Payload.economy"
    return expression(f"$lookup({ranks}, {now}) > $lookup({ranks}, $economy) ? {now} : $economy")


def _goes_on(routed: str) -> Catch:
    """After any error the story is told as the first check left it."""
    caught_here = catch_all("PersistCampaign", {"trace": traced_failure()})
    return [{**each, "Output": variable(routed)} for each in caught_here]


BEGINNING: dict[str, State] = {
    "Begin": {
        "Type": "Pass",
        "Comment": "What the turn knows and counts lives in variables, so that states hand over no more than they "
        "must.",
        "Assign": {
            "envelope": variable("states.input.envelope"),
            "turn": variable("states.input.envelope.turn_id"),
            "action": variable("states.input.action"),
            "chaos": expression("$boolean($states.input.chaos) ? $states.input.chaos : null"),
            "turns_resolved": expression("$exists($states.input.turns_resolved) ? $states.input.turns_resolved : null"),
            "provider": expression(f"{_FRUGAL} ? 'understudy' : 'model'"),
            "round_number": 0,
            "repairs": 0,
            "violation": None,
            "tools_allowed": True,
            "rounds": [],
            "outcomes": [],
            "played": UNPLAYED,
            "usage": {"model": None, "prompt": None, **dict.fromkeys(COUNTED, 0)},
            "report": CLEAN,
            "reported": CLEAN,
            "said": None,
            "told_by": "model",
            "memories": [],
            "economy": expression(f"{_FRUGAL} ? 'understudy' : 'full'"),
            "trace": [],
            "failure": {"error": "", "cause": "", "stage": ""},
        },
        "Output": {},
        "Next": "OpenTurn",
    },
    "OpenTurn": task(
        "OpenTurn",
        "open",
        variables("turns_resolved"),
        assign={
            "turn_number": reply("number"),
            "base_version": reply("base_version"),
            "base": expression("$boolean($states.result.Payload.base) ? $states.result.Payload.base : null"),
            "scene": reply("scene"),
            "history": reply("history"),
            "lineage": expression("[$states.result.Payload.lineage]"),
            "spent_before": expression(
                "$boolean($states.result.Payload.spent_micro_dollars) ? $states.result.Payload.spent_micro_dollars : 0"
            ),
            "seed": reply("seed"),
        },
        then="RetrieveLore",
    ),
    "RetrieveLore": _look("lore", then="IsThereAPast"),
    "IsThereAPast": choice(
        way("$turn_number - $count($history) > 1", "RecallChronicle"),
        comment="What happened before the turns that are remembered word for word; a young story has no such turns.",
        default="InvokeDungeonMaster",
    ),
    "RecallChronicle": task(
        "RecallChronicle",
        "recall",
        {
            "action": variable("action"),
            "present": expression(
                "[$map([$briefing.npcs, $briefing.place, $briefing.features, $scene.state.encounter.enemies,"
                " $briefing.enemies], function($one) {{'id': $one.id, 'name': $one.name}})]"
            ),
            "before_turn": expression("$turn_number - $count($history)"),
            "lineage": variable("lineage"),
        },
        comment="What the story knows of what the action touches. Memory never fails a turn: tried briefly, "
        "then done without.",
        assign={"memories": reply("memories")},
        retries=BRIEF,
        catch=catch_all("InvokeDungeonMaster", {"trace": traced_failure()}),
        then="InvokeDungeonMaster",
    ),
}

_GIVEN_UP_FOR = (
    "$boolean($states.result.Payload.reason) ? $states.result.Payload.reason : $substring($failure.error, 0, 128)"
)
"""The reason of whoever gave the turn up first: at its deadline another did. A service of before tells none."""
_ROUTED = "$states.result.Payload.routed"
_ROUTED_HERE = f"$boolean({_ROUTED})"
_AGE = "$millis() - $toMillis($states.context.Execution.StartTime)"


def _master(limits: TurnLimits) -> dict[str, State]:
    """The game master's reply, and where it goes. No model is asked for a second reply in a turn that is slow."""
    in_time = f"{_AGE} <= {limits.slow_after_seconds * 1000}"
    return {
        "InvokeDungeonMaster": task(
            "InvokeDungeonMaster",
            "dm",
            {
                **variables("provider", "action"),
                "number": variable("turn_number"),
                **variables("scene", *SEEN, "history", "memories"),
                "spent": SPENT,
                **variables("rounds", "tools_allowed", "violation", "repairs", "report", "chaos"),
            },
            comment="Exactly one model call. A reply that was paid for is kept under its key and never paid for again. "
            "It comes with the verdict on it.",
            assign={
                "told_by": reply("told_by"),
                "economy": _economy(),
                "usage": _add_usage(),
                "said": reply(),
                "reported": variable("report"),
                "report": expression(f"{_ROUTED_HERE} ? {_ROUTED}.report : $report"),
            },
            output=expression(f"{_ROUTED_HERE} ? {_ROUTED} : $states.result.Payload"),
            retries=model(limits.retries),
            catch=catch_all("WhoFailed", {"failure": failure(), "trace": traced_failure()}),
            seconds=limits.state_seconds,
            then="IsItChecked",
        ),
        "IsItChecked": choice(
            way("$exists($states.input.route)", "Route"),
            comment="A game master's function that does not check its own replies has them checked by the other one.",
            default="ValidateAndRoute",
        ),
        "WhoFailed": choice(
            way(
                "$provider = 'model' and $not($failure.error in ['InvalidRequest', 'KeyReused'])",
                "InvokeDungeonMaster",
                assign=UNDERSTUDY,
            ),
            comment="A model that fails is stood in for; an understudy that fails, or a message that breaks its "
            "contract, is a bug.",
            default="VoidTurn",
        ),
        "ValidateAndRoute": _check(
            "check",
            "states.input",
            "report",
            assign={"said": variable("states.input"), "reported": variable("report")},
        ),
        "Route": choice(
            way("$states.input.route = 'execute' and $tools_allowed", "ExecuteTools"),
            way(
                "$states.input.route = 'respond' and $count($states.input.unread) > 0"
                f" and {_AGE} <= {limits.judged_until_seconds * 1000}",
                "JudgeNarrative",
            ),
            way("$states.input.route = 'respond'", "PersistCampaign"),
            way(
                f"$states.input.route = 'repair' and $provider = 'model' and $repairs < {MOST_REPAIRS} and {in_time}",
                "InvokeDungeonMaster",
                assign={"violation": variable("states.input.violation"), "repairs": expression("$repairs + 1")},
                Output={},
            ),
            way("$provider = 'model'", "InvokeDungeonMaster", assign=UNDERSTUDY, Output={}),
            comment=f"Bounded: {MOST_ROUNDS} rounds of tools, {MOST_REPAIRS} repair per reply, then the understudy, "
            "whose reply must stand.",
            assign={
                "failure": {
                    "error": "UnderstudyUnclean",
                    "cause": expression("$substring($string($states.input.violation), 0, 2000)"),
                    "stage": "ValidateAndRoute",
                }
            },
            default="VoidTurn",
        ),
    }


SECOND_READER: dict[str, State] = {
    "JudgeNarrative": task(
        "JudgeNarrative",
        "judge",
        {
            **variables("action", "scene", "briefing", "passages", "rounds"),
            "spent": SPENT,
            "unread": variable("states.input.unread"),
        },
        comment="Where a second reader is configured: one call about what the rules could not read. Without its word "
        "the first verdict stands.",
        assign={"usage": _add_usage(told=False)},
        output={"routed": variable("states.input"), "judged": reply("verdicts")},
        retries=BRIEF,
        catch=_goes_on("states.input"),
        seconds=15,
        then="ValidateJudged",
    ),
    "ValidateJudged": _check(
        "check_judged",
        "said",
        "reported",
        payload={"judged": variable("states.input.judged")},
        comment="The same reply, read with the verdicts. It leaves nothing unread, so nobody is asked twice.",
        catch=_goes_on("states.input.routed"),
    ),
}


def _round(limits: TurnLimits) -> dict[str, State]:
    """A round of intents, by the rules. From a slow turn on, the understudy tells."""
    return {
        "ExecuteTools": {
            "Type": "Map",
            "Comment": "Intents of one reply see the same scene, so they may run side by side; settling decides in "
            "call order.",
            "MaxConcurrency": 5,
            "Items": variable("states.input.calls"),
            "ItemSelector": {
                "index": variable("states.context.Map.Item.Index"),
                "call": variable("states.context.Map.Item.Value"),
            },
            "ItemProcessor": {
                "ProcessorConfig": {"Mode": "INLINE"},
                "StartAt": "ExecuteTool",
                "States": {
                    "ExecuteTool": task(
                        "ExecuteTool",
                        "tool",
                        {"call": variable("states.input.call"), **variables("scene", "canon", "seed", "chaos")},
                        output={"outcome": reply("outcome"), "trace": expression(span())},
                        catch=None,
                        is_traced=False,
                    )
                },
            },
            "Assign": {"trace": append_span("$states.result.trace")},
            "Output": expression("[$states.result.outcome]"),
            "Catch": catch_all(
                "VoidTurn",
                {"failure": failure(stage="ExecuteTool"), "trace": traced_failure(name="'ExecuteTool'", attempts="1")},
            ),
            "Next": "SettleEffects",
        },
        "SettleEffects": _settle(
            "settle",
            {
                "outcomes": expression(f"[{_SETTLED}.outcome]"),
                "consequences": expression(f"[{_SETTLED}.consequences]"),
                "refused": expression(f"$merge([{_REFUSED}])"),
            },
            output={"seen_changed": expression("$not($states.result.Payload.seen_changed = false)")},
            then="IsThereNews",
        ),
        "IsThereNews": choice(
            way("$states.input.seen_changed", "RefreshLore", Output={}),
            way("$scene.budget.acted", "PlayWorld", Output={}),
            comment="What lore says of a scene is asked for where it may be something else; the world, where there was "
            "a deed.",
            default="NextRound",
        ),
        "RefreshLore": _look(
            "lore_settled", then="PlayWorld", comment="What the character sees now that the round is settled."
        ),
        "PlayWorld": task(
            "PlayWorld",
            "world",
            variables("scene", "canon", "seed"),
            comment="Answers a deed, and nothing but a deed: enemies act once a turn, hostile ones attack, quests "
            "advance, time passes.",
            output=reply("outcomes"),
            then="DidTheWorldAct",
        ),
        "DidTheWorldAct": choice(
            way("$count($states.input) > 0", "SettleWorld", assign={"place": variable("scene.state.place.id")}),
            default="NextRound",
        ),
        "SettleWorld": _settle(
            "settle_world",
            {
                "outcomes": expression(f"[$played.outcomes, {_SETTLED}.outcome]"),
                "consequences": expression(f"[$played.consequences, {_SETTLED}.consequences]"),
                "refused": expression(f"$merge($append([$played.refused], {_REFUSED}))"),
            },
            then="WasTheCharacterMoved",
        ),
        "WasTheCharacterMoved": choice(
            way("$scene.state.place.id != $place", "LookAround"),
            comment="Losing a life wakes the cat elsewhere.",
            default="NextRound",
        ),
        "LookAround": _look("lore_moved", then="NextRound"),
        "NextRound": {
            "Type": "Pass",
            "Comment": "The understudy takes over from a model that has been slow: the turn must end well inside its "
            "limit.",
            "Assign": {
                "rounds": expression("[$rounds, $played]"),
                "tools_allowed": expression(f"$tools_allowed and $round_number < {MOST_ROUNDS - 1}"),
                "provider": expression(f"{_AGE} > {limits.slow_after_seconds * 1000} ? 'understudy' : $provider"),
                "repairs": 0,
                "violation": None,
                "round_number": expression("$round_number + 1"),
            },
            "Output": {},
            "Next": "InvokeDungeonMaster",
        },
    }


END: dict[str, State] = {
    "PersistCampaign": task(
        "PersistCampaign",
        "persist",
        {
            **variables("base_version", "base", "action", "outcomes"),
            "telling": {
                "narrative": variable("states.input.narrative"),
                "suggested_actions": variable("states.input.suggested_actions"),
                **variables("told_by", "usage", "report", "economy"),
            },
        },
        comment="The one commit point.",
        output={"committed": reply()},
        then="FormatResponse",
    ),
    "FormatResponse": task(
        "FormatResponse",
        "format",
        {"committed": variable("states.input.committed"), "trace": variable("trace")},
        output=reply(),
        retries=CLOSING,
        catch=LEAVE_IT,
        is_traced=False,
    ),
    "VoidTurn": task(
        "VoidTurn",
        "void",
        {"reason": expression("$substring($failure.error, 0, 128)")},
        comment="Given up for good at the campaign first, so that no late commit can contradict what the player is "
        "told.",
        output={"committed": reply("committed"), "reason": expression(_GIVEN_UP_FOR)},
        retries=CLOSING,
        catch=LEAVE_IT,
        then="WasItCommitted",
    ),
    "WasItCommitted": choice(way("$boolean($states.input.committed)", "FormatResponse"), default="FailTurn"),
    "FailTurn": task(
        "FailTurn",
        "fail",
        {
            "error": variable("states.input.reason"),
            "cause": variable("failure.cause"),
            "stage": variable("failure.stage"),
            **variables("usage", "trace"),
        },
        output=reply(),
        retries=CLOSING,
        catch=LEAVE_IT,
        is_traced=False,
    ),
    "LeftForTheDeadline": {
        "Type": "Fail",
        "Comment": "The turn could not be closed now; its deadline message closes it.",
        "Error": variable("states.input.Error"),
        "Cause": expression(cause("$states.input.Cause")),
    },
}


def compose_turn(limits: TurnLimits) -> dict[str, Any]:
    """The workflow with these limits."""
    return {
        "Comment": "One turn. Each state is one durable step under its own key: a retry repeats only the step that "
        "failed.",
        "QueryLanguage": "JSONata",
        "TimeoutSeconds": limits.turn_seconds,
        "StartAt": "Begin",
        "States": {**BEGINNING, **_master(limits), **SECOND_READER, **_round(limits), **END},
    }
