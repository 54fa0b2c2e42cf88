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

__all__, __getattr__ = names_of(__name__)
