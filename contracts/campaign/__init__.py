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

__all__, __getattr__ = names_of(__name__)
