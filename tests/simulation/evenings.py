"""Evenings: what the players of a simulation are given to. The usual one, and those that the crash matrix asks for.

What is seldom called is seldom struck. An evening after the aim of a seed visits what its cells still lack: it is made
of the seed and of the table of what is owed, and of nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from tests.simulation.chance import Chance
from tests.simulation.faults import Aim

NEEDIEST = 4
"""The number of calls that are owed most, of which the seed picks the one that every other evening is for. The others
are for any call that is owed something, so that one which nobody comes by does not keep the rest waiting."""
MANNERS = ("waits", "waits", "leaves", "twice", "two tabs", "old key", "impatient", "other words")


@dataclass(frozen=True)
class Evening:
    """The habits of players, and their surroundings. `visits` finds the calls, as "actor call", that such an evening
    brings about."""

    visits: str = ""
    begins: float = 0.0
    """The share of turns after which a player begins a campaign more."""
    forks: float = 0.1
    reads: float = 0.15
    """The average number of times that a player reads after a turn."""
    curious: bool = False
    """Whether the dice and the standings are read, too."""
    cold: bool = False
    """Whether every function is cold whenever somebody reads."""
    manners: tuple[str, ...] = MANNERS
    fights: bool = False
    """Whether all go where the enemies are."""
    poison: int = 1
    """The number of messages that nobody can read that come to a queue."""
    deadline: float | None = None
    provider: str | None = None
    bad_model: float | None = None
    failing: tuple[str, ...] = ()
    """Functions, or the workflow, of which one fails for most of the evening."""
    focus: str = ""
    """A part of the names of calls that are struck so often that retries are exhausted."""
    players: int | None = None
    """The number of players who share the turns: one plays all of them in one campaign, many soon come to their end."""
    turns: int | None = None
    """The most turns that are played, where they are beside the point."""
    guests: bool = False
    """Whether players come in by themselves, as guests, with what only those do who did: the shares that follow."""
    upgrades: float = 0.0
    """The share of turns before which a guest asks for an account."""
    signs_out: float = 0.0
    """The share of turns after which a player with an account ends a session and begins another."""
    forgets: float = 0.0
    """The share of turns after which a player with an account asks for a new password."""
    listens: float = 0.0
    """The share of turns before which a player opens a line."""
    loses: float = 0.0
    """The share of lines that end within seconds, and of turns after which all do, without anybody hearing of it."""
    goes_away: float = 0.0
    """The share of new campaigns to which a player listens, whose line is then lost, and who comes back after AWAY."""
    reports: float = 0.0
    exports: float = 0.0
    """The share of turns after which a player asks for what is held about them."""
    erases: float = 0.0
    """The share of players who are erased, at some turn of theirs."""
    expires: float = 0.0
    """The share of guests whose time is over when they have played."""
    rebuilds: float = 0.02
    """The share of such evenings on which the lists of campaigns are built anew."""
    rebuilt: int = 1
    """The number of times that they are built anew then, one after the other."""

    def fits(self, call: str) -> bool:
        return re.search(self.visits, call) is not None


USUAL = Evening()
GUESTS = Evening(
    guests=True,
    upgrades=0.5,
    signs_out=0.5,
    forgets=0.2,
    listens=0.5,
    reports=0.4,
    exports=0.25,
    erases=0.45,
    expires=0.5,
    rebuilds=0.15,
)
LISTENERS = Evening(guests=True, listens=1.0, loses=0.3)
ASKED_FOR = (
    replace(
        GUESTS,
        visits=r"/erase |/forget |stream of wakes|cognito-idp.admin_delete_user",
        players=8,
        erases=1.0,
        exports=0.5,
    ),
    replace(GUESTS, visits=r"gateway/export |s3\.", players=8, exports=1.0, erases=0.2),
    replace(
        GUESTS,
        visits=r"gateway/accounts dynamodb\.(delete|update)_item",
        focus="gateway/accounts apigateway",
        players=6,
        upgrades=1.0,
        signs_out=1.0,
        forgets=1.0,
        listens=1.0,
        erases=0.0,
    ),
    replace(
        GUESTS,
        visits=r"gateway/accounts |gateway/socket (?!apigateway)",
        players=6,
        upgrades=1.0,
        signs_out=1.0,
        forgets=0.5,
        listens=1.0,
        loses=0.3,
        erases=0.0,
    ),
    replace(LISTENERS, visits=r"gateway/push ", players=8, turns=16, begins=1.0, goes_away=1.0),
    replace(LISTENERS, visits=r"gateway/(progress|api apigateway)", provider="bedrock"),
    replace(LISTENERS, visits=r"gateway/socket ", players=1, loses=0.0),
    Evening(visits=r"^operator dynamodb.query", turns=4, failing=("campaign/rebuild",), rebuilds=1.0, rebuilt=4),
    Evening(visits=r"^operator |rebuild", turns=4, poison=30, rebuilds=1.0, rebuilt=12),
    replace(
        LISTENERS,
        visits=r"gateway/fail_turn|campaign/void_turn|gateway/deadline sqs|start_execution",
        failing=("campaign/open_turn", "campaign/persist_campaign"),
        manners=("leaves", "impatient"),
    ),
    replace(
        LISTENERS,
        visits=r"gateway/deadline|stream of gateway|start_execution",
        failing=("turn workflow",),
        deadline=1.5,
        manners=("leaves", "impatient"),
    ),
    Evening(visits=r"sqs\.send_message", poison=60),
    Evening(
        visits=r"campaign/(create|fork|list_|view|dice|open_turn dynamodb.query)|gateway/api (dynamodb.query|lambda)",
        begins=0.4,
        forks=0.5,
        reads=4.0,
        curious=True,
    ),
    Evening(visits=r"lore/describe_world", cold=True, reads=8.0),
    Evening(visits=r"chronicle/recall", players=1, forks=0.0),
    Evening(visits=r"^tools/|settle_effects", fights=True, provider="understudy"),
    Evening(visits=r"dm/invoke_dungeon_master", provider="bedrock", bad_model=0.9),
)


def evening_for(chance: Chance, aim: Aim) -> tuple[Evening, tuple[str, str]]:
    """The evening for one of the calls that are owed most hits, and this call: its actor and its name."""
    owed = Counter[tuple[str, str]]()
    for (actor, call, _), hits in aim.items():
        owed[actor, call] = max(owed[actor, call], hits)
    if not owed:
        return USUAL, ("", "")
    few = NEEDIEST if chance.happens(0.5, "for the neediest") else None
    neediest = chance.pick([place for place, _ in owed.most_common(few)], "evening is for")
    return next((each for each in ASKED_FOR if each.fits(" ".join(neediest))), USUAL), neediest
