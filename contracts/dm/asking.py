"""Asking for the next move, and checking the reply."""

from typing import Literal

from pydantic import Field

from contracts.chaos import Sabotage
from contracts.chronicle import Memory
from contracts.dm.reports import Economy, GameMasterKind, GroundingReport, JudgeMode, Usage
from contracts.effects import Consequence
from contracts.envelope import Envelope, Message, Slug, Text, Value
from contracts.lore.briefing import Briefing, Passage
from contracts.state import Scene
from contracts.tools.outcomes import Outcome, ToolCall
from contracts.tools.rolls import MOST_CALLS

MOST_UNREAD = 40


class Spent(Value):
    """Spending so far, in micro-dollars."""

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


class UnreadSentence(Value):
    """A sentence of a story that the rules could neither confirm nor refute."""

    number: int = Field(ge=1, le=1000, description="Its place among the sentences of the reply's beats.")
    text: str = Field(min_length=1, max_length=1000)


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
    provider: GameMasterKind = Field(description="Which one is asked: the configured model, or the understudy.")
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
    """The game master's reply, unchecked."""

    envelope: Envelope
    told_by: GameMasterKind
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
    """A second reader's verdict on one sentence. `colour` brings no news, `new` brings some that nothing bears out."""

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
