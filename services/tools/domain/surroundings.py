"""The surroundings of the character: the scene and the canon of its place, with hidden things left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from contracts.canon import Condition, Enemy, EntityRef, Exit, Feature, Find, Item, Npc, Quest, Spawn
from contracts.lore import CanonSlice
from contracts.state import CampaignState, Character, Combatant, Derived, Encounter, ItemInstance, Scene
from services.tools.domain.ruling import NamedThing

Thing = TypeVar("Thing", bound=NamedThing)


@dataclass(frozen=True)
class Foe:
    """An enemy of the running encounter with the figures of its kind."""

    combatant: Combatant
    enemy: Enemy

    @property
    def id(self) -> str:
        return self.combatant.id

    @property
    def name(self) -> str:
        return self.combatant.name

    @property
    def armour(self) -> int:
        """The target of an attack on it."""
        return self.enemy.armour + sum(condition.armour for condition in self.combatant.conditions)


@dataclass(frozen=True)
class Surroundings:
    """A scene and its canon, and the questions the rules ask of them."""

    scene: Scene
    canon: CanonSlice

    @property
    def state(self) -> CampaignState:
        return self.scene.state

    @property
    def derived(self) -> Derived:
        return self.scene.derived

    @property
    def character(self) -> Character:
        return self.state.character

    @property
    def encounter(self) -> Encounter | None:
        return self.state.encounter

    def sees(self, secret: str | None) -> bool:
        """Whether a thing behind this secret can be seen."""
        return secret is None or secret in self.state.revealed

    @property
    def exits(self) -> tuple[Exit, ...]:
        return tuple(way for way in self.canon.place.exits if self.sees(way.secret))

    @property
    def features(self) -> tuple[Feature, ...]:
        return tuple(feature for feature in self.canon.place.features if self.sees(feature.secret))

    @property
    def finds(self) -> tuple[Find, ...]:
        """The finds that still lie here to be taken."""
        return tuple(f for f in self.canon.place.finds if self.sees(f.secret) and f.id not in self.state.taken)

    @property
    def spawns(self) -> tuple[Spawn, ...]:
        """Enemies that can be seen and are not beaten."""
        return tuple(s for s in self.canon.place.spawns if self.sees(s.secret) and s.id not in self.state.cleared)

    @property
    def npcs(self) -> tuple[Npc, ...]:
        return tuple(npc for npc in self.canon.npcs if npc.id in self.canon.place.npcs)

    @property
    def foes(self) -> tuple[Foe, ...]:
        """The enemies of the running encounter that still stand."""
        return self.standing(self.encounter) if self.encounter else ()

    @property
    def hidden_secrets(self) -> tuple[str, ...]:
        """The secrets that this place still keeps."""
        place = self.canon.place
        things: tuple[Exit | Feature | Find | Spawn, ...] = (
            *place.exits,
            *place.features,
            *place.finds,
            *place.spawns,
        )
        secrets = dict.fromkeys(thing.secret for thing in things)
        return tuple(secret for secret in secrets if secret and not self.sees(secret))

    def standing(self, encounter: Encounter) -> tuple[Foe, ...]:
        """The enemies of this encounter that still stand."""
        foes = ((combatant, self.enemy(combatant.enemy)) for combatant in encounter.enemies if combatant.hp)
        return tuple(Foe(combatant, enemy) for combatant, enemy in foes if enemy)

    def enemy(self, enemy_id: str) -> Enemy | None:
        return first(self.canon.enemies, enemy_id)

    def item(self, item_id: str) -> Item | None:
        return first(self.canon.items, item_id)

    def npc(self, npc_id: str) -> Npc | None:
        return first(self.canon.npcs, npc_id)

    def quest(self, quest_id: str) -> Quest | None:
        return first(self.canon.quests, quest_id)

    def find_carried(self, word: str) -> ItemInstance | None:
        """The item carried under this instance id, item id or name."""
        return pick(word, self.character.inventory) or first_where(self.character.inventory, word)

    def is_worn(self, instance: ItemInstance) -> bool:
        return instance.id in self.character.equipment.values()

    def disposition(self, npc: Npc) -> int:
        """The character's disposition towards the cat, -3 … 3."""
        return self.state.met.get(npc.id, npc.disposition)

    def suffers(self, condition_id: str) -> Condition | None:
        """The condition of this id that the character has."""
        return first(self.character.conditions, condition_id)

    @property
    def nameable(self) -> tuple[NamedThing, ...]:
        """Everything here that has a name and is no secret."""
        wares = [self.item(line.item) for line in self.canon.shop.stock] if self.canon.shop else []
        return (
            self.place,
            *self.exits,
            *self.features,
            *self.npcs,
            *self.character.inventory,
            *self.foes,
            *(known.ability for known in self.character.abilities),
            *(topic for npc in self.npcs for topic in npc.topics),
            *(item for item in (*wares, *(self.item(find.item or "") for find in self.finds)) if item),
            *self.canon.quests,
            *([self.canon.shop] if self.canon.shop else []),
        )

    @property
    def place(self) -> EntityRef:
        return EntityRef(id=self.canon.place.id, name=self.canon.place.name)


def pick(word: str, things: Iterable[Thing]) -> Thing | None:
    """The thing with this id, or else with this name in any case."""
    known = tuple(things)
    return first(known, word) or next((thing for thing in known if thing.name.casefold() == word.casefold()), None)


def first(things: Iterable[Thing], thing_id: str) -> Thing | None:
    """The thing with this id."""
    return next((thing for thing in things if thing.id == thing_id), None)


def first_where(inventory: Iterable[ItemInstance], item_id: str) -> ItemInstance | None:
    """The first instance of this item."""
    return next((instance for instance in inventory if instance.item == item_id), None)


def ids(things: Iterable[NamedThing]) -> tuple[str, ...]:
    """Their ids, for a refusal to name."""
    return tuple(thing.id for thing in things)
