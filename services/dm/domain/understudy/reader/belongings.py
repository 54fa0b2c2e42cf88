"""Deeds with things: what is carried, what lies about, what is for sale."""

from __future__ import annotations

from contracts.lore import Briefing
from contracts.state import Scene
from services.dm.domain.english.stems import stem
from services.dm.domain.readings import Aside, Reading, intend
from services.dm.domain.understudy.reader.cast import Cast, content_stems, id_of, pick
from services.dm.domain.understudy.reader.clauses import Clause
from services.dm.domain.understudy.reader.fighting import ability
from services.dm.domain.understudy.reader.places import attempt


def use(clause: Clause, cast: Cast, scene: Scene, briefing: Briefing) -> Reading:
    """ "use" is said of abilities, of what is carried and of what stands around: whichever is named best."""
    meant = pick(clause.after, (*cast.abilities, *cast.carried, *cast.features))
    if meant in cast.abilities:
        return ability(clause, cast, scene, briefing)
    if meant in cast.carried:
        return consume(clause, cast, scene, briefing)
    return attempt(clause, cast, scene, briefing)


def consume(clause: Clause, cast: Cast, scene: Scene, briefing: Briefing) -> Reading:
    thing = pick(clause.after, cast.carried)
    if thing is None:
        return Aside("absent")
    rest = tuple(word for word in clause.after if stem(word) not in thing.called)
    target = pick(rest, (*cast.enemies, *cast.people))
    harmful = next((i.use for i in scene.state.character.inventory if i.id == thing.id and i.use), None)
    if target is None and harmful and (harmful.damage or harmful.afflicts) and cast.enemies:
        target = cast.enemies[0]
    return intend("use_item", item=thing.id, target=id_of(target))


def equip(clause: Clause, cast: Cast, scene: Scene, briefing: Briefing) -> Reading:
    thing = pick(clause.after, cast.carried)
    return intend("equip", item=thing.id) if thing else Aside("absent")


def unequip(clause: Clause, cast: Cast, scene: Scene, briefing: Briefing) -> Reading:
    worn = scene.state.character.equipment
    thing = pick(clause.after, tuple(c for c in cast.carried if c.id in worn.values()))
    named = next((slot for slot in worn if stem(slot) in content_stems(clause.after)), None)
    slot = next((slot for slot, instance in worn.items() if thing and instance == thing.id), named)
    return intend("unequip", slot=slot) if slot else Aside("absent")


def take(clause: Clause, cast: Cast, scene: Scene, briefing: Briefing) -> Reading:
    """Taking what a shop sells is shoplifting by another name: it is offered to the rules as a purchase."""
    find = pick(clause.after, cast.finds)
    if find is None and cast.finds and not content_stems(clause.after):
        find = cast.finds[0]
    if find:
        return intend("take", find=find.id)
    quest = pick(clause.after, cast.quests)
    if quest:
        return intend("accept_quest", quest=quest.id)
    ware = pick(clause.after, cast.wares)
    return intend("buy", item=ware.id) if ware else Aside("absent")


def drop(clause: Clause, cast: Cast, scene: Scene, briefing: Briefing) -> Reading:
    thing = pick(clause.after, cast.carried)
    return intend("drop", item=thing.id) if thing else Aside("absent")


def give(clause: Clause, cast: Cast, scene: Scene, briefing: Briefing) -> Reading:
    """ "give me …" asks for something; what is given must be carried, and somebody must be there to take it."""
    thing = pick(clause.after, cast.carried)
    if clause.after[:1] == ("me",):
        return Aside("claim")
    person = pick(clause.after, cast.people) or (cast.people[0] if len(cast.people) == 1 else None)
    if thing is None or person is None:
        return Aside("absent")
    return intend("give", item=thing.id, npc=person.id)


def buy(clause: Clause, cast: Cast, scene: Scene, briefing: Briefing) -> Reading:
    ware = pick(clause.after, cast.wares)
    if ware is None and not content_stems(clause.after) and cast.wares:
        return Aside("look", about=briefing.shop.id if briefing.shop else None)
    return intend("buy", item=ware.id) if ware else Aside("absent")


def sell(clause: Clause, cast: Cast, scene: Scene, briefing: Briefing) -> Reading:
    thing = pick(clause.after, cast.carried)
    return intend("sell", item=thing.id) if thing else Aside("absent")
