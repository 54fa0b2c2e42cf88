"""dm: the game master. Proposes intents and tells the story; what it says is checked before anything happens."""

from typing import TYPE_CHECKING

from contracts.parts import names_of

if TYPE_CHECKING:
    from contracts.dm.asking import *
    from contracts.dm.events import *
    from contracts.dm.forgetting import *
    from contracts.dm.narration import *
    from contracts.dm.reports import *

__getattr__ = names_of(
    __name__,
    {
        "asking": (
            "Beat",
            "DungeonMasterReplied",
            "InvokeDungeonMaster",
            "JudgeNarrative",
            "MOST_UNREAD",
            "NarrativeJudged",
            "PlayedRound",
            "Remembered",
            "ReplyRouted",
            "SentenceVerdict",
            "Spent",
            "UnreadSentence",
            "ValidateAndRoute",
        ),
        "events": (),
        "forgetting": (
            "ForgetReplies",
            "RepliesForgotten",
        ),
        "narration": ("NarrativeTold",),
        "reports": (
            "BeatVerdict",
            "Economy",
            "Finding",
            "GroundingReport",
            "JudgeMode",
            "JudgedSentences",
            "Told",
            "Usage",
        ),
    },
)
