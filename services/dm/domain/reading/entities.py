"""Entities that an action can be about: everything in scope, with the words that it goes by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from contracts.lore import Briefing, Person, Thing, Way
from contracts.state import ItemInstance, Scene
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.english.function_words import DETERMINERS, FEMININE, MASCULINE, PREPOSITIONS, PRONOUNS
from services.dm.domain.reading.english.thesaurus import KINDS, SLOTS, STAT_WORDS, USES
from services.dm.domain.reading.spelling import base_forms, stem

_SILENT = (
    DETERMINERS
    | PREPOSITIONS
    | PRONOUNS
    | word_set("and or is are was it has have had be been not no will would you i me myself am we us")
)
NAME, ID, ROLE, KIND, DESCRIPTION = 1.0, 0.85, 0.8, 0.7, 0.4
_BESIDE = 0.54
"""The worth of a word, by where it stands."""


@dataclass(frozen=True, eq=False)
class Entity:
    """Something that can be meant. `kind`: person, foe, fallen, spawn, way, place, feature, find, item, ware, ability,
    quest (taken), offer, topic, stat, condition; away (somebody elsewhere). `order` counts within the kind, from 1."""

    kind: str
    id: str
    name: str
    words: Mapping[str, float] = field(default_factory=dict)
    thing: Any = None
    order: int = 0
    owner: str = ""
    description: str = ""
    aliases: tuple[str, ...] = ()
    """Of an ability: what else the world pack calls it."""

    @property
    def names(self) -> tuple[str, ...]:
        """Its names: those of a way include the place that it leads to."""
        return (self.name, self.thing.to.name) if self.kind == "way" else (self.name,)

    @property
    def worth(self) -> str:
        """The id to call it by outside: an item by its kind, as prices and uses are the kind's."""
        return self.thing.item if isinstance(self.thing, ItemInstance) else self.id


def aliases_of(thing: object) -> tuple[str, ...]:
    """Other names the world pack gives a thing; none in packs of before."""
    return tuple(getattr(thing, "aliases", ()))


def deeds_of(thing: object) -> tuple[str, ...]:
    """Verb phrases the world pack gives a thing; none in packs of before."""
    return tuple(getattr(thing, "deeds", ()))


@lru_cache(maxsize=4_096)
def content_of(text: str) -> tuple[str, ...]:
    """The words of a name or a description that tell it from others, in the singular."""
    cleaned = "".join(c if c.isalnum() else " " for c in text.casefold().replace("'s", "").replace("’s", ""))
    return tuple(stem(word) for word in cleaned.split() if word not in _SILENT)


def _words(*weighted: tuple[float, str]) -> dict[str, float]:
    return dict(_worth(weighted))


@lru_cache(maxsize=4_096)
def _worth(weighted: tuple[tuple[float, str], ...]) -> Mapping[str, float]:
    """The worth of each word of these texts: most of a scene is as it was when it was last read."""
    words: dict[str, float] = {}
    for weight, text in weighted:
        for word in content_of(text):
            words[word] = max(weight, words.get(word, 0.0))
    return words


def everything(scene: Scene, briefing: Briefing) -> tuple[Entity, ...]:
    """All that is in scope."""
    return (
        *_people(briefing),
        *_enemies(scene, briefing),
        *_ways(scene, briefing),
        *_things(briefing),
        *_belongings(scene, briefing),
        *_wares(briefing),
        *_abilities(scene, briefing),
        *_quests(scene, briefing),
    )


def _people(briefing: Briefing) -> Iterable[Entity]:
    for order, person in enumerate(briefing.npcs, 1):
        keeps_shop = " dealer shop" if briefing.shop and len(briefing.npcs) == 1 else ""
        role, _, of = person.role.partition(" of ")
        words = _words((DESCRIPTION, person.description), (_BESIDE, of), (ROLE, role + keeps_shop), *_names_of(person))
        words.setdefault("cat", KIND) if "cat" in person.description or "tom" in words else None
        yield Entity("person", person.id, person.name, words, person, order, description=person.description)
        for number, topic in enumerate(person.topics, 1):
            yield Entity(
                "topic",
                topic.id,
                topic.name,
                _words((ID, _id(topic.id)), *_names_of(topic)),
                topic,
                number,
                person.id,
            )


def away(briefing: Briefing) -> Iterable[Entity]:
    """Those who are elsewhere: named, and never meant by a word for anybody."""
    for order, somebody in enumerate(briefing.elsewhere, 1):
        yield Entity("away", somebody.id, somebody.name, _words(*_names_of(somebody)), somebody, order)


def _enemies(scene: Scene, briefing: Briefing) -> Iterable[Entity]:
    fight = scene.state.encounter
    kinds = {kind.id: kind for kind in briefing.opponents}
    for order, foe in enumerate(fight.enemies if fight else (), 1):
        words = _words((NAME, foe.enemy.replace("-", " ")), *_names_of(foe), *_names_of(kinds.get(foe.enemy)))
        words = {word: weight for word, weight in words.items() if word not in ("first", "second", "third", "fourth")}
        yield Entity("foe" if foe.hp else "fallen", foe.id, foe.name, words, foe, order)
    for order, spawn in enumerate(briefing.enemies, 1):
        words = _words((DESCRIPTION, spawn.description), (0.6, _id(spawn.id)), *_names_of(spawn))
        yield Entity("spawn", spawn.id, spawn.name, words, spawn, order, description=spawn.description)


