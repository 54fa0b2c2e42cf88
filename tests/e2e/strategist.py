"""A player with a plan: follows one story to its end by typing, and knows only what the player API tells.

It reads the sheet (quests, map, bag, wounds) and the suggestions of the last turn. Where no suggestion fits, it types
what the quest says, word for word.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from contracts.campaign import Sheet
from contracts.state import CampaignState, Character, ItemInstance

_OBJECT = re.compile(r"^(?:Talk to|Attack|Try|Take|Give|Ask|Buy) (?P<name>.+?)(?: (?:with|about|to) .+)?$")
_TIRED, _WEAK = 0.6, 0.35


@dataclass
class Strategist:
    """Decides what to type next. Remembers where it has seen what, when it was where, and which way was shut."""

    seen: dict[str, str] = field(default_factory=dict)
    """Name to the id of the place where a suggestion spoke of it."""
    visited: dict[str, int] = field(default_factory=dict)
    barred: str | None = None
    """A place that the last step did not reach."""
    shut: set[str] = field(default_factory=set)
    """Places it has once not reached, and does not try again before a quest sends it there."""
    _heading: str | None = None
    _completed: int = 0
    _may_be_offered_more: bool = False
    """A quest was completed by the last turn: what its giver offers next is suggested from the next turn on."""

    def next_action(self, sheet: Sheet, suggested: tuple[str, ...]) -> str:
        """The action to type, given the sheet after the last turn and what that turn suggested."""
        if not suggested:
            return "Look around"
        self._take_note(sheet.state, suggested)
        return next(iter(self._ideas(sheet, suggested)))

    def _take_note(self, state: CampaignState, suggested: tuple[str, ...]) -> None:
        here = state.place.id
        self.visited[here] = state.turn
        self.barred = self._heading if self._heading != here else None
        self._heading = None
        completed = sum(quest.status == "completed" for quest in state.quests)
        self._may_be_offered_more, self._completed = completed > self._completed, completed
        for match in filter(None, map(_OBJECT.match, suggested)):
            self.seen.setdefault(match["name"], here)

    def _ideas(self, sheet: Sheet, suggested: tuple[str, ...]) -> Iterator[str]:
        """The most important one first."""
        state = sheet.state
        if any(condition.skips_action for condition in state.character.conditions):
            yield "Wait"
        yield from (s for s in suggested if s.startswith("Level up"))
        if state.encounter:
            yield from self._in_a_fight(state)
        yield from (s for s in suggested if s.startswith(("Accept", "Take")))
        if self._may_be_offered_more:
            yield "Look around"
        yield from self._at_large(state)
        yield from self._on_the_way(state, suggested)

    def _in_a_fight(self, state: CampaignState) -> Iterator[str]:
        cat = state.character
        assert state.encounter
        food = _food(cat)
        if food and cat.hp <= cat.max_hp * _WEAK:
            yield f"Eat {food.name}"
        foe = min((e for e in state.encounter.enemies if e.hp), key=lambda enemy: enemy.hp)
        strikes = [a.ability for a in cat.abilities if a.ability.strike and not a.ready_in and a.charges != 0]
        yield from (f"Use {strike.name} on {foe.name}" for strike in strikes if strike.cost <= cat.energy)
        yield f"Attack {foe.name}"

    def _at_large(self, state: CampaignState) -> Iterator[str]:
        """Actions that come before any quest: to be dressed, and to be well."""
        cat = state.character
        worn = _to_wear(cat)
        if worn:
            yield f"Put on {worn.name}"
        rested = any(condition.id == "rested" for condition in cat.conditions)
        if cat.hp < cat.max_hp * _TIRED and not rested:
            yield "Rest" if state.place.id == state.haven.id else self._step(state, {state.haven.id})

    def _on_the_way(self, state: CampaignState, suggested: tuple[str, ...]) -> Iterator[str]:
        task = next((q.text for q in state.quests if q.status == "active" and q.arc == state.quests[0].arc), None)
        goals = self._goals(task, state) if task else set()
        if task and state.place.id in goals:
            fitting = (s for s in suggested if (match := _OBJECT.match(s)) and _speaks_of(task, match["name"]))
            yield from fitting
            yield task
        yield self._step(state, goals) if goals else self._somewhere_else(state)

    def _goals(self, task: str, state: CampaignState) -> set[str]:
        """The place a task names last; when it names none, where its people and things were seen."""
        charted = {place.id: place.name for place in state.places}
        charted |= {way.id: way.name for place in state.places for way in place.exits}
        named = {id: _position(task, name) for id, name in charted.items() if _speaks_of(task, name)}
        if named:
            return {max(named, key=lambda id: named[id])}
        return {place for name, place in self.seen.items() if _speaks_of(task, name)}

    def _somewhere_else(self, state: CampaignState) -> str:
        """To where it has not been, or not for the longest time."""
        reachable = {way.id for place in state.places for way in place.exits} | {place.id for place in state.places}
        others = sorted(reachable - {state.place.id} - self.shut, key=lambda id: (self.visited.get(id, -1), id))
        return self._step(state, set(others[:1]), avoiding=self.shut)

    def _step(self, state: CampaignState, goals: set[str], avoiding: Collection[str] = ()) -> str:
        here = next(place for place in state.places if place.id == state.place.id)
        step = _first_step(state, goals.__contains__, avoiding) or here.exits[0].id
        name = next(way.name for way in here.exits if way.id == step)
        if step == self.barred:
            self.shut.add(step)
            return f"Unlock the way to {name}"
        self._heading = step
        return f"Go to {name}"


def _first_step(state: CampaignState, there: Callable[[str], bool], avoiding: Collection[str]) -> str | None:
    ways = {place.id: [way.id for way in place.exits if way.id not in avoiding] for place in state.places}
    seen = {state.place.id}
    queue = deque((step, step) for step in ways[state.place.id])
    while queue:
        place, step = queue.popleft()
        if there(place):
            return step
        if place not in seen:
            seen.add(place)
            queue.extend((beyond, step) for beyond in ways.get(place, ()))
    return None


def _speaks_of(text: str, name: str) -> bool:
    return _position(text, name) >= 0


def _position(text: str, name: str) -> int:
    """The last position of a text that speaks of this by its name, else -1. "Sump Ledger" does not speak of The
    Sump."""
    found = re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])(?!(?-i:\s+[A-Z]))", text, re.IGNORECASE)
    return max((match.start() for match in found), default=-1)


def _food(cat: Character) -> ItemInstance | None:
    edible = [item for item in cat.inventory if item.use and item.use.heal and item.charges != 0]
    return max(edible, key=_nourishment, default=None)


def _nourishment(item: ItemInstance) -> int:
    heal = item.use.heal if item.use else None
    return heal.count * heal.sides + heal.bonus if heal else 0


def _to_wear(cat: Character) -> ItemInstance | None:
    """The first thing for each slot, and what is better than what is worn there."""
    carried = {item.id: item for item in cat.inventory}
    for item in cat.inventory:
        now = carried.get(cat.equipment.get(item.slot, "")) if item.slot else item
        if now is None or _worth(item, cat) > _worth(now, cat):
            return item
    return None


def _worth(item: ItemInstance, cat: Character) -> float:
    if not item.damage:
        return item.armour
    stat = cat.stats[item.stat]
    return (10 + stat) * (item.damage.count * (item.damage.sides + 1) / 2 + item.damage.bonus + stat)
