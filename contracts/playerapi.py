"""The player API's bodies (`/v1`). Owned by gateway. Unlike every other reader, requests forbid unknown fields."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StrictInt, StrictStr

from contracts.campaign import CampaignSummary, DiceOfTurn, Sheet, StageTrace, Standing
from contracts.canon import CatClass, EntityRef
from contracts.chaos import Sabotage
from contracts.dm import Economy, GroundingReport, Usage
from contracts.envelope import Ancestor, CampaignId, Message, PlayerId, Slug, Text, TurnId, Value
from contracts.gateway import REASONS_TO_REPORT
from contracts.manifest import StoryManifest
from contracts.state import CONTENT_LEVELS, ContentLevel
from contracts.tools import Refusal, Roll

__all__ = [
    "AccountExport",
    "Campaign",
    "CampaignPage",
    "Dice",
    "EmailVerification",
    "EraseAccount",
    "Erasure",
    "FeedPage",
    "KeySet",
    "Leaderboard",
    "NewAccount",
    "NewCampaign",
    "NewFork",
    "NewPassword",
    "NewPasswordReset",
    "NewReport",
    "NewSession",
    "NewTurn",
    "Problem",
    "Report",
    "Session",
    "SessionRevocation",
    "SignedManifest",
    "SocketMessage",
    "Ticket",
    "Turn",
    "TurnPage",
    "World",
]

MAX_ACTION = 2000
MAX_NAME = 40


def _plain_text(value: str) -> str:
    """Text a person typed: no NUL or other control characters, no lone surrogates, not only blanks."""
    if any((ord(c) < 32 and c not in "\n\t") or ord(c) == 127 or 0xD800 <= ord(c) <= 0xDFFF for c in value):
        raise ValueError("must not contain control characters or unpaired surrogates")
    if not value.strip():
        raise ValueError("must not be blank")
    return value.strip()


class Body(BaseModel):
    """A request body: strict, because a typing error must not be taken for a wish."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class NewCharacter(Body):
    name: Annotated[StrictStr, Field(min_length=1, max_length=MAX_NAME), AfterValidator(_plain_text)]
    class_id: Annotated[StrictStr, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]


class NewCampaign(Body):
    character: NewCharacter
    content: ContentLevel | None = Field(
        default=None,
        description="What the story may hold, strictest first; 422 for more than the deployment allows. Absent: teen,"
        " or family where no more is allowed.",
    )


class NewTurn(Body):
    action: Annotated[StrictStr, Field(min_length=1, max_length=MAX_ACTION), AfterValidator(_plain_text)]
    expected_turn: Annotated[StrictInt, Field(ge=1)] | None = Field(
        default=None, description="The number this turn would have, as the client sees it; 409 when it would not."
    )
    chaos: Sabotage | None = Field(
        default=None, description="Break this on purpose in this turn; 403 unless the operator enabled chaos."
    )


class NewFork(Body):
    at_turn: Annotated[StrictInt, Field(ge=0, le=999_999)] = Field(
        description="The last turn that both campaigns share; 0 is the beginning."
    )


class NewReport(Body):
    """Why the story of a turn should be looked at. Without words: the story itself is what is looked at."""

    reason: Literal["wrong", "hurtful", "sexual", "hateful", "self-harm", "real-person", "other"]


Email = Annotated[StrictStr, Field(pattern=r"^[^@\s]{1,64}@[^@\s]{1,190}$", max_length=254)]
Password = Annotated[StrictStr, Field(min_length=12, max_length=99)]


class NewAccount(Body):
    """What a guest needs to come back from another device."""

    email: Email
    password: Password


class NewSession(Body):
    """Sign in with `email` and `password`, or go on with a `refresh_token`: one of the two."""

    email: Annotated[StrictStr, Field(max_length=254)] | None = None
    password: Annotated[StrictStr, Field(max_length=99)] | None = None
    refresh_token: Annotated[StrictStr, Field(max_length=8192)] | None = None


