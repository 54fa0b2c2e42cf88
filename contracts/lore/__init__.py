"""lore: the world pack (canon) and what of it a turn needs."""

from typing import TYPE_CHECKING

from contracts.parts import names_of

if TYPE_CHECKING:
    from contracts.lore.briefing import *
    from contracts.lore.events import *
    from contracts.lore.figures import *
    from contracts.lore.retrieval import *
    from contracts.lore.seen import *
    from contracts.lore.world import *

__getattr__ = names_of(
    __name__,
    {
        "briefing": (
            "Briefing",
            "Passage",
            "Pay",
            "Person",
            "Thing",
            "TopicRef",
            "Want",
            "Ware",
            "Way",
        ),
        "events": (),
        "figures": ("CanonSlice",),
        "retrieval": (
            "LoreRetrieved",
            "RetrieveLore",
        ),
        "seen": ("seen_of",),
        "world": (
            "DescribeWorld",
            "WorldDescribed",
        ),
    },
)
