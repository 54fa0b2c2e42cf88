"""The player's view of a campaign, and of a turn's way through the workflow."""

from pydantic import Field

from contracts.envelope import Text, Value
from contracts.state import CampaignState, Derived


class RecentTurn(Value):
    """A resolved turn, as the story remembers it word for word."""

    number: int = Field(ge=1)
    action: Text
    narrative: Text


class Sheet(Value):
    """The player's view of the campaign: the state and the figures derived from it, without the seed."""

    state: CampaignState
    derived: Derived


class StageTrace(Value):
    """One step of a turn's workflow, as the player may see it behind the curtain."""

    stage: str = Field(min_length=1, max_length=64)
    attempts: int = Field(ge=1, description="1 when it worked at once.")
    milliseconds: int = Field(ge=0, description="From entering the state to leaving it, waits between tries included.")
    error: str | None = Field(default=None, max_length=128, description="The named error it gave up with.")
