"""Situations that labelled replies and actions refer to by name: played with the real rules, so that every id, figure
and refusal in them is one the game gives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from contracts.state import Scene
from contracts.tools import ToolCall
from ninelives.evaluation.campaigns import begin_campaign
from ninelives.evaluation.local_turn import TurnInProgress, TurnStart, play_script

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
    throw: int = 0
    """The number of the dice: one for each way that luck can go."""


TO_MARKET = do("move_to", place="cardboard-market")
TO_ALLEY = do("move_to", place="sprinkler-alley")
TO_LAUNDRY = do("move_to", place="warm-laundry")
STRIKE = do("attack", target="foe", weapon=None)
EAT = do("use_item", item="pocket-sardines-3", target=None)
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
    "searched": Situation(turns=(TO_MARKET,), now=(do("search"),)),
    "blanket": Situation(now=(do("try_feature", feature="shelf-4471", approach="whiskers"),)),
    "ledger": Situation(now=(do("try_feature", feature="claims-ledger", approach="wits"),)),
    "eaten": Situation(turns=(TO_MARKET, TO_ALLEY, STRIKE), now=(EAT,), throw=5),
    "fled": Situation(turns=(TO_MARKET, TO_ALLEY), now=(do("flee"),), throw=1),
    "cut-off": Situation(turns=(TO_MARKET, TO_ALLEY), now=(do("flee"),)),
    "persuaded": Situation(turns=(TO_MARKET,), now=(do("persuade", npc="mondo-flake", approach="flatter"),)),
    "unmoved": Situation(turns=(TO_MARKET,), now=(do("persuade", npc="mondo-flake", approach="threaten"),), throw=3),
    "opened": Situation(turns=(TO_MARKET,), now=(do("unlock", exit="market-lift", approach="paws"),)),
    "resisted": Situation(turns=(TO_MARKET,), now=(do("unlock", exit="market-lift", approach="wits"),), throw=2),
    "missed": Situation(turns=(TO_MARKET, TO_ALLEY), now=(STRIKE,), throw=4),
    "row": Situation(turns=(TO_MARKET,), now=(do("move_to", place="static-row"),)),
    "chute": Situation(
        turns=(do("talk", npc="ferrule", topic=None), do("accept_quest", quest="breakfast-is-late"), TO_LAUNDRY),
        now=(do("talk", npc="auntie-bellows", topic="the-chute"),),
    ),
    "slept": Situation(turns=(TO_MARKET, TO_ALLEY, STRIKE, do("flee"), TO_LAUNDRY), now=(do("rest"),), throw=4),
    "sold": Situation(turns=(TO_MARKET,), now=(do("sell", item="pocket-sardines-3"),)),
    "guarded": Situation(turns=(TO_MARKET, TO_ALLEY), now=(do("defend"),), throw=5),
    "sparked": Situation(
        cat="static-witch",
        turns=(TO_MARKET, TO_ALLEY),
        now=(do("use_ability", ability="spark-hiss", target="foe"),),
    ),
    "life": Situation(
        cat="static-witch", turns=(TO_MARKET, TO_ALLEY, *(do("search"),) * 4), now=(do("search"),), throw=1
    ),
}


@cache
def situation(name: str) -> TurnInProgress:
    """The turn as it stands in this situation. Raises KeyError for one there is not."""
    wanted = SITUATIONS[name]
    return play_situation(wanted, f"{int(SEED, 16) + wanted.throw:064x}")


def play_situation(wanted: Situation, seed: str) -> TurnInProgress:
    """Play a situation with these dice."""
    state = begin_campaign(wanted.cat, seed)
    for deed in wanted.turns:
        state = _progress(TurnStart(state, seed), deed).after
    turn = _progress(TurnStart(state, seed), *wanted.now)
    for _ in range(MOST_BLOWS if wanted.won else 0):
        turn = _progress(TurnStart(state, seed), STRIKE)
        if turn.scene.state.encounter is None:
            break
        state = turn.after
    return turn


def fresh(turn: TurnInProgress) -> TurnInProgress:
    """The same scene at the start of a turn of its own: as a player finds it."""
    return _progress(replace(turn.start, state=turn.after)) if turn.asked.rounds else turn


def _progress(start: TurnStart, *deeds: Deed) -> TurnInProgress:
    """This turn after these deeds, each in a round of its own."""
    moments: list[TurnInProgress] = []

    def script(number: int, turn: TurnInProgress) -> list[ToolCall]:
        moments.append(turn)
        return [_call(deed, turn.scene) for deed in deeds[number : number + 1]]

    play_script(start, script)
    return moments[len(deeds)]


def _call(deed: Deed, scene: Scene) -> ToolCall:
    name, arguments = deed
    fight = scene.state.encounter
    foe = next((enemy.id for enemy in fight.enemies if enemy.hp), "nobody") if fight else "nobody"
    given = {key: foe if word == "foe" else word for key, word in arguments.items()}
    return ToolCall(call_id="u0", name=name, arguments=given)
