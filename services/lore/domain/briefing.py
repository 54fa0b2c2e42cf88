"""What a character sees from where they stand: the public face of a place."""

from __future__ import annotations

from contracts.canon import EntityRef, Feature, Find, Npc, Place, Quest, Shop
from contracts.lore import Briefing, Person, Thing, Ware, Way
from contracts.state import CampaignState
from services.lore.domain.pack import Pack, ref
from services.lore.domain.visibility import Visibility


def brief(pack: Pack, state: CampaignState, visible: Visibility) -> Briefing:
    """The place as this campaign may see it: nothing unrevealed, nothing that is gone."""
    place = pack.place[state.place.id]
    shop = pack.shop[place.shop] if place.shop else None
    return Briefing(
        place=ref(place),
        district=place.district,
        description=place.description,
        safe=place.safe,
        exits=_ways(pack, place, state, visible),
        npcs=tuple(_person(pack.npc[id], state) for id in place.npcs),
        enemies=_enemies(pack, place, state, visible),
        features=tuple(_feature(f, state) for f in place.features if visible.shows(f)),
        finds=tuple(_find(pack, f) for f in place.finds if visible.shows(f) and f.id not in state.taken),
        shop=ref(shop) if shop else None,
        wares=_wares(pack, shop, state) if shop else (),
        quests=tuple(
            Thing(id=q.id, name=q.name, description=q.summary) for q in offered(pack, state) if liked(pack, q, state)
        ),
        abilities=tuple(
            Thing(id=a.ability.id, name=a.ability.name, description=a.ability.description)
            for a in state.character.abilities
        ),
    )


def offered(pack: Pack, state: CampaignState) -> tuple[Quest, ...]:
    """Quests whose giver is here and whose conditions in the story are met; whether the giver likes the cat is
    another matter (`liked`)."""
    place = pack.place[state.place.id]
    taken = {q.id for q in state.quests}
    done = {q.id for q in state.quests if q.status == "completed"}
    return tuple(q for q in pack.quests if q.giver in place.npcs and q.id not in taken and done.issuperset(q.requires))


def liked(pack: Pack, quest: Quest, state: CampaignState) -> bool:
    """Does the giver think well enough of this cat to ask?"""
    return disposition(pack.npc[quest.giver], state) >= quest.disposition


def disposition(npc: Npc, state: CampaignState) -> int:
    """What they think of this cat: as met, or as they think of any stranger."""
    return state.met.get(npc.id, npc.disposition)


def _ways(pack: Pack, place: Place, state: CampaignState, visible: Visibility) -> tuple[Way, ...]:
    return tuple(
        Way(
            id=e.id,
            name=e.name,
            to=ref(pack.place[e.to]),
            locked=e.lock is not None and e.id not in state.unlocked,
        )
        for e in place.exits
        if visible.shows(e)
    )


def _person(npc: Npc, state: CampaignState) -> Person:
    """Only the topics they would speak of now: the others open with their regard."""
    regard = disposition(npc, state)
    return Person(
        id=npc.id,
        name=npc.name,
        role=npc.role,
        description=npc.description,
        disposition=regard,
        topics=tuple(EntityRef(id=t.id, name=t.name) for t in npc.topics if regard >= t.disposition),
    )


def _enemies(pack: Pack, place: Place, state: CampaignState, visible: Visibility) -> tuple[Thing, ...]:
    fought = state.encounter.spawn if state.encounter else None
    waiting = [s for s in place.spawns if visible.shows(s) and s.id not in state.cleared and s.id != fought]
    kinds = [(s, pack.enemy[s.enemy]) for s in waiting]
    return tuple(Thing(id=s.id, name=e.name, description=e.description, count=s.count) for s, e in kinds)


def _feature(feature: Feature, state: CampaignState) -> Thing:
    """A feature that has given what it had stays in view, with a count of 0."""
    return Thing(
        id=feature.id,
        name=feature.name,
        description=feature.description,
        stats=tuple(dict.fromkeys(c.stat for c in feature.checks)),
        count=0 if feature.id in state.used else 1,
    )


def _find(pack: Pack, find: Find) -> Thing:
    if find.item is None:
        return Thing(id=find.id, name="loose credits", count=find.credits)
    item = pack.item[find.item]
    return Thing(id=find.id, name=item.name, description=item.description, count=find.quantity)


def _wares(pack: Pack, shop: Shop, state: CampaignState) -> tuple[Ware, ...]:
    """The shelf as it is: what was bought out of it is gone, and empty lines stay in view with none left."""
    return tuple(
        Ware(
            id=line.item,
            name=pack.item[line.item].name,
            price=line.price,
            left=max(0, line.quantity - state.sold.get(f"{shop.id}/{line.item}", 0)),
        )
        for line in shop.stock
    )