class SessionRevocation(Body):
    """Which session ends: its refresh token opens nothing any more."""

    refresh_token: Annotated[StrictStr, Field(min_length=1, max_length=8192)]


Code = Annotated[StrictStr, Field(pattern=r"^[!-~]{1,64}$")]
"""What came by mail."""


class EmailVerification(Body):
    """That mail to the account's e-mail is read: the code in it."""

    code: Code


class NewPasswordReset(Body):
    email: Email


class NewPassword(Body):
    """A password for an account whose old one is lost, with the code that came by mail."""

    email: Email
    code: Code
    password: Password


class EraseAccount(Body):
    """That all of a player is to be erased, for good."""

    confirm: Annotated[StrictStr, Field(max_length=64)] | None = Field(
        default=None, description="The word `erase`. Without it nothing is erased.", examples=["erase"]
    )


class Problem(Message):
    """RFC 9457. `type` is stable: programs may match on it."""

    type: str
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    instance: str | None = None
    errors: tuple[dict[str, Any], ...] | None = Field(default=None, description="Which fields, and what is wrong.")


class Disclosure(Value):
    """That stories are made by a machine. To be shown before the first turn, and wherever a story is shown or shared
    (Regulation (EU) 2024/1689, article 50)."""

    text: str = Field(description="In words for the player.")
    source_types: dict[str, str] = Field(
        description="For each `told_by` of a turn what its story is, for machines: IPTC's digital source type."
    )


class ContentChoice(Value):
    """A level of content that a campaign may ask for (`NewCampaign.content`)."""

    id: str = Field(json_schema_extra={"x-extensible-enum": list(CONTENT_LEVELS)})
    name: str
    text: str = Field(description="What it means, in words for the player.")
    usual: bool = Field(default=False, description="What a campaign has that asks for none.")


class World(Message):
    """What one may know before starting."""

    id: Slug
    name: str
    version: str
    tone: str
    premise: str
    classes: tuple[CatClass, ...]
    places: tuple[EntityRef, ...]
    disclosure: Disclosure | None = Field(default=None, description="Who tells the stories here.")
    content: tuple[ContentChoice, ...] = Field(default=(), description="What stories may hold here, strictest first.")


class Campaign(Message):
    id: CampaignId
    status: Literal["active", "ended"]
    turn: int = Field(ge=0, description="Turns resolved so far; the next one is this plus one.")
    version: int = Field(ge=1, description="Also the ETag: v<version>.")
    active_turn: TurnId | None = Field(default=None, description="A turn in progress.")
    sheet: Sheet
    started_at: AwareDatetime
    forked_from: Ancestor | None = Field(default=None, description="Of a fork: where its past is told.")
    opening: Text | None = Field(default=None, description="How its story begins, before turn 1.")
    suggested_actions: tuple[str, ...] = Field(default=(), description="What could be done in turn 1; empty after it.")


class CampaignPage(Message):
    """A page of one's campaigns, last touched first. Answered from a projection: a moment behind."""

    items: tuple[CampaignSummary, ...]
    next_cursor: str | None = None


class Dice(Message):
    """The proof of a campaign's dice: every roll, and the seed once the campaign has ended."""

    campaign_id: CampaignId
    commitment: str = Field(description="SHA-256 of the seed's 32 bytes, in hex; published when the campaign started.")
    seed: str | None = Field(default=None, description="In hex; absent while the campaign goes on.")
    turns: tuple[DiceOfTurn, ...] = ()
    next_after: int | None = Field(default=None, description="Ask again with after_turn=<this>; None at the end.")
    forked_from: Ancestor | None = Field(default=None, description="Of a fork: whose dice the turns before were.")


