"""Intents that the rules are going to refuse, as far as the scene shows it: noted in the report, left to the rules.

Their refusal carries its reason and what would be possible instead, and the story tells it; handing the reply back
would cost a second call for less. So these notes never change where a reply goes. The understudy gets none: it leaves
every no to the rules on purpose.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from contracts.dm import Finding
from contracts.lore import Briefing
from contracts.state import AbilityState, Scene
from contracts.tools import ToolCall
from services.dm.domain.findings import make_finding


def find_hindrance(known: AbilityState, energy: int) -> Literal["spent", "not-ready", "no-energy"] | None:
    """The first thing that keeps an ability from being used by who has so much energy."""
    if known.charges == 0:
        return "spent"
    if known.ready_in:
        return "not-ready"
    return "no-energy" if known.ability.cost > energy else None


def find_unready(calls: tuple[ToolCall, ...], scene: Scene, briefing: Briefing) -> Iterator[Finding]:
    """Intents that come too early, cost too much, or end at a locked door."""
    for call in calls:
        yield from _ability(call, scene)
        yield from _way(call, briefing)
        yield from _price(call, scene, briefing)


def _ability(call: ToolCall, scene: Scene) -> Iterator[Finding]:
    cat = scene.state.character
    known = next((a for a in cat.abilities if a.ability.id == call.arguments.get("ability")), None)
    if call.name != "use_ability" or known is None:
        return
    if find_hindrance(known, cat.energy):
        yield make_finding("not-ready", known.ability.id, f"{known.ability.name} cannot be used yet.")


def _way(call: ToolCall, briefing: Briefing) -> Iterator[Finding]:
    if call.name != "move_to":
        return
    wanted = call.arguments.get("place")
    ways = [way for way in briefing.exits if wanted in (way.id, way.to.id)]
    if not ways:
        yield make_finding("out-of-reach", str(wanted), "There is no way there from here in one step.")
    elif all(way.locked for way in ways):
        yield make_finding("locked", str(wanted), f"{ways[0].name} is locked.")


def _price(call: ToolCall, scene: Scene, briefing: Briefing) -> Iterator[Finding]:
    ware = next((ware for ware in briefing.wares if ware.id == call.arguments.get("item")), None)
    if call.name == "buy" and ware and (ware.price > scene.state.character.credits or not ware.left):
        yield make_finding("out-of-reach", ware.id, f"{ware.name} costs more than the purse holds, or is sold out.")
