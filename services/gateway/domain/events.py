"""The gateway's events, numbered in their campaign's stream `turns/<campaign>`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from contracts.envelope import Event, EventMetadata
from contracts.gateway import (
    ReportClosedData,
    ReportClosedV1,
    StageTiming,
    StoryReportedData,
    StoryReportedV1,
    TurnAcceptedData,
    TurnAcceptedV1,
    TurnAnsweredData,
    TurnAnsweredV1,
    TurnFailedData,
    TurnFailedV1,
)
from contracts.steps import STEPS
from services.gateway.domain.records import TurnRecord
from services.gateway.domain.streams import stream_of

if TYPE_CHECKING:
    from contracts.campaign import StageTrace
    from contracts.gateway import FailTurn


def make_turn_accepted(turn: TurnRecord) -> TurnAcceptedV1:
    data = TurnAcceptedData(owner=turn.owner, accepted_at=turn.accepted_at, action_characters=len(turn.action))
    metadata = _metadata(TurnAcceptedV1, turn, STEPS.accept, turn.ordinal, turn.accepted_at)
    return TurnAcceptedV1(metadata=metadata, data=data)


def make_turn_answered(
    turn: TurnRecord, number: int, trace: tuple[StageTrace, ...], sequence: int, now: datetime
) -> Event:
    data = TurnAnsweredData(
        owner=turn.owner,
        number=number,
        milliseconds=_since(turn, now),
        stages=tuple(StageTiming.model_validate(step.model_dump()) for step in trace),
    )
    return TurnAnsweredV1(metadata=_metadata(TurnAnsweredV1, turn, STEPS.format, sequence, now), data=data)


def make_turn_failed(turn: TurnRecord, request: FailTurn, sequence: int, now: datetime) -> Event:
    data = TurnFailedData(
        owner=turn.owner,
        error=request.error,
        stage=request.stage,
        milliseconds=_since(turn, now),
        usage=request.usage if request.usage.calls else None,
    )
    return TurnFailedV1(metadata=_metadata(TurnFailedV1, turn, STEPS.fail, sequence, now), data=data)


def make_story_reported(turn: TurnRecord, reason: str, sequence: int, now: datetime) -> StoryReportedV1:
    data = StoryReportedData(reason=reason, number=turn.number)
    return StoryReportedV1(metadata=_metadata(StoryReportedV1, turn, "report", sequence, now), data=data)


def make_report_closed(turn: TurnRecord, reason: str, sequence: int, now: datetime) -> ReportClosedV1:
    metadata = _metadata(ReportClosedV1, turn, "report/closed", sequence, now)
    return ReportClosedV1(metadata=metadata, data=ReportClosedData(reason=reason))


def _metadata(kind: type[Event], turn: TurnRecord, step: str, sequence: int, now: datetime) -> EventMetadata:
    stream = stream_of(turn.campaign_id)
    return turn.envelope(step).metadata(
        kind, event_id=f"{stream}/{sequence}", now=now, stream=stream, sequence=sequence, causation_id=turn.turn_id
    )


def _since(turn: TurnRecord, now: datetime) -> int:
    return max(0, round((now - turn.accepted_at).total_seconds() * 1000))
