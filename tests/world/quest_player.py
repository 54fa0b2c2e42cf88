"""A player who follows one story: goes where its current stage points, fights what bars the way, rests when hurt.

Knows the rules of the game and reads the world pack; knows no world by name.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from contracts.canon import Check, Exit, Goal, Item, Place, Use
from contracts.state import Character, ItemInstance, Scene
from services.lore.domain.pack import Pack

Deed = tuple[str, dict[str, str]]
WOUNDED, DYING = 0.6, 0.35
PURSE = 50
"""Credits that are kept for what the story may cost."""


@dataclass(frozen=True)
class Storyteller:
    """Decides the next deed from the scene alone. `story` is the order of the quests."""

    pack: Pack
    story: tuple[str, ...]
    scene: Scene

    def next_deed(self) -> Deed | None:
        """The deed to do now, or None to let the turn end."""
        if self.cat.choices:
            return "level_up", {"stat": self._stat_to_raise()}
        if not self.scene.derived.can_act:
            return ("defend", {}) if self.scene.budget.action else None
        if self.scene.state.encounter:
            return self._fight() if self.scene.budget.action else None
        return self._wear() or self._take() or self._recover() or self._provide() or self._follow()

    @property
    def cat(self) -> Character:
        return self.scene.state.character

    @property
    def place(self) -> Place:
        return self.pack.place[self.scene.state.place.id]

    def _stat_to_raise(self) -> str:
        ranked = sorted(self.cat.stats, key=lambda stat: -self.cat.stats[stat])
        return next(stat for stat in ranked if self.cat.stats[stat] < 6)

    def _fight(self) -> Deed:
        assert self.scene.state.encounter
        if self.cat.hp <= self.cat.max_hp * DYING and (food := self._food()):
            return "use_item", {"item": food.id}
        foe = min((e for e in self.scene.state.encounter.enemies if e.hp), key=lambda e: e.hp)
        ready = [a for a in self.cat.abilities if a.ability.strike and not a.ready_in and a.charges != 0]
        strong = next((a for a in ready if a.ability.cost <= self.cat.energy), None)
        if strong:
            return "use_ability", {"ability": strong.ability.id, "target": foe.id}
        return "attack", {"target": foe.id}

    def _food(self) -> ItemInstance | None:
        edible = [i for i in self.cat.inventory if i.charges != 0 and _heals(i.use)]
        return max(edible, key=lambda i: _heals(i.use), default=None)

    def _wear(self) -> Deed | None:
        """The first thing for each slot, and what is better than that."""
        carried = {i.id: i for i in self.cat.inventory}
        for thing in self.cat.inventory:
            now = carried.get(self.cat.equipment.get(thing.slot, "")) if thing.slot else thing
            if now is None or self._worth(thing) > self._worth(now):
                return "equip", {"item": thing.id}
        return None

    def _worth(self, thing: ItemInstance | Item) -> float:
        """Of a weapon what it does on a hit, weighed by how often it hits; of anything else its armour."""
        if not thing.damage:
            return thing.armour
        stat = self.cat.stats[thing.stat]
        return (10 + stat) * (thing.damage.count * (thing.damage.sides + 1) / 2 + thing.damage.bonus + stat)

    def _provide(self) -> Deed | None:
        """Spend what there is: on two meals for the way, and on a better weapon."""
        shop = self.pack.shop.get(self.place.shop or "")
        meals = sum(i.quantity for i in self.cat.inventory if _heals(i.use))
        at_hand = max((self._worth(i) for i in self.cat.inventory if i.damage), default=0.0)
        for line in shop.stock if shop else ():
            item = self.pack.item[line.item]
            wanted = (_heals(item.use) and meals < 2) or (item.damage and self._worth(item) > at_hand * 1.2)
            left = line.quantity - self.scene.state.sold.get(f"{self.place.shop}/{item.id}", 0)
            if wanted and left and line.price + PURSE <= self.cat.credits:
                return "buy", {"item": item.id}
        return None

    def _take(self) -> Deed | None:
        state = self.scene.state
        lying = [f for f in self.place.finds if f.id not in state.taken and _seen(f.secret, state.revealed)]
        room = self.cat.capacity - self.scene.derived.load
        light = [f for f in lying if f.item is None or self.pack.item[f.item].weight * f.quantity <= room]
        return ("take", {"find": light[0].id}) if light else None

    def _recover(self) -> Deed | None:
        if self.cat.hp >= self.cat.max_hp * WOUNDED or any(c.id == "rested" for c in self.cat.conditions):
            return None
        if self.place.safe:
            return ("rest", {}) if self.scene.budget.action else None
        return self._towards(lambda place: place.safe)

    def _follow(self) -> Deed | None:
        """The first quest of the story that is not done."""
        known = {q.id: q for q in self.scene.state.quests}
        for id in self.story:
            quest = self.pack.quest[id]
            if id not in known:
                at = self._towards(lambda place, giver=quest.giver: giver in place.npcs)  # type: ignore[misc]
                return at or ("accept_quest", {"quest": id})
            if known[id].status == "active":
                return self._pursue(next(s.goal for s in quest.stages if s.id == known[id].stage))
        return None

    def _pursue(self, goal: Goal) -> Deed | None:
        match goal.kind:
            case "reach":
                return self._towards(lambda place: place.id == goal.target)
            case "talk":
                return self._towards(lambda place: goal.target in place.npcs) or ("talk", {"npc": goal.target})
            case "use":
                return self._try(lambda feature: feature.id == goal.target)
            case "learn":
                return self._try(lambda feature: goal.target in feature.reward.reveals)
            case "defeat":
                there = self._towards(lambda place: any(s.enemy == goal.target for s in place.spawns))
                return there or (("attack", {"target": goal.target}) if self.scene.budget.action else None)
            case "deliver" if any(i.item == goal.target for i in self.cat.inventory):
                given = {"item": goal.target, "npc": goal.to or ""}
                return self._towards(lambda place: goal.to in place.npcs) or ("give", given)
            case _:
                return self._get(goal.target)

    def _get(self, item: str) -> Deed | None:
        shops = {s.id for s in self.pack.shops if any(line.item == item for line in s.stock)}
        if shops:
            return self._towards(lambda place: place.shop in shops) or ("buy", {"item": item})
        if any(item in f.reward.items for p in self.pack.places for f in p.features):
            return self._try(lambda feature: item in feature.reward.items)
        return self._towards(lambda place: any(f.item == item for f in place.finds))

    def _try(self, wanted: Callable[..., bool]) -> Deed | None:
        there = self._towards(lambda place: any(map(wanted, place.features)))
        if there or not self.scene.budget.action:
            return there
        feature = next(filter(wanted, self.place.features))
        best: Check = min(feature.checks, key=lambda c: c.difficulty - self.scene.derived.stats.get(c.stat, 0))
        return "try_feature", {"feature": feature.id, "approach": best.stat}

    def _towards(self, there: Callable[[Place], bool]) -> Deed | None:
        """A step on the shortest way, or WAIT when this turn has no step left in it; None when one has arrived."""
        if there(self.place):
            return None
        way = self._first_step(there)
        if way is None:
            return WAIT
        if way.lock and way.id not in self.scene.state.unlocked:
            return ("unlock", {"exit": way.id}) if self.scene.budget.action else WAIT
        return ("move_to", {"place": way.id}) if self.scene.budget.move else WAIT

    def _first_step(self, there: Callable[[Place], bool]) -> Exit | None:
        seen = {self.place.id}
        waiting: deque[tuple[Place, Exit | None]] = deque([(self.place, None)])
        while waiting:
            place, first = waiting.popleft()
            if there(place):
                return first
            for way in filter(self._passable, place.exits):
                if way.to not in seen:
                    seen.add(way.to)
                    waiting.append((self.pack.place[way.to], first or way))
        return None

    def _passable(self, way: Exit) -> bool:
        state = self.scene.state
        carried = {i.item for i in self.cat.inventory}
        opens = way.lock is None or way.id in state.unlocked or bool(way.lock.checks) or way.lock.key in carried
        return opens and _seen(way.secret, state.revealed)


def _heals(use: Use | None) -> int:
    return use.heal.count * use.heal.sides if use and use.heal else 0


WAIT: Deed = ("wait", {})
"""No deed of the game: the turn ends here."""


def _seen(secret: str | None, revealed: tuple[str, ...]) -> bool:
    return secret is None or secret in revealed