class FeedEvent(Value):
    """Something that happened to a campaign, as its player may see it. New types will come; skip those you do not know.

    `sequence` counts without a gap per campaign, in the order in which things became known here. `data` names things by
    id and carries no story: that is in the turn.
    """

    v: Literal[1] = 1
    type: str = Field(
        json_schema_extra={
            "x-extensible-enum": [
                "campaign-started",
                "turn-accepted",
                "turn-resolved",
                "turn-answered",
                "turn-failed",
                "campaign-ended",
            ]
        }
    )
    id: str = Field(description="Of the event: a second copy has the same.")
    campaign_id: CampaignId
    turn_id: TurnId | None = None
    sequence: int = Field(ge=1)
    sent_at: AwareDatetime
    data: dict[str, Any] = Field(default_factory=dict)


class ProgressEvent(Value):
    """A step of a running turn, told to whoever listens while it happens: best effort, in no feed and in no order.

    It may come twice, late, or not at all; `data.occurred_at` says when it was. New types will come; skip those you do
    not know.
    """

    v: Literal[1] = 1
    type: str = Field(
        json_schema_extra={
            "x-extensible-enum": ["lore-found", "master-answered", "master-failed", "tool-executed", "world-played"]
        }
    )
    id: str = Field(description="Of the event: a second copy has the same.")
    campaign_id: CampaignId
    turn_id: TurnId | None = None
    sent_at: AwareDatetime
    data: dict[str, Any] = Field(default_factory=dict)


class FeedPage(Message):
    """What happened after a sequence, oldest first. `next_after` is where to go on from here."""

    items: tuple[FeedEvent, ...] = ()
    next_after: int = Field(ge=0)
    more: bool = Field(description="Whether there is more already.")


ExportId = Annotated[str, Field(pattern=r"^x_[a-z2-7]{26}$")]


class AccountExport(Message):
    """An archive of what is held about the caller: a zip of JSON files, with a `manifest.json` that has the SHA-256 of
    each. While it is made, ask again."""

    export_id: ExportId
    state: str = Field(
        description="Of a failed one nothing is left: ask for another.",
        json_schema_extra={"x-extensible-enum": ["running", "ready", "failed"]},
    )
    begun_at: AwareDatetime
    kept_until: AwareDatetime | None = Field(default=None, description="Of a ready one: when it is deleted.")
    bytes: int | None = Field(default=None, ge=1, description="Of a ready one.")
    sha256: str | None = Field(default=None, description="Of a ready one: of the whole archive, in hex.")
    link: str | None = Field(
        default=None, description="Of a ready one: where to get it, without a token, for some minutes."
    )
    link_expires_at: AwareDatetime | None = Field(default=None, description="Then ask again for another link.")


class SocketMessage(Message):
    """What comes over the WebSocket: `event` carries a FeedEvent, `progress` steps of a running turn, `narration` its
    story as far as it is told, `export` an archive that is ready, without its link; the others answer what the client
    sent. New types will come; skip those you do not know.
    """

    v: Literal[1] = 1
    type: str = Field(
        json_schema_extra={
            "x-extensible-enum": ["event", "progress", "narration", "export", "subscribed", "pong", "problem"]
        }
    )
    event: FeedEvent | None = None
    progress: tuple[ProgressEvent, ...] | None = Field(default=None, description="Of `progress`: what came together.")
    campaign_id: CampaignId | None = None
    turn_id: TurnId | None = Field(default=None, description="Of `narration`.")
    told: str | None = Field(
        default=None, description="Of `narration`: the beginning of the turn's story, all of it so far. See Turn.told."
    )
    last_sequence: int | None = Field(default=None, ge=0, description="Of `subscribed`: the campaign's newest event.")
    problem: Problem | None = None
    export: AccountExport | None = Field(default=None, description="Of `export`.")


class Ticket(Message):
    """Opens one WebSocket, once, within a minute: connect to `url`."""

    ticket: str
    url: str
    expires_at: AwareDatetime


class Session(Message):
    """Tokens of a player. `access_token` goes into Authorization; `refresh_token` gets the next one."""

    player_id: PlayerId
    guest: bool
    access_token: str
    expires_in: int = Field(ge=1, description="Seconds.")
    refresh_token: str | None = Field(default=None, description="Absent when the one that was sent stays valid.")


