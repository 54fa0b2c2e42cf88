"""Briefing: the public face of a place, as a character sees it from where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.canon import Exit, Feature, Find, Item, Npc, Place, Quest, Shop
from contracts.lore import Acquaintance, Briefing, Pay, Person, Thing, TopicRef, Ware, Way
from contracts.state import CampaignState
from services.lore.domain.pack import Pack, ref
from services.lore.domain.visibility import Visibility
from services.lore.domain.wants import wants

LOOSE_CREDITS = "loose credits"
MOST_ALIASES = 12
MOST_ACQUAINTANCES = 32


def brief(pack: Pack, state: CampaignState, visible: Visibility) -> Briefing:
    """The place as this campaign may see it: nothing unrevealed, nothing that is gone."""
    place = pack.place[state.place.id]
    shop = pack.shop[place.shop] if place.shop else None
    offers = tuple(quest for quest in list_offered(pack, state) if likes_cat(pack, quest, state))
    return Briefing(
        place=ref(place),
        district=place.district,
        description=place.description,
        safe=place.safe,
        exits=_ways(pack, place, state, visible),
        npcs=tuple(_person(pack.npc[id], state) for id in place.npcs),
        elsewhere=_elsewhere(pack, place, state, visible),
        enemies=_enemies(pack, place, state, visible),
        features=tuple(_feature(f, state) for f in place.features if visible.shows(f)),
        finds=tuple(_find(pack, f) for f in place.finds if visible.shows(f) and f.id not in state.taken),
        shop=ref(shop) if shop else None,
        wares=_wares(pack, shop, state) if shop else (),
        quests=tuple(Thing(id=q.id, name=q.name, description=q.summary, aliases=q.aliases) for q in offers),
        abilities=_abilities(pack, state),
        opponents=_opponents(pack, state),
        belongings=_belongings(pack, state),
        wants=wants(pack, state, visible),
        pays=tuple(_pay(quest) for quest in (*offers, *_under_way(pack, state))),
        indoors=place.indoors,
        ambience=place.ambience,
    )


def list_offered(pack: Pack, state: CampaignState) -> tuple[Quest, ...]:
    """Quests whose giver is here and whose conditions in the story are met; whether the giver likes the cat is
    another matter (`liked`)."""
    place = pack.place[state.place.id]
    taken = {q.id for q in state.quests}
    done = {q.id for q in state.quests if q.status == "completed"}
    return tuple(q for q in pack.quests if q.giver in place.npcs and q.id not in taken and done.issuperset(q.requires))


def likes_cat(pack: Pack, quest: Quest, state: CampaignState) -> bool:
    """Does the giver think well enough of this cat to ask?"""
    return disposition(pack.npc[quest.giver], state) >= quest.disposition


def _under_way(pack: Pack, state: CampaignState) -> tuple[Quest, ...]:
    return tuple(pack.quest[q.id] for q in state.quests if q.status == "active" and q.id in pack.quest)


def _pay(quest: Quest) -> Pay:
    pays = quest.reward
    return Pay(quest=quest.id, credits=pays.credits, xp=pays.xp, items=len(pays.items))


def disposition(npc: Npc, state: CampaignState) -> int:
    """The disposition of a person towards this cat: as met, or as towards any stranger."""
    return state.met.get(npc.id, npc.disposition)


def _ways(pack: Pack, place: Place, state: CampaignState, visible: Visibility) -> tuple[Way, ...]:
    return tuple(
        Way(
            id=e.id,
            name=e.name,
            to=ref(pack.place[e.to]),
            locked=e.lock is not None and e.id not in state.unlocked,
            aliases=way_aliases(pack, e),
            deeds=e.deeds,
        )
        for e in place.exits
        if visible.shows(e)
    )


def way_aliases(pack: Pack, way: Exit) -> tuple[str, ...]:
    """The aliases of an exit: its own words, and those of the place behind it."""
    both = dict.fromkeys((*way.aliases, *pack.place[way.to].aliases))
    return tuple(both)[:MOST_ALIASES]


def _person(npc: Npc, state: CampaignState) -> Person:
    """Only the topics they would speak of now: the others open with their regard."""
    regard = disposition(npc, state)
    return Person(
        id=npc.id,
        name=npc.name,
        role=npc.role,
        description=npc.description,
        disposition=regard,
        topics=tuple(TopicRef(id=t.id, name=t.name, aliases=t.aliases) for t in npc.topics if regard >= t.disposition),
        aliases=npc.aliases,
        voice=npc.voice,
    )


def _elsewhere(pack: Pack, here: Place, state: CampaignState, visible: Visibility) -> tuple[Acquaintance, ...]:
    """Those a character may think of going to: who was met, who is next door, who gave or waits for something of a
    quest under way. In the order of the pack, up to as many as a briefing holds."""
    next_door = {way.to for way in here.exits if visible.shows(way)}
    thought_of = {*state.met, *_of_quests(pack, state)}
    found = [
        Acquaintance(id=id, name=pack.npc[id].name, at=ref(place), aliases=pack.npc[id].aliases)
        for place in pack.places
        if place.id != here.id and place.id in visible.places
        for id in place.npcs
        if place.id in next_door or id in thought_of
    ]
    return tuple(found[:MOST_ACQUAINTANCES])


def _of_quests(pack: Pack, state: CampaignState) -> Iterator[str]:
    for running in state.quests:
        quest = pack.quest.get(running.id)
        if quest is None or running.status != "active":
            continue
        yield quest.giver
        for stage in quest.stages:
            if stage.id == running.stage:
                yield from (id for id in (stage.goal.target, stage.goal.to) if id)


def _enemies(pack: Pack, place: Place, state: CampaignState, visible: Visibility) -> tuple[Thing, ...]:
    fought = state.encounter.spawn if state.encounter else None
    waiting = [s for s in place.spawns if visible.shows(s) and s.id not in state.cleared and s.id != fought]
    kinds = [(s, pack.enemy[s.enemy]) for s in waiting]
    return tuple(
        Thing(id=s.id, name=e.name, description=e.description, count=s.count, aliases=e.aliases) for s, e in kinds
    )


def _opponents(pack: Pack, state: CampaignState) -> tuple[Thing, ...]:
    fought = dict.fromkeys(c.enemy for c in state.encounter.enemies) if state.encounter else {}
    kinds = [pack.enemy[id] for id in fought if id in pack.enemy]
    return tuple(Thing(id=e.id, name=e.name, description=e.description, aliases=e.aliases) for e in kinds)


def _abilities(pack: Pack, state: CampaignState) -> tuple[Thing, ...]:
    """The character's abilities, by the names it knows them by; the pack of today gives the words for them."""
    words = {a.id: a.aliases for c in pack.classes for a in c.abilities}
    own = [known.ability for known in state.character.abilities]
    return tuple(Thing(id=a.id, name=a.name, description=a.description, aliases=words.get(a.id, ())) for a in own)


