"""campaign: the state of every campaign and the only place where it changes."""

from typing import TYPE_CHECKING

from contracts.parts import names_of

if TYPE_CHECKING:
    from contracts.campaign.creating import *
    from contracts.campaign.dice import *
    from contracts.campaign.erasing import *
    from contracts.campaign.events import *
    from contracts.campaign.lists import *
    from contracts.campaign.sheet import *
    from contracts.campaign.turns import *
    from contracts.campaign.voiding import *

__getattr__ = names_of(
    __name__,
    {
        "creating": (
            "CampaignCreated",
            "CampaignViewed",
            "CreateCampaign",
            "ForkCampaign",
            "ViewCampaign",
        ),
        "dice": (
            "DiceListed",
            "DiceOfTurn",
            "ListDice",
        ),
        "erasing": (
            "CampaignErased",
            "EraseCampaign",
        ),
        "events": (),
        "lists": (
            "CampaignListed",
            "CampaignSummary",
            "ListCampaigns",
            "ListStandings",
            "Standing",
            "StandingsListed",
        ),
        "sheet": (
            "RecentTurn",
            "Sheet",
            "StageTrace",
        ),
        "turns": (
            "EffectsSettled",
            "OpenTurn",
            "PersistCampaign",
            "SettleEffects",
            "Settled",
            "Telling",
            "TurnBase",
            "TurnCommitted",
            "TurnOpened",
            "TurnVoided",
        ),
        "voiding": ("VoidTurn",),
    },
)
