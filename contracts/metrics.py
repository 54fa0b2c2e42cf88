"""metrics: what was spent, counted from events."""

from datetime import date

from pydantic import Field

from contracts.envelope import Event, Value

__all__ = ["DayCeilingReachedV1"]


class DayCeilingReachedData(Value):
    day: date = Field(description="In UTC: until its end the understudy tells.")
    micro_dollars: int = Field(ge=0, description="What the day's turns cost, as far as they were counted.")
    tokens: int = Field(ge=0, description="In and out, cached ones included.")


class DayCeilingReachedV1(Event):
    """Progress: the deployment has spent on models what it may in a day. Said again while more is counted. The turn in
    the metadata is the one that was counted last, and no more to blame than any other of the day."""

    detail_type = "DayCeilingReached.v1"
    producer = "ninelives.metrics"
    data: DayCeilingReachedData
