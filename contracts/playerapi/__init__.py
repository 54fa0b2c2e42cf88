"""The player API's bodies (`/v1`). Owned by gateway. Unlike every other reader, requests forbid unknown fields."""

from typing import TYPE_CHECKING

from contracts.parts import names_of

if TYPE_CHECKING:
    from contracts.playerapi.accounts import *
    from contracts.playerapi.campaigns import *
    from contracts.playerapi.feed import *
    from contracts.playerapi.problem import *
    from contracts.playerapi.proofs import *
    from contracts.playerapi.requests import *
    from contracts.playerapi.turns import *
    from contracts.playerapi.world import *

__getattr__ = names_of(
    __name__,
    {
        "accounts": (
            "AccountExport",
            "Erasure",
            "ExportId",
            "Session",
        ),
        "campaigns": (
            "Campaign",
            "CampaignPage",
            "Dice",
            "Leaderboard",
        ),
        "feed": (
            "FeedEvent",
            "FeedPage",
            "ProgressEvent",
            "SocketMessage",
            "Ticket",
        ),
        "problem": ("Problem",),
        "proofs": (
            "KeySet",
            "PublicKey",
            "SignedManifest",
        ),
        "requests": (
            "Body",
            "Code",
            "Email",
            "EmailVerification",
            "EraseAccount",
            "MAX_ACTION",
            "MAX_NAME",
            "NewAccount",
            "NewCampaign",
            "NewCharacter",
            "NewFork",
            "NewPassword",
            "NewPasswordReset",
            "NewReport",
            "NewSession",
            "NewTurn",
            "Password",
            "SessionRevocation",
        ),
        "turns": (
            "EffectView",
            "Notice",
            "RefusalView",
            "Report",
            "Turn",
            "TurnPage",
        ),
        "world": (
            "ContentChoice",
            "Disclosure",
            "World",
        ),
    },
)
