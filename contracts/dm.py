"""dm: the game master. Proposes intents and tells the story; what it says is checked before anything happens."""

from typing import Literal

from pydantic import Field

from contracts.chaos import Sabotage
from contracts.chronicle import Memory
from contracts.effects import Consequence
from contracts.envelope import Envelope, Event, Message, Slug, Text, TurnId, Value
from contracts.lore import Briefing, Passage
from contracts.state import Scene
from contracts.tools import MOST_CALLS, Outcome, ToolCall

__all__ = [
    "DungeonMasterFailedV1",
    "DungeonMasterReplied",
    "DungeonMasterRespondedV1",
    "ForgetReplies",
    "InvokeDungeonMaster",
    "JudgeNarrative",
    "NarrativeJudged",
    "NarrativeTold",
    "RepliesForgotten",
    "ReplyRouted",
    "ValidateAndRoute",
]

Told = Literal["model", "understudy"]
JudgeMode = Literal["off", "shadow", "gate"]
"""Whether a second reader is asked about sentences that the rules cannot read, and whether what it says counts."""
MOST_UNREAD = 40


class Usage(Value):
    """What model calls consumed. Micro-dollars are computed from a price table, not billed figures."""

    model: str | None = Field(default=None, max_length=200, description="The last model that answered.")
    prompt: str | None = Field(default=None, max_length=64, description="The fixed texts that it was asked with.")
    calls: int = Field(default=0, ge=0)
    input_tokens: int = Field(default=0, ge=0, description="Not counting cached ones.")
    output_tokens: int = Field(default=0, ge=0)
    cache_read_tokens: int = Field(default=0, ge=0)
    cache_write_tokens: int = Field(default=0, ge=0)
    micro_dollars: int = Field(default=0, ge=0)


Economy = Literal["full", "short-context", "cheap-model", "understudy"]
"""How far a spending limit made the game master save: each step includes the ones before it."""


class Spent(Value):
    """What was spent so far, in micro-dollars."""

    turn: int = Field(default=0, ge=0)
    campaign: int = Field(default=0, ge=0, description="Of all turns before this one.")


class Remembered(Value):
    """An earlier turn, word for word."""

    number: int = Field(ge=1)
    action: Text
    narrative: Text


class PlayedRound(Value):
    """A round of this turn: what was called and what the rules and the campaign made of it."""

    outcomes: tuple[Outcome, ...] = Field(default=(), max_length=24)
    consequences: tuple[Consequence, ...] = Field(
        default=(), max_length=24, description="What followed: lives, levels."
    )
    refused: dict[str, str] = Field(default_factory=dict, description="Outcome key to why it was not applied.")


class Finding(Value):
    """Something in a reply that does not stand."""

    code: Slug
    subject: str = Field(max_length=200, description="The call, the name or the number it is about.")
    detail: Text


class BeatVerdict(Value):
    """What became of one beat, or of one sentence of a story in free text. `added`: a fact that the story left out."""

    kind: Literal["fact", "speech", "colour"]
    verdict: Literal["kept", "replaced", "dropped", "added"]
    rule: Slug | None = Field(default=None, description="Why it was not kept.")
    facts: tuple[str, ...] = Field(default=(), max_length=16, description="The facts that were told in its place.")
    told: int | None = Field(default=None, ge=0, description="Characters of the story that it came to.")


class UnreadSentence(Value):
    """A sentence of a story that the rules could neither confirm nor refute."""

    number: int = Field(ge=1, le=1000, description="Its place among the sentences of the reply's beats.")
    text: str = Field(min_length=1, max_length=1000)


class JudgedSentences(Value):
    """How many sentences a second reader was asked about and judged, and how many of them `gate` keeps for it."""

    mode: JudgeMode
    asked: int = Field(ge=0)
    judged: int = Field(ge=0)
    kept: int = Field(ge=0, description="In `shadow`: would be kept.")