def _belongings(pack: Pack, state: CampaignState) -> tuple[Thing, ...]:
    """The things carried, with what canon says of each; a thing that canon has no more is told by its name."""
    carried = [(i, pack.item.get(i.item)) for i in state.character.inventory]
    return tuple(
        Thing(
            id=instance.id,
            name=instance.name,
            description=item.description if item else "",
            count=instance.quantity,
            aliases=item.aliases if item else (),
        )
        for instance, item in carried
    )


def _feature(feature: Feature, state: CampaignState) -> Thing:
    """A feature that has given what it had stays in view, with a count of 0."""
    return Thing(
        id=feature.id,
        name=feature.name,
        description=feature.description,
        stats=tuple(dict.fromkeys(c.stat for c in feature.checks)),
        count=0 if feature.id in state.used else 1,
        aliases=feature.aliases,
        deeds=feature.deeds,
    )


def _find(pack: Pack, find: Find) -> Thing:
    if find.item is None:
        return Thing(id=find.id, name=LOOSE_CREDITS, count=find.credits, aliases=find.aliases)
    item = pack.item[find.item]
    return Thing(
        id=find.id,
        name=item.name,
        description=item.description,
        count=find.quantity,
        aliases=find_aliases(pack, find),
    )


def find_aliases(pack: Pack, find: Find) -> tuple[str, ...]:
    """The aliases of a find: its own words, and those of the thing it is."""
    item = pack.item[find.item].aliases if find.item else ()
    return tuple(dict.fromkeys((*find.aliases, *item)))[:MOST_ALIASES]


def _wares(pack: Pack, shop: Shop, state: CampaignState) -> tuple[Ware, ...]:
    """The shelf as it is: what was bought out of it is gone, and empty lines stay in view with none left."""
    return tuple(
        Ware(
            id=line.item,
            name=pack.item[line.item].name,
            price=line.price,
            left=max(0, line.quantity - state.sold.get(f"{shop.id}/{line.item}", 0)),
            aliases=pack.item[line.item].aliases,
            kinds=_kinds(pack.item[line.item]),
        )
        for line in shop.stock
    )


def _kinds(item: Item) -> tuple[str, ...]:
    """The kind of an item, and what using it is good for."""
    use = item.use
    told = (("heals", use and use.heal), ("energises", use and use.energy), ("harms", use and use.damage))
    return (item.kind, *(kind for kind, does in told if does))
