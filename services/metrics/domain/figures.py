"""What an event adds to the figures: pure, so that the same event always adds the same."""

from __future__ import annotations

from typing import Literal

from contracts.campaign import TurnResolvedV1
from contracts.envelope import Value
from contracts.gateway import TurnAcceptedV1, TurnAnsweredV1, TurnFailedV1

Counted = TurnAcceptedV1 | TurnAnsweredV1 | TurnFailedV1 | TurnResolvedV1


class Figure(Value):
    """One data point, under one dimension besides service and environment."""

    name: str
    amount: float
    unit: Literal["Count", "Milliseconds"] = "Count"
    dimension: Literal["event_type", "stage", "model"] = "event_type"
    value: str


class LedgerLine(Value):
    """What a turn cost, to be added to the line of its day and model."""

    day: str
    model: str
    turns: int = 1
    model_calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    micro_dollars: int = 0


def figures_of(event: Counted) -> tuple[Figure, ...]:
    """The data points of an event. Empty for none."""
    match event:
        case TurnAcceptedV1():
            return _counts(event, TurnsAccepted=1)
        case TurnFailedV1():
            return (*_counts(event, TurnsFailed=1), _latency(event, event.data.milliseconds))
        case TurnAnsweredV1():
            return (_latency(event, event.data.milliseconds), *_stages(event))
        case TurnResolvedV1():
            return _resolved(event)


def ledger_line(event: Counted) -> LedgerLine | None:
    """What the ledger should add for this event, if anything: only a resolved turn says what was spent."""
    if not isinstance(event, TurnResolvedV1):
        return None
    totals = event.data.totals
    return LedgerLine(
        day=event.metadata.occurred_at.date().isoformat(),
        model=event.data.model or event.data.told_by,
        model_calls=totals.model_calls,
        input_tokens=totals.input_tokens,
        output_tokens=totals.output_tokens,
        cached_tokens=totals.cached_tokens,
        micro_dollars=totals.micro_dollars,
    )


def _resolved(event: TurnResolvedV1) -> tuple[Figure, ...]:
    totals = event.data.totals
    model = event.data.model or event.data.told_by
    spent = {
        "ModelCalls": totals.model_calls,
        "InputTokens": totals.input_tokens,
        "OutputTokens": totals.output_tokens,
        "CachedTokens": totals.cached_tokens,
        "MicroDollars": totals.micro_dollars,
    }
    return (
        *_counts(
            event,
            TurnsResolved=1,
            TurnsByUnderstudy=int(event.data.told_by == "understudy"),
            ToolCalls=totals.tool_calls,
            Refusals=totals.refusals,
            Rolls=totals.rolls,
            Repairs=totals.repairs,
        ),
        *(Figure(name=name, amount=amount, dimension="model", value=model) for name, amount in spent.items()),
    )


def _stages(event: TurnAnsweredV1) -> tuple[Figure, ...]:
    return tuple(
        figure
        for stage in event.data.stages
        for figure in (
            Figure(
                name="StageLatency",
                amount=stage.milliseconds,
                unit="Milliseconds",
                dimension="stage",
                value=stage.stage,
            ),
            Figure(name="StageRetries", amount=stage.attempts - 1, dimension="stage", value=stage.stage),
        )
    )


def _latency(event: Counted, milliseconds: int) -> Figure:
    return Figure(name="TurnLatency", amount=milliseconds, unit="Milliseconds", value=event.detail_type)


def _counts(event: Counted, **amounts: int) -> tuple[Figure, ...]:
    return tuple(Figure(name=name, amount=amount, value=event.detail_type) for name, amount in amounts.items())