class GroundingReport(Value):
    """What was checked in the replies of a turn, what was found, and what was done about it."""

    checked: tuple[str, ...] = Field(default=(), max_length=40)
    findings: tuple[Finding, ...] = Field(default=(), max_length=40)
    repairs: int = Field(default=0, ge=0)
    resolution: Literal["clean", "repaired", "understudy"] = "clean"
    beats: tuple[BeatVerdict, ...] = Field(default=(), max_length=120, description="Of the story, in its order.")
    judged: JudgedSentences | None = Field(default=None, description="None: no second reader was asked.")
    opening: int | None = Field(
        default=None, ge=1, description="Characters of the story that were told before its beats, by an earlier reply."
    )


class ReplyRouted(Message):
    """`execute` carries calls, `respond` the story, `repair` the violation to name; `understudy` hands over."""

    envelope: Envelope
    route: Literal["execute", "respond", "repair", "understudy"]
    calls: tuple[ToolCall, ...] = Field(default=(), max_length=MOST_CALLS)
    narrative: Text | None = None
    suggested_actions: tuple[str, ...] = Field(default=(), max_length=4)
    violation: Text | None = None
    report: GroundingReport
    unread: tuple[UnreadSentence, ...] = Field(
        default=(), max_length=MOST_UNREAD, description="For a second reader; empty when none is to be asked."
    )


class InvokeDungeonMaster(Message):
    """Ask a game master for its next move: intents, or the story. Exactly one model call."""

    envelope: Envelope
    provider: Told = Field(description="Which one is asked: the configured model, or the understudy.")
    action: Text
    number: int = Field(ge=1)
    scene: Scene
    briefing: Briefing
    passages: tuple[Passage, ...] = ()
    common: str = Field(default="", max_length=16_000)
    names: tuple[str, ...] = Field(default=(), description="To check a story while it is told; not for the prompt.")
    guarded: tuple[str, ...] = Field(default=(), description="Likewise: what the story may not name.")
    history: tuple[Remembered, ...] = Field(default=(), max_length=6)
    memories: tuple[Memory, ...] = Field(default=(), max_length=16, description="Older than the history.")
    spent: Spent = Spent.model_construct()
    rounds: tuple[PlayedRound, ...] = Field(default=(), max_length=8)
    tools_allowed: bool = Field(default=True, description="False in the last round: tell the story now.")
    violation: Text | None = Field(default=None, description="What was wrong with the reply this one replaces.")
    repairs: int = Field(default=0, ge=0, description="Repairs already spent on this reply.")
    report: GroundingReport | None = Field(
        default=None, description="Of the turn so far; None: do not check the reply."
    )
    chaos: Sabotage | None = Field(default=None, description="Ignored where the operator did not enable it.")


class Beat(Value):
    """A piece of a story, one or two sentences, that says what it tells, so that code can check it."""

    kind: Literal["fact", "speech", "colour"] = Field(
        description="`fact` tells what it cites; `speech` is somebody's words; `colour` brings no news."
    )
    text: str = Field(min_length=1, max_length=1000, description="May hold slots, for code to fill in.")
    facts: tuple[str, ...] = Field(
        default=(), max_length=16, description="What a fact beat tells: numbers of facts, ids of what is seen."
    )
    who: str | None = Field(default=None, max_length=80, description="Who speaks: the id of somebody present.")
    about: str | None = Field(default=None, max_length=80, description="The topic or fact that a speech paraphrases.")


class DungeonMasterReplied(Message):
    """What the game master said, unchecked."""

    envelope: Envelope
    told_by: Told
    calls: tuple[ToolCall, ...] = Field(default=(), max_length=16)
    opening: Text | None = Field(
        default=None,
        description="What the player was told of this turn before this reply. It stands; `narrative` goes on from it.",
    )
    narrative: Text | None = Field(default=None, description="Free text; of a story in beats, what its beats say.")
    beats: tuple[Beat, ...] = Field(default=(), max_length=40, description="None: the narrative is free text.")
    suggested_actions: tuple[str, ...] = Field(default=(), max_length=8)
    stop: Literal["complete", "tools", "length", "malformed"] = "complete"
    malformed: str | None = Field(default=None, max_length=500, description="Why the reply could not be read.")
    usage: Usage = Usage.model_construct()
    economy: Economy = "full"
    declined: Slug | None = Field(
        default=None, description="Why the action is not played, if its content is why: a category of docs/content.md."
    )
    judge: JudgeMode = Field(
        default="off", description="How its story is judged: said here, so that it was told and is checked alike."
    )
    routed: ReplyRouted | None = Field(default=None, description="The verdict on it, where it was asked for.")