class Erasure(Message):
    """How far the erasure of a player is. Its id is all that is needed to look: keep it."""

    erasure_id: str = Field(pattern=r"^e_[a-z2-7]{32}$")
    state: Literal["running", "done"]
    steps_done: int = Field(ge=0)
    steps: int = Field(ge=1)
    campaigns: int = Field(ge=0, description="Found so far.")
    campaigns_done: int = Field(ge=0)
    started_at: AwareDatetime


class Leaderboard(Message):
    """The best campaigns of a world: highest level, then most lives, then fewest turns. Nobody's name but yours."""

    world: Slug
    items: tuple[Standing, ...] = ()


class EffectView(Value):
    """An effect as the player sees it."""

    kind: str
    call: str
    detail: dict[str, Any] = Field(default_factory=dict)


class RefusalView(Value):
    tool: str
    refusal: Refusal


class Notice(Value):
    """Something about a turn that its player should be told, in plain words."""

    code: str = Field(json_schema_extra={"x-extensible-enum": ["day-ceiling", "day-share"]})
    text: str
    until: AwareDatetime | None = Field(default=None, description="When it is over.")


class Turn(Message):
    """A turn: accepted, running, resolved or failed. A finished one never changes."""

    id: TurnId
    campaign_id: CampaignId
    status: Literal["accepted", "running", "resolved", "failed"]
    action: str
    accepted_at: AwareDatetime
    number: int | None = Field(default=None, ge=1)
    told: str | None = Field(
        default=None,
        description="While it runs: the beginning of the story, as far as it is told. It only grows, and the narrative"
        " of the resolved turn begins with it.",
    )
    narrative: str | None = None
    suggested_actions: tuple[str, ...] = ()
    rolls: tuple[Roll, ...] = ()
    effects: tuple[EffectView, ...] = ()
    refusals: tuple[RefusalView, ...] = ()
    campaign: Sheet | None = Field(default=None, description="The sheet after the turn.")
    trace: tuple[StageTrace, ...] = ()
    usage: Usage | None = None
    report: GroundingReport | None = None
    told_by: Literal["model", "understudy"] | None = Field(
        default=None, description="Always a machine: a language model, which `usage.model` names, or a program."
    )
    economy: Economy | None = Field(default=None, description="How far a spending limit made the master save.")
    notice: Notice | None = Field(default=None, description="Why it is told otherwise than usual, from the beginning.")
    resolved_at: AwareDatetime | None = None
    problem: Problem | None = Field(default=None, description="Why a failed turn failed.")


class Report(Message):
    """A turn whose story was reported. It is looked at by whoever runs this deployment."""

    campaign_id: CampaignId
    turn_id: TurnId
    reason: str = Field(json_schema_extra={"x-extensible-enum": list(REASONS_TO_REPORT)})
    reported_at: AwareDatetime


class TurnPage(Message):
    """A page of a campaign's turns, newest first."""

    items: tuple[Turn, ...] = ()
    next_before: TurnId | None = Field(default=None, description="Ask again with before=<this>; None at the end.")


class SignedManifest(Message):
    """Who told the sentences of turns. One of the two: `jws`, whose payload is a StoryManifest and whose key is in
    `/v1/.well-known/jwks.json`, or the same `unsigned` where this deployment has no key."""

    jws: str | None = Field(default=None, description="RFC 7515, compact, ES256.")
    unsigned: StoryManifest | None = None
    next_before: TurnId | None = Field(default=None, description="Of a page: ask again with before=<this>.")


class PublicKey(Value):
    """A public key that manifests are signed with (RFC 7517)."""

    kty: Literal["EC"] = "EC"
    crv: Literal["P-256"] = "P-256"
    x: str
    y: str
    use: Literal["sig"] = "sig"
    alg: Literal["ES256"] = "ES256"
    kid: str = Field(description="The key's thumbprint (RFC 7638).")


class KeySet(Message):
    """Public keys (RFC 7517); none where manifests are not signed."""

    keys: tuple[PublicKey, ...] = ()
