"""Answers about the cat itself: its bag, its purse, its body, its gifts. Figures are told: they were asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from contracts.canon import Slot, Stat
from contracts.dm import InvokeDungeonMaster
from contracts.state import AbilityState, ItemInstance
from services.dm.domain.english.tokens import words
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.ideas import is_full
from services.dm.domain.reading import Deed, Scope, objection
from services.dm.domain.understudy.narrator.goods import (
    LABELS,
    RESTED,
    abilities_do,
    costs,
    effects_of,
    good_for,
    readiness,
    turns,
)
from services.dm.domain.understudy.narrator.grammar import Voice, are, join_names, the, verb_for
from services.dm.domain.understudy.narrator.naming import call
from services.dm.domain.understudy.narrator.scenery import Sentences, trades

_SLOTS: Mapping[Slot, str] = {
    "claws": "on the claws",
    "body": "on the body",
    "head": "on the head",
    "collar": "round the neck",
    "tail": "on the tail",
}
_STATS: tuple[Stat, ...] = ("claws", "paws", "whiskers", "wits", "purr")


def inventory(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """All that is carried, each with what it is good for."""
    cat = request.scene.state.character
    on = tuple(item for item in cat.inventory if item.id in cat.equipment.values())
    packed = tuple(item for item in cat.inventory if item.id not in cat.equipment.values())
    bag = voice.says("inventory", **_things(packed)) if packed else voice.says("inventory-empty")
    return (bag, *((voice.says("inventory-worn", **_things(on)),) if on else ()))


def _things(items: tuple[ItemInstance, ...]) -> dict[str, str]:
    counted = Counter[tuple[str, str]]()
    for item in items:
        counted[item.name, good_for(item)] += item.quantity
    described = tuple(f"{the(name)}{f' ({many})' if many > 1 else ''}, {use}" for (name, use), many in counted.items())
    joined = described[0] if len(described) == 1 else f"{'; '.join(described[:-1])}; and {described[-1]}"
    return {"things": joined, "is": are(tuple(name for name, _ in counted))}


def worn_things(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    cat = request.scene.state.character
    known = {item.id: item for item in cat.inventory}
    on = {the(known[id].name): _SLOTS[slot] for slot, id in cat.equipment.items() if id in known}
    if not on:
        return (voice.says("worn-nothing"),)
    things = join_names(tuple(f"{name} {where}" for name, where in on.items()))
    return (voice.says("worn", things=things, **{"is": are(tuple(on))}),)


def money(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    credits = request.scene.state.character.credits
    return (voice.says("money", credits=credits) if credits else voice.says("money-none"),)


def load(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    weight, most = request.scene.derived.load, request.scene.state.character.capacity
    ending = "there is no room for anything more" if is_full(request.scene) else "there is still room"
    return (voice.says("load", load=weight, most=most, ending=ending),)


def self(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """The cat itself, in figures as the campaign keeps them."""
    scene, cat = request.scene, request.scene.state.character
    now = scene.derived.stats
    stats = join_names(tuple(f"{stat} {now.get(stat, cat.stats.get(stat, 0))}" for stat in _STATS))
    figures = {"hp": cat.hp, "max_hp": cat.max_hp, "energy": cat.energy, "max_energy": cat.max_energy}
    return (
        voice.says("self", name=cat.name, level=cat.level, **{"class": cat.class_name}, **figures),
        voice.says("self-purse", credits=cat.credits, lives=cat.lives),
        voice.says("self-stats", stats=stats, armour=scene.derived.armour),
    )


def sum_up(request: InvokeDungeonMaster) -> str:
    """The figures as they are, against what is only said, as the end of a sentence."""
    cat = request.scene.state.character
    figures = f"{cat.hp} of {cat.max_hp} hit points, {cat.credits} credits and {cat.lives} lives"
    return f"you are level {cat.level}, with {figures}"


def abilities(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    known = request.scene.state.character.abilities
    return tuple(_ability(each, request, voice) for each in known) or (voice.says("ability-none"),)


def _ability(known: AbilityState, request: InvokeDungeonMaster, voice: Voice) -> str:
    ability = known.ability
    return voice.says("ability", ability=ability.name, costs=costs(ability), ready=readiness(known, request.scene))


def level(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    cat, at = request.scene.state.character, request.scene.derived.next_level_xp
    stands = (
        voice.says("level", level=cat.level, next=at, xp=cat.xp) if at else voice.says("level-top", level=cat.level)
    )
    if cat.choices:
        return (stands, voice.says("level-choice"))
    return (stands, voice.says("level-brings", hp=cat.hp_per_level)) if at else (stands,)


def lives(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    left = request.scene.state.character.lives
    return (voice.says("lives", lives=left) if left < 9 else voice.says("lives-all"),)


def health(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    cat = request.scene.state.character
    feels = "sound" if cat.hp >= cat.max_hp else "scratched" if cat.hp * 2 > cat.max_hp else "badly torn"
    feels = "held together by spite" if cat.hp * 4 <= cat.max_hp else feels
    figures = {"hp": cat.hp, "max_hp": cat.max_hp, "energy": cat.energy, "max_energy": cat.max_energy}
    rested = any(condition.id == RESTED for condition in cat.conditions)
    hint = (voice.says("health-hint"),) if cat.hp * 2 <= cat.max_hp and not rested else ()
    suffered = conditions(request, voice) if cat.conditions else ()
    return (voice.says("health", feels=feels, **figures), *suffered, *hint)


def conditions(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    suffered = request.scene.state.character.conditions
    told = (
        voice.says("suffering", condition=each.name.lower(), turns=turns(each.turns), felt=effects_of(each))
        for each in suffered
    )
    if suffered:
        return tuple(told)
    cat = request.scene.state.character
    return (voice.says("well"), *(health(request, voice) if cat.hp < cat.max_hp else ()))


def ability(about: str, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """One ability: what it is, costs, does, and when it is ready."""
    known = next((a for a in request.scene.state.character.abilities if a.ability.id == about), None)
    if known is None:
        return abilities(request, voice)
    does = join_names(abilities_do(known))
    told = (_ability(known, request, voice), known.ability.description)
    return (*told, *((voice.says("ability-does", does=does),) if does else ()))


def does(about: str, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """The use of a thing. Of a ware nobody knows more than its label, and what everybody tells of it."""
    item = find_carried(about, request)
    if item is None:
        kinds = next((ware.kinds for ware in request.briefing.wares if ware.id == about), ())
        known = tuple(LABELS[kind] for kind in kinds if kind in LABELS)
        kind = (voice.says("ware-kind", item=the(call(about, request)), kind=join_names(known)),) if known else ()
        return (*kind, *price(about, request, voice))
    seen = next((thing.description for thing in request.briefing.belongings if thing.id == item.id), "")
    put_on = item.slot and item.id not in request.scene.state.character.equipment.values()
    needed = not objection(Deed("use_item", {"item": item.id}), Scope(request.scene, request.briefing))
    then = ("use",) if item.use and needed else ("wear",) if put_on and not item.use else ()
    told = voice.says("good-for", item=the(item.name), use=good_for(item))
    return (told, *((seen,) if seen else ()), *(voice.says(hint) for hint in then))


def price(about: str, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """The price of a thing here, or the worth on the label of one's own."""
    ware = next((ware for ware in request.briefing.wares if ware.id == about), None)
    item = find_carried(about, request)
    credits = request.scene.state.character.credits
    sells = item and not _SELLING.isdisjoint(words(request.action))
    if ware and not sells:
        gone = verb_for(ware.name, "it is", "they are")
        stock = "and there is some left" if ware.left else f"and {gone} sold out"
        told = voice.says("price", item=the(ware.name), price=ware.price, stock=stock)
        if not trades(request):
            return (told, *((voice.says("wares-shut"),) if ware.left else ()))
        purse = voice.says("price-can" if ware.price <= credits else "price-cannot", credits=credits)
        return (told, purse) if ware.left else (told,)
    if item and item.charges == 0:
        return (voice.says("worth-nothing-now", item=the(item.name)),)
    if item and item.price and item.kind != "key":
        buyer = () if request.briefing.shop else (voice.says("nobody-buys"),)
        return (voice.says("worth", item=the(item.name), price=item.price), *buyer)
    return (voice.says("worthless", item=the(item.name)) if item else voice.says("no-price"),)


_SELLING = word_set("my sell give pay bid bring fetch")
"""Words of somebody who asks what a thing of their own brings, though it is for sale here as well."""


def find_carried(about: str, request: InvokeDungeonMaster) -> ItemInstance | None:
    """The thing carried, by the id of the instance or of its kind."""
    return next((i for i in request.scene.state.character.inventory if about in (i.id, i.item)), None)


OF_SELF: Mapping[str, Callable[[InvokeDungeonMaster, Voice], Sentences]] = {
    "inventory": inventory,
    "worn": worn_things,
    "money": money,
    "load": load,
    "self": self,
    "abilities": abilities,
    "level": level,
    "lives": lives,
    "health": health,
    "conditions": conditions,
}
