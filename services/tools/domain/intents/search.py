"""search: a whiskers check against what a place hides."""

from __future__ import annotations

from contracts.tools import Refusal
from services.tools.domain.checks import check, succeeded
from services.tools.domain.dice import Roller
from services.tools.domain.holdings import Holdings
from services.tools.domain.intent import Intent
from services.tools.domain.rewards import reveal
from services.tools.domain.ruling import Ruling
from services.tools.domain.surroundings import Surroundings

SEARCH_DIFFICULTY = 10
"""Plus the danger of the place."""


class Search(Intent):
    """Search this place for what is hidden."""


def search(intent: Search, here: Surroundings, dice: Roller) -> Ruling | Refusal:
    """A success uncovers one hidden thing, a critical one all. Rolls even where nothing is hidden: the absence
    of a roll would tell."""
    ruling = Ruling()
    roll = check(dice, here.derived, "whiskers", SEARCH_DIFFICULTY + here.canon.place.danger, "search")
    ruling.tells(f"You search the place: {roll.total} against {roll.target}.", here.place)
    hidden = here.hidden_secrets if succeeded(roll) else ()
    found = hidden if roll.outcome == "critical" else hidden[:1]
    holdings = Holdings(here)
    for secret in found:
        reveal(secret, here, holdings, ruling)
    ruling.tells("Something that was hidden is not any more." if found else "You find nothing hidden.")
    return ruling
