"""Events of gateway."""

from pydantic import AwareDatetime, Field

from contracts.dm.reports import Usage
from contracts.envelope import Event, PlayerId, Value


class TurnAcceptedData(Value):
    owner: PlayerId
    accepted_at: AwareDatetime
    action_characters: int = Field(
        ge=1, le=2000, description="Length of the text; the text itself stays with the turn."
    )


class TurnAcceptedV1(Event):
    """A turn was admitted: from now on it must end."""

    detail_type = "TurnAccepted.v1"
    producer = "ninelives.gateway"
    data: TurnAcceptedData


class StageTiming(Value):
    stage: str
    attempts: int = Field(ge=1)
    milliseconds: int = Field(ge=0)
    error: str | None = None


class TurnAnsweredData(Value):
    owner: PlayerId
    number: int = Field(ge=1)
    milliseconds: int = Field(ge=0, description="From acceptance to the answer.")
    stages: tuple[StageTiming, ...] = Field(default=(), max_length=200)


class TurnAnsweredV1(Event):
    """The player's answer is ready to be read."""

    detail_type = "TurnAnswered.v1"
    producer = "ninelives.gateway"
    data: TurnAnsweredData


class TurnFailedData(Value):
    owner: PlayerId
    error: str
    stage: str
    milliseconds: int = Field(ge=0, description="From acceptance to giving up.")
    usage: Usage | None = Field(default=None, description="What was spent on it; None: nothing, or nobody knows.")


class TurnFailedV1(Event):
    """A turn was given up. Nothing of it was applied."""

    detail_type = "TurnFailed.v1"
    producer = "ninelives.gateway"
    data: TurnFailedData


REASONS_TO_REPORT = ("wrong", "hurtful", "sexual", "hateful", "self-harm", "real-person", "other")


class StoryReportedData(Value):
    reason: str = Field(max_length=64, json_schema_extra={"x-extensible-enum": list(REASONS_TO_REPORT)})
    number: int | None = Field(default=None, ge=1, description="Of the turn whose story it is.")


class StoryReportedV1(Event):
    """A player reported the story of a turn. Nothing of the story is in it, nor a word of the player's."""

    detail_type = "StoryReported.v1"
    producer = "ninelives.gateway"
    data: StoryReportedData


class ReportClosedData(Value):
    reason: str = Field(max_length=64, json_schema_extra={"x-extensible-enum": list(REASONS_TO_REPORT)})


class ReportClosedV1(Event):
    """An operator has looked at a reported story and is done with it."""

    detail_type = "ReportClosed.v1"
    producer = "ninelives.gateway"
    data: ReportClosedData
