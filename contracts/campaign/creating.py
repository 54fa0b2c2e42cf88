"""Starting a campaign, and looking at it."""

from pydantic import AwareDatetime, Field

from contracts.campaign.sheet import Sheet
from contracts.canon.cats import CatClass, Item, Manifest, Opening
from contracts.canon.figures import EntityRef, Name
from contracts.canon.places import Place
from contracts.envelope import Ancestor, Envelope, Lineage, Message, PlayerId
from contracts.state import ContentLevel


class CreateCampaign(Message):
    """Start a campaign. The same campaign id again gives the campaign that was started first."""

    envelope: Envelope
    owner: PlayerId
    name: Name
    cat: CatClass
    items: tuple[Item, ...] = Field(default=(), max_length=8, description="What the class starts with.")
    world: Manifest
    start: Place
    haven: EntityRef
    content: ContentLevel | None = Field(default=None, description="What its story may hold; None: the usual.")


class ForkCampaign(Message):
    """Start a campaign from another one as it was after a turn. The envelope's campaign id is the new one's; the same
    id again gives the fork that was started first. Its dice have a seed of their own."""

    envelope: Envelope
    owner: PlayerId
    origin: Ancestor


class CampaignCreated(Message):
    envelope: Envelope
    sheet: Sheet
    started_at: AwareDatetime
    lineage: Lineage = ()
    opening: Opening | None = Field(default=None, description="Told before the first turn; a fork has its parent's.")


class ViewCampaign(Message):
    envelope: Envelope


class CampaignViewed(Message):
    envelope: Envelope
    owner: PlayerId
    sheet: Sheet
    started_at: AwareDatetime
    lineage: Lineage = ()
    opening: Opening | None = Field(default=None, description="Told before the first turn; a fork has its parent's.")
