"""Data points: what an event adds to the metrics and to the costs. The same event always adds the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from typing import Literal

from contracts.campaign import TurnResolvedV1
from contracts.envelope import Value
from contracts.gateway import StoryReportedV1, TurnAcceptedV1, TurnAnsweredV1, TurnFailedV1
from services.metrics.domain import reasons

Counted = StoryReportedV1 | TurnAcceptedV1 | TurnAnsweredV1 | TurnFailedV1 | TurnResolvedV1
Dimension = Literal["event_type", "stage", "model", "reason"]
UNKNOWN = "unknown"
SPENT = {"model_calls", "input_tokens", "output_tokens", "cached_tokens", "micro_dollars"}
"""The fields in which turns tell their costs under the names of the ledger."""


class Measurement(Value):
    """An amount that an event adds to one metric."""

    name: str
    amount: float
    unit: Literal["Count", "Milliseconds"] = "Count"


class DataPoint(Value):
    """Measurements under one dimension besides service and environment: one line for CloudWatch. No name is in it
    twice."""

    dimension: Dimension = "event_type"
    value: str
    measurements: tuple[Measurement, ...]


class CostLine(Value):
    """The cost of a turn, to be added to the line of its day and model."""

    day: str
    model: str
    turns: int = 1
    model_calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    micro_dollars: int = 0

    @property
    def tokens(self) -> int:
        """In and out, cached ones included."""
        return self.input_tokens + self.output_tokens + self.cached_tokens

    def plus(self, other: CostLine) -> CostLine:
        """The cost of both, on the day and with the model of this one."""
        amounts = self.model_dump(exclude={"day", "model"})
        return self.model_copy(update={name: amount + getattr(other, name) for name, amount in amounts.items()})


class ToCount(Value):
    """An event to be counted once: its turn, and its cost, if it says what was spent."""

    event_id: str
    turn: str
    cost: CostLine | None = None


def data_points(event: Counted, target_milliseconds: float) -> tuple[DataPoint, ...]:
    """The data points of an event. An answer is within target when it took at most `target_milliseconds`."""
    kind = event.detail_type
    match event:
        case TurnAcceptedV1():
            return (DataPoint(value=kind, measurements=_counts(TurnsAccepted=1)),)
        case StoryReportedV1():
            return (DataPoint(value=kind, measurements=_counts(StoriesReported=1)),)
        case TurnFailedV1():
            failed = (*_counts(TurnsFailed=1), _latency(event.data.milliseconds))
            return (DataPoint(value=kind, measurements=failed), *_costs(event))
        case TurnAnsweredV1():
            late = event.data.milliseconds > target_milliseconds
            kept = _counts(TurnsWithinTarget=int(not late), TurnsLate=int(late))
            answer = DataPoint(value=kind, measurements=(_latency(event.data.milliseconds), *kept))
            return (answer, *_stages(event))
        case TurnResolvedV1():
            return (_turn(event), *_costs(event), *_refusals(event))


def cost_of(event: Counted) -> CostLine | None:
    """The cost to add for this event, if any: a turn's end says what was spent on it, however it ended."""
    day = event.metadata.occurred_at.date().isoformat()
    match event:
        case TurnResolvedV1(data=data):
            return CostLine(
                day=day,
                model=data.model or data.told_by,
                **data.totals.model_dump(include=SPENT),
            )
        case TurnFailedV1(data=data) if data.usage:
            usage = data.usage
            return CostLine(
                day=day,
                model=usage.model or UNKNOWN,
                turns=0,
                model_calls=usage.calls,
                cached_tokens=usage.cache_read_tokens,
                **usage.model_dump(include=SPENT),
            )
    return None


def to_count(event: Counted) -> ToCount:
    """An event of no turn is marked by itself."""
    meta = event.metadata
    return ToCount(event_id=meta.event_id, turn=meta.turn_id or meta.event_id, cost=cost_of(event))


def sums(lines: Iterable[CostLine]) -> list[CostLine]:
    """The lines of the same day and model, added up."""
    found: dict[tuple[str, str], CostLine] = {}
    for line in lines:
        known = found.get((line.day, line.model))
        found[line.day, line.model] = known.plus(line) if known else line
    return list(found.values())


def sum_up(day: str, lines: Iterable[CostLine]) -> CostLine:
    """The cost of a day, whoever told its turns."""
    return reduce(CostLine.plus, lines, CostLine(day=day, model="all", turns=0))


def _turn(event: TurnResolvedV1) -> DataPoint:
    totals = event.data.totals
    counts = _counts(
        TurnsResolved=1,
        TurnsByUnderstudy=int(event.data.told_by == "understudy"),
        ToolCalls=totals.tool_calls,
        Refusals=totals.refusals,
        Rolls=totals.rolls,
        Repairs=totals.repairs,
    )
    return DataPoint(value=event.detail_type, measurements=counts)


def _costs(event: TurnResolvedV1 | TurnFailedV1) -> Iterator[DataPoint]:
    if cost := cost_of(event):
        counts = _counts(
            ModelCalls=cost.model_calls,
            InputTokens=cost.input_tokens,
            OutputTokens=cost.output_tokens,
            CachedTokens=cost.cached_tokens,
            MicroDollars=cost.micro_dollars,
        )
        yield DataPoint(dimension="model", value=cost.model, measurements=counts)


def _refusals(event: TurnResolvedV1) -> Iterator[DataPoint]:
    """The event names no more than 80 refusals, its total counts all: what it does not name has another reason."""
    by_reason = reasons.count_by_reason(event.data.refusals)
    by_reason[reasons.OTHER] += max(0, event.data.totals.refusals - by_reason.total())
    for reason, count in sorted((+by_reason).items()):
        yield DataPoint(dimension="reason", value=reason, measurements=_counts(Refusals=count))


def _stages(event: TurnAnsweredV1) -> Iterator[DataPoint]:
    """One for each time that a stage ran: rounds repeat stages, and each run has a latency of its own."""
    for stage in event.data.stages:
        latency = Measurement(name="StageLatency", amount=stage.milliseconds, unit="Milliseconds")
        yield DataPoint(
            dimension="stage", value=stage.stage, measurements=(latency, *_counts(StageRetries=stage.attempts - 1))
        )


def _latency(milliseconds: int) -> Measurement:
    return Measurement(name="TurnLatency", amount=milliseconds, unit="Milliseconds")


def _counts(**amounts: int) -> tuple[Measurement, ...]:
    return tuple(Measurement(name=name, amount=amount) for name, amount in amounts.items())