class SentenceVerdict(Value):
    """What a second reader says of one sentence. `colour` brings no news, `new` brings some that nothing bears out."""

    number: int = Field(ge=1, le=1000)
    verdict: Literal["entailed", "contradicted", "new", "colour"]
    agency: bool = Field(description="It has the player's character do, say or feel what the action does not say.")
    secret: bool = Field(description="It tells what the character cannot know.")
    facts: tuple[str, ...] = Field(default=(), max_length=16, description="Numbers of the facts that it tells.")


class ValidateAndRoute(Message):
    """Check a reply against the world and decide what happens next."""

    envelope: Envelope
    reply: DungeonMasterReplied
    action: Text
    scene: Scene
    briefing: Briefing
    names: tuple[str, ...] = ()
    guarded: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    memories: tuple[Memory, ...] = Field(default=(), max_length=16)
    common: str = Field(default="", max_length=16_000)
    rounds: tuple[PlayedRound, ...] = Field(default=(), max_length=8)
    tools_allowed: bool = True
    repairs: int = Field(default=0, ge=0, description="Repairs already spent on this reply.")
    report: GroundingReport = GroundingReport.model_construct()
    judged: tuple[SentenceVerdict, ...] | None = Field(
        default=None, max_length=MOST_UNREAD, description="What a second reader says; None: nobody was asked yet."
    )


class JudgeNarrative(Message):
    """Ask the second reader, once a turn, about all sentences that the rules could neither confirm nor refute."""

    envelope: Envelope
    action: Text
    scene: Scene
    briefing: Briefing
    passages: tuple[Passage, ...] = ()
    rounds: tuple[PlayedRound, ...] = Field(default=(), max_length=8)
    spent: Spent = Spent.model_construct()
    unread: tuple[UnreadSentence, ...] = Field(min_length=1, max_length=MOST_UNREAD)


class NarrativeJudged(Message):
    """The verdicts, at most one for each sentence. What has none is treated as unverified."""

    envelope: Envelope
    verdicts: tuple[SentenceVerdict, ...] = Field(default=(), max_length=MOST_UNREAD)
    usage: Usage = Usage.model_construct()


class DungeonMasterRespondedData(Value):
    told_by: Told
    stop: str
    calls: int = Field(ge=0)
    usage: Usage
    claims: tuple[Slug, ...] = Field(
        default=(), max_length=16, description="What the player's words tried besides playing. Codes, never the words."
    )


class DungeonMasterRespondedV1(Event):
    """Progress: a game master answered."""

    detail_type = "DungeonMasterResponded.v1"
    producer = "ninelives.dm"
    data: DungeonMasterRespondedData


class DungeonMasterFailedData(Value):
    asked: Told
    error: str = Field(max_length=64, description="The named error, as the workflow sees it.")


class DungeonMasterFailedV1(Event):
    """Progress: an attempt to get an answer failed. The workflow tries again, or the understudy steps in."""

    detail_type = "DungeonMasterFailed.v1"
    producer = "ninelives.dm"
    data: DungeonMasterFailedData


class NarrativeTold(Message):
    """The beginning of a turn's story, told while the master still speaks: sentences that were checked and stand.

    Each message holds all that was told so far, so that one that is lost or late is made up for by the next. It goes
    to the player's line by a queue of its own and never over the bus: events carry no story.
    """

    envelope: Envelope
    told: Text


class ForgetReplies(Message):
    """Delete the replies and verdicts that are kept for the repeats of these turns' steps."""

    envelope: Envelope
    turns: tuple[TurnId, ...] = Field(max_length=25)


class RepliesForgotten(Message):
    envelope: Envelope