def _ways(scene: Scene, briefing: Briefing) -> Iterable[Entity]:
    here = content_of(briefing.place.name)
    beside = {way.to.id for way in briefing.exits}
    for order, way in enumerate(briefing.exits, 1):
        name, beyond = _main_part(way.name)
        modifiers = " ".join(name.replace("-", " ").split()[:-1])
        words = _words(
            (_BESIDE, beyond),
            (ID, modifiers),
            (0.6, _without(_id(way.id), here)),
            (NAME, _id(way.to.id)),
            (NAME, way.to.name),
            (NAME, f"{name.split()[-1]} {' '.join(aliases_of(way))}"),
        )
        yield Entity("way", way.id, way.name, words, way, order)
    known = {place.id: place.name for place in scene.state.places}
    known |= {exit_.id: exit_.name for place in scene.state.places for exit_ in place.exits}
    for order, (id_, name) in enumerate(known.items(), 1):
        if id_ not in beside and id_ != briefing.place.id:
            yield Entity("place", id_, name, _words((ID, _id(id_)), (NAME, name)), None, order)


def _things(briefing: Briefing) -> Iterable[Entity]:
    here = content_of(briefing.place.name)
    for kind, things in (("feature", briefing.features), ("find", briefing.finds)):
        for order, thing in enumerate(things, 1):
            id_ = "" if kind == "find" and thing.description else _without(_id(thing.id), here)
            words = _words((DESCRIPTION, thing.description), (0.6, id_), *_names_of(thing))
            yield Entity(kind, thing.id, thing.name, words, thing, order, description=thing.description)


def _belongings(scene: Scene, briefing: Briefing) -> Iterable[Entity]:
    told = {thing.id: thing for thing in getattr(briefing, "belongings", ())}
    for order, item in enumerate(scene.state.character.inventory, 1):
        thing: Thing | None = told.get(item.id)
        worn_at = SLOTS[item.slot] if item.slot else ""
        words = _words(
            (DESCRIPTION, thing.description if thing else ""),
            (0.55, worn_at if item.kind != "weapon" else ""),
            (KIND, f"{KINDS[item.kind]} {_good_for(item)}"),
            (ID, _id(item.item)),
            (NAME, item.name),
            *_names_of(thing),
        )
        yield Entity("item", item.id, item.name, words, item, order, description=thing.description if thing else "")


def _good_for(item: ItemInstance) -> str:
    use = item.use
    kinds = [word for part, word in USES.items() if use and getattr(use, part)]
    damage = use.damage_type if use else None
    burns = {"heat": "fire flame burn", "shock": "spark shock electric zap", "acid": "acid"}.get(damage or "", "")
    return " ".join((*kinds, burns))


def _wares(briefing: Briefing) -> Iterable[Entity]:
    for order, ware in enumerate(briefing.wares, 1):
        yield Entity("ware", ware.id, ware.name, _words((ID, _id(ware.id)), *_names_of(ware)), ware, order)


def _abilities(scene: Scene, briefing: Briefing) -> Iterable[Entity]:
    called = {ability.id: aliases_of(ability) for ability in briefing.abilities}
    for order, known in enumerate(scene.state.character.abilities, 1):
        ability = known.ability
        words = _words((DESCRIPTION, ability.description), (ID, _id(ability.id)), *_names_of(ability))
        yield Entity(
            "ability",
            ability.id,
            ability.name,
            words,
            known,
            order,
            description=ability.description,
            aliases=called.get(ability.id, ()),
        )
    for order, condition in enumerate(scene.state.character.conditions, 1):
        roots = " ".join(form for word in content_of(condition.name) for form in base_forms(word))
        yield Entity(
            "condition",
            condition.id,
            condition.name,
            _words((ID, _id(condition.id)), (NAME, f"{condition.name} {roots}")),
            condition,
            order,
        )
    for order, (stat, names) in enumerate(STAT_WORDS.items(), 1):
        yield Entity("stat", stat, stat, _words((NAME, names)), None, order)


def _quests(scene: Scene, briefing: Briefing) -> Iterable[Entity]:
    for order, quest in enumerate(scene.state.quests, 1):
        words = _words((0.3, quest.text), (ID, _id(quest.id)), *_names_of(quest))
        yield Entity("quest", quest.id, quest.name, words, quest, order)
    for order, offer in enumerate(briefing.quests, 1):
        words = _words((DESCRIPTION, offer.description), (ID, _id(offer.id)), *_names_of(offer))
        yield Entity("offer", offer.id, offer.name, words, offer, order)


def _names_of(thing: Any) -> tuple[tuple[float, str], ...]:
    """Its name, and what else it goes by: the last word of an alias says what it is, those before it which kind."""
    aliases = [content_of(alias) for alias in aliases_of(thing)]
    heads = " ".join(alias[-1] for alias in aliases if alias)
    kinds = " ".join(word for alias in aliases for word in alias[:-1])
    return ((NAME, thing.name if thing else ""), (NAME, heads), (KIND, kinds))


def _main_part(name: str) -> tuple[str, str]:
    """ "the wet gap between the boxes" is a gap, and not boxes."""
    words = name.split()
    at = next((at for at, word in enumerate(words) if word.casefold() in PREPOSITIONS and at), len(words))
    return " ".join(words[:at]), " ".join(words[at:])


def _without(text: str, words: tuple[str, ...]) -> str:
    """Ids begin with the place they are in: that tells nothing apart."""
    return " ".join(word for word in text.split() if stem(word) not in words)


def _id(id_: str) -> str:
    return " ".join(part for part in id_.split("-") if not part.isdigit())


def is_masculine(person: Person) -> bool:
    return bool(MASCULINE & _words_about(person))


def is_feminine(person: Person) -> bool:
    return bool(FEMININE & _words_about(person))


def _words_about(person: Person) -> frozenset[str]:
    text = f"{person.name} {person.role} {person.description}".casefold()
    return frozenset("".join(c if c.isalpha() else " " for c in text).split())


def locked(way: Entity) -> bool:
    return isinstance(way.thing, Way) and way.thing.locked
