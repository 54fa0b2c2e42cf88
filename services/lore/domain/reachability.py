"""Reachability: what a cat gets to that wins every roll, tries everything and keeps all it finds. None gets further.

Searching does not count (a secret that only a lucky search finds is not *told* by anything) unless it is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from contracts.canon import Exit, Goal, Place, Quest, QuestStage, Reward
from services.lore.domain.pack import Pack
from services.lore.domain.visibility import Hideable


@dataclass
class Reachability:
    """Things reached, had, met and done, by id. `before` is a (quest, stage number from 0) that has not begun: the
    stage before it is not finished, or the quest not taken."""

    pack: Pack
    before: tuple[str, int] | None = None
    searching: bool = False
    places: set[str] = field(default_factory=set)
    secrets: set[str] = field(default_factory=set)
    items: set[str] = field(default_factory=set)
    npcs: set[str] = field(default_factory=set)
    features: set[str] = field(default_factory=set)
    enemies: Counter[str] = field(default_factory=Counter)
    quests: set[str] = field(default_factory=set)
    stages: set[tuple[str, str]] = field(default_factory=set)
    endings: set[str] = field(default_factory=set)

    def explore(self) -> Reachability:
        """Go on until nothing new turns up."""
        own = [set(c.items) for c in self.pack.classes]
        self.items |= set.intersection(*own) if own else set()
        self.places |= {self.pack.manifest.start}
        while (was := self._size()) is not None:
            self.enemies = Counter()
            for id in sorted(self.places):
                self._explore(self.pack.place[id])
            for quest in self.pack.quests:
                self._pursue(quest)
            if self._size() == was:
                return self
        return self

    def sees(self, thing: Hideable) -> bool:
        return self.searching or thing.secret is None or thing.secret in self.secrets

    def passes(self, way: Exit) -> bool:
        """Can this way be seen, and opened?"""
        lock = way.lock
        return self.sees(way) and (lock is None or bool(lock.checks) or lock.key in self.items)

    def has_met(self, goal: Goal) -> bool:
        match goal.kind:
            case "reach":
                return goal.target in self.places
            case "defeat":
                return self.enemies[goal.target] >= goal.count
            case "hold":
                return goal.target in self.items
            case "talk":
                return goal.target in self.npcs
            case "use":
                return goal.target in self.features
            case "deliver":
                return goal.target in self.items and goal.to in self.npcs
            case "learn":
                return goal.target in self.secrets

    def _size(self) -> int:
        sets: Iterable[set[str]] = (self.places, self.secrets, self.items, self.npcs, self.features, self.quests)
        return sum(map(len, sets)) + len(self.stages)

    def _explore(self, place: Place) -> None:
        self.places |= {way.to for way in place.exits if self.passes(way) and way.to in self.pack.place}
        for npc in (self.pack.npc[id] for id in place.npcs if id in self.pack.npc):
            self.npcs.add(npc.id)
            self.secrets.update(secret for topic in npc.topics for secret in topic.reveals)
        for feature in filter(self.sees, place.features):
            self.features.add(feature.id)
            self._gain(feature.reward)
        self.items |= {find.item for find in place.finds if find.item and self.sees(find)}
        for spawn in filter(self.sees, place.spawns):
            self.enemies[spawn.enemy] += spawn.count
            self.items |= self._loot(spawn.enemy)
        if place.shop in self.pack.shop:
            self.items |= {line.item for line in self.pack.shop[place.shop].stock}

    def _loot(self, enemy: str) -> set[str]:
        table = self.pack.enemy[enemy].loot if enemy in self.pack.enemy else None
        entries = self.pack.loot_table[table].entries if table in self.pack.loot_table else ()
        return {e.item for e in entries if e.item}

    def _pursue(self, quest: Quest) -> None:
        if quest.giver not in self.npcs or not self.quests.issuperset(quest.requires):
            return
        for number, stage in enumerate(quest.stages):
            if self.before in ((quest.id, number), (quest.id, number + 1)) or not self._finishes(quest, stage):
                return
        self.quests.add(quest.id)
        self._gain(quest.reward)
        if quest.ending:
            self.endings.add(quest.ending)

    def _finishes(self, quest: Quest, stage: QuestStage) -> bool:
        if not self.has_met(stage.goal):
            return False
        self.stages.add((quest.id, stage.id))
        self._gain(stage.reward)
        return True

    def _gain(self, reward: Reward) -> None:
        self.items |= set(reward.items)
        self.secrets |= set(reward.reveals)
