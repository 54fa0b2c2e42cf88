"""The rules' objection to a deed, as far as a scene and its briefing show it: the reason of a refusal, or nothing.

Follows `services/tools`: reach, running fights, cooldowns, energy, charges, stock, money, room, slots, locks. What only
canon knows (what a lock yields to, who wants what) is left to the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from contracts.state import AbilityState, ItemInstance
from services.dm.domain.readiness import find_hindrance
from services.dm.domain.reading.entities import Entity
from services.dm.domain.reading.meaning import Deed, Impossible
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.verbs import Verb

GUARDED: Mapping[str, str] = {
    tool: tool for tool in ("move_to", "attack", "flee", "persuade", "buy", "sell", "give", "drop", "level_up")
}
"""Tools that are never a guess, and the sense of verb that alone may lead to each."""

_DEVOTED = 3


def act(verb: Verb, tool: str, **arguments: str | None) -> Deed:
    """A deed that this verb leads to. Raises ValueError when a guarded tool is not what the verb means."""
    if tool in GUARDED and verb.sense != GUARDED[tool]:
        raise ValueError(f"{' '.join(verb.phrase)} does not mean {tool}")
    return Deed(tool, dict(arguments))


def rule_on(deed: Deed, scope: Scope, name: str = "") -> Deed | Impossible:
    """The deed, or the refusal that the rules would answer it with."""
    reason = objection(deed, scope)
    return Impossible(reason, name, deed=deed) if reason else deed


def objection(deed: Deed, scope: Scope) -> str:
    """The reason the rules would refuse this; empty when they would not, or when only they can tell."""
    check = _CHECKS.get(deed.tool)
    return check(deed.arguments, scope) if check else ""


def _entity(scope: Scope, id_: str | None, *kinds: str) -> Entity | None:
    return next((entity for entity in scope.of(*kinds) if entity.id == id_ or entity.name == id_), None)


def _item(scope: Scope, id_: str | None) -> ItemInstance | None:
    found = _entity(scope, id_, "item")
    return found.thing if found else None


def is_worn(item: ItemInstance, scope: Scope) -> bool:
    return item.id in scope.scene.state.character.equipment.values()


def _attack(arguments: Mapping[str, str | None], scope: Scope) -> str:
    target = _entity(scope, arguments["target"], "foe", "fallen", "spawn")
    if target is None:
        return "not-here"
    if target.kind == "fallen":
        return "already"
    return "not-now" if scope.fighting and target.kind == "spawn" else ""


def _move(arguments: Mapping[str, str | None], scope: Scope) -> str:
    if scope.fighting:
        return "not-now"
    way = _entity(scope, arguments["place"], "way")
    return "locked" if way and way.thing.locked else ""


def _unlock(arguments: Mapping[str, str | None], scope: Scope) -> str:
    way = _entity(scope, arguments["exit"], "way")
    return "" if way and way.thing.locked else "already"


def _in_a_fight(arguments: Mapping[str, str | None], scope: Scope) -> str:
    return "" if scope.fighting else "not-now"


def _rest(arguments: Mapping[str, str | None], scope: Scope) -> str:
    cat = scope.scene.state.character
    rested = any(condition.id == "rested" for condition in cat.conditions)
    drained = any(a.charges is not None and a.charges < (a.ability.charges or 0) for a in cat.abilities)
    tired = cat.hp < cat.max_hp or cat.energy < cat.max_energy or drained
    return "not-now" if scope.fighting or rested or not tired else ""


def _ability(arguments: Mapping[str, str | None], scope: Scope) -> str:
    found = _entity(scope, arguments["ability"], "ability")
    known: AbilityState | None = found.thing if found else None
    if known is None:
        return "cannot"
    if find_hindrance(known, scope.scene.state.character.energy):
        return "not-now"
    if known.ability.target == "enemy" and not scope.enemies:
        return "not-here"
    if known.ability.target == "npc" and not scope.of("person"):
        return "not-here"
    only_escapes = known.ability.escapes and not (
        known.ability.condition or known.ability.heal or known.ability.reveals
    )
    return "not-now" if only_escapes and not scope.fighting else ""


def _use(arguments: Mapping[str, str | None], scope: Scope) -> str:
    item = _item(scope, arguments["item"])
    if item is None:
        return ""
    if item.use is None:
        return "cannot"
    if item.charges == 0:
        return "already"
    if item.use.damage or item.use.afflicts:
        return "" if scope.enemies else "not-here"
    cat = scope.scene.state.character
    cures = {condition.id for condition in cat.conditions} & set(item.use.cures)
    heals = item.use.heal and cat.hp < cat.max_hp
    recharges = item.use.energy and cat.energy < cat.max_energy
    return "" if heals or recharges or cures or item.use.condition else "not-now"


def _buy(arguments: Mapping[str, str | None], scope: Scope) -> str:
    ware = _entity(scope, arguments["item"], "ware")
    if ware is None or not ware.thing.left:
        return "not-sold"
    return "no-money" if ware.thing.price > scope.scene.state.character.credits else ""


def _sell(arguments: Mapping[str, str | None], scope: Scope) -> str:
    item = _item(scope, arguments["item"])
    if scope.briefing.shop is None:
        return "not-sold"
    return "not-sold" if item and (item.kind == "key" or item.charges == 0) else ""


def _drop(arguments: Mapping[str, str | None], scope: Scope) -> str:
    item = _item(scope, arguments["item"])
    return "cannot" if item and item.kind == "key" else ""


def _equip(arguments: Mapping[str, str | None], scope: Scope) -> str:
    item = _item(scope, arguments["item"])
    if item is None:
        return ""
    if item.slot is None:
        return "cannot"
    return "already" if is_worn(item, scope) else ""


def _unequip(arguments: Mapping[str, str | None], scope: Scope) -> str:
    return "" if arguments["slot"] in scope.scene.state.character.equipment else "not-carried"


def _try(arguments: Mapping[str, str | None], scope: Scope) -> str:
    feature = _entity(scope, arguments["feature"], "feature")
    return "already" if feature and feature.thing.count == 0 else ""


def _level_up(arguments: Mapping[str, str | None], scope: Scope) -> str:
    return "" if scope.scene.state.character.choices else "not-now"


def _persuade(arguments: Mapping[str, str | None], scope: Scope) -> str:
    person = _entity(scope, arguments["npc"], "person")
    return "already" if person and person.thing.disposition >= _DEVOTED else ""


_CHECKS: dict[str, Callable[[Mapping[str, str | None], Scope], str]] = {
    "attack": _attack,
    "move_to": _move,
    "unlock": _unlock,
    "defend": _in_a_fight,
    "flee": _in_a_fight,
    "rest": _rest,
    "use_ability": _ability,
    "use_item": _use,
    "buy": _buy,
    "sell": _sell,
    "drop": _drop,
    "equip": _equip,
    "unequip": _unequip,
    "try_feature": _try,
    "level_up": _level_up,
    "persuade": _persuade,
}
