"""Situations that labelled replies and actions refer to by name: played with the real rules, so that every id, figure
and refusal in them is one the game gives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from contracts.tools import ToolCall
from ninelives.evaluation.table import Turn, begun, opened

SEED = "c0ffee" * 10 + "cafe"
MOST_BLOWS = 20
Deed = tuple[str, dict[str, Any]]


def do(name: str, **arguments: Any) -> Deed:
    """A deed; the target `foe` is whoever stands first in the fight."""
    return name, arguments


@dataclass(frozen=True)
class Situation:
    """A class, the turns before this one (a deed each), and what was done this turn. `won`: strike until the fight is
    over, and stand in the turn that ended it."""

    cat: str = "alley-brawler"
    turns: tuple[Deed, ...] = ()
    now: tuple[Deed, ...] = ()
    won: bool = False


TO_MARKET = do("move_to", place="cardboard-market")
TO_ALLEY = do("move_to", place="sprinkler-alley")
TO_LAUNDRY = do("move_to", place="warm-laundry")
STRIKE = do("attack", target="foe", weapon=None)
FLURRY = do("use_ability", ability="furious-flurry", target="foe")

SITUATIONS = {
    "shelf": Situation(),
    "talked": Situation(now=(do("talk", npc="ferrule", topic="breakfast"),)),
    "quest": Situation(
        turns=(do("talk", npc="ferrule", topic=None),), now=(do("accept_quest", quest="breakfast-is-late"),)
    ),
    "laundry": Situation(turns=(TO_LAUNDRY,)),
    "cream": Situation(turns=(TO_LAUNDRY,), now=(do("take", find="lint-cream"),)),
    "market": Situation(turns=(TO_MARKET,)),
    "arrived": Situation(now=(TO_MARKET,)),
    "bought": Situation(turns=(TO_MARKET,), now=(do("buy", item="pocket-sardines"),)),
    "dear": Situation(turns=(TO_MARKET,), now=(do("buy", item="box-cutter"),)),
    "locked": Situation(turns=(TO_MARKET,), now=(do("move_to", place="sunbeam-terrace"),)),
    "ambush": Situation(turns=(TO_MARKET,), now=(TO_ALLEY,)),
    "fight": Situation(turns=(TO_MARKET, TO_ALLEY)),
    "brawl": Situation(turns=(TO_MARKET, TO_ALLEY), now=(STRIKE,)),
    "breathless": Situation(turns=(TO_MARKET, TO_ALLEY, FLURRY)),
    "won": Situation(turns=(TO_MARKET, TO_ALLEY), won=True),
    "witch": Situation(cat="static-witch"),
}


@cache
def situation(name: str) -> Turn:
    """The turn as it stands in this situation. Raises KeyError for one there is not."""
    return stood(SITUATIONS[name], SEED)


def stood(wanted: Situation, seed: str) -> Turn:
    """Play a situation with these dice."""
    state = begun(wanted.cat, seed)
    for deed in wanted.turns:
        state = _done(opened(state, seed), deed).after
    turn = opened(state, seed)
    for deed in wanted.now:
        turn = _done(turn, deed)
    for _ in range(MOST_BLOWS if wanted.won else 0):
        turn = _done(opened(state, seed), STRIKE)
        if turn.scene.state.encounter is None:
            break
        state = turn.after
    return turn


def fresh(turn: Turn) -> Turn:
    """The same scene at the start of a turn of its own: as a player finds it."""
    return opened(turn.after, turn.seed) if turn.rounds else replace(turn)


def _done(turn: Turn, deed: Deed) -> Turn:
    name, arguments = deed
    fight = turn.scene.state.encounter
    foe = next((enemy.id for enemy in fight.enemies if enemy.hp), "nobody") if fight else "nobody"
    given = {key: foe if word == "foe" else word for key, word in arguments.items()}
    return turn.play([ToolCall(call_id="u0", name=name, arguments=given)])
