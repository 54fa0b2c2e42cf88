"""use_ability: what a class can do that others cannot."""

from __future__ import annotations

from pydantic import Field

from contracts.canon import Ability, Dice, Npc
from contracts.effects import AbilityUsed, DispositionChanged, EnergySpent
from contracts.state import AbilityState
from contracts.tools import Refusal, RollModifier
from services.tools.domain.aim import Quarry, aim, engage
from services.tools.domain.dice import Roller
from services.tools.domain.flight import escape, way_out
from services.tools.domain.holdings import Holdings
from services.tools.domain.intent import Intent, Word
from services.tools.domain.recovery import heal, take_on
from services.tools.domain.rewards import meet, reveal
from services.tools.domain.ruling import Ruling, refuse, refuse_unknown
from services.tools.domain.strike import Weapon, afflict, finish, strike
from services.tools.domain.surroundings import Foe, Surroundings, ids, pick


class UseAbility(Intent):
    """Use one of your class's abilities."""

    ability: Word = Field(description="Ability id.", json_schema_extra={"refers_to": "ability"})
    target: Word | None = Field(
        default=None,
        description="Enemy or character, if it needs one.",
        json_schema_extra={"refers_to": "enemy-or-character"},
    )


def use_ability(intent: UseAbility, here: Surroundings, dice: Roller) -> Ruling | Refusal:
    known = next((known for known in here.character.abilities if _is_called(known, intent.ability)), None)
    if known is None:
        return refuse_unknown("ability", _ready(here))
    if unready := _unready(known, here):
        return unready
    ability = known.ability
    target = _target(ability, intent.target, here)
    if isinstance(target, Refusal):
        return target
    route = way_out(here) if ability.escapes and (here.encounter or not _does_more(ability)) else None
    if isinstance(route, Refusal):
        return route
    ruling = Ruling()
    _pay(ability, ruling)
    if isinstance(target, (Foe, Quarry)):
        _against(known, target, here, dice, ruling)
    elif isinstance(target, Npc):
        _charm(ability, target, here, ruling)
    _for_oneself(known, here, dice, ruling)
    if route:
        escape(route, here, dice, ruling)
    return ruling


def _unready(known: AbilityState, here: Surroundings) -> Refusal | None:
    ability, ready = known.ability, _ready(here)
    if known.ready_in:
        return refuse("not-ready", "An ability needs its cooldown.", f"{ability.name} is not ready yet.", ready)
    if known.charges == 0:
        return refuse("no-charges", "Charges come back with a rest.", f"{ability.name} is used up.", ["rest", *ready])
    if here.character.energy < ability.cost:
        return refuse(
            "no-energy", "An ability costs energy.", f"You are too tired for {ability.name}.", ["rest", *ready]
        )
    return None


def _target(ability: Ability, word: str | None, here: Surroundings) -> Foe | Quarry | Npc | Refusal | None:
    if ability.target == "enemy":
        return aim(word, here)
    if ability.target == "npc":
        present = here.npcs
        chosen = pick(word, present) if word else (present[0] if len(present) == 1 else None)
        return chosen or refuse_unknown("npc", ids(present))
    return None


def _does_more(ability: Ability) -> bool:
    """Whether it is good for something where there is nothing to escape from."""
    return bool(ability.condition or ability.heal or ability.reveals)


def _pay(ability: Ability, ruling: Ruling) -> None:
    ruling.does(AbilityUsed(ability=ability.id, cooldown=ability.cooldown))
    ruling.tells(f"You use {ability.name}.", ability)
    if ability.cost:
        ruling.does(EnergySpent(amount=ability.cost))


def _against(known: AbilityState, target: Foe | Quarry, here: Surroundings, dice: Roller, ruling: Ruling) -> None:
    """A strike must hit before it afflicts; what only afflicts can be saved against."""
    ability, at = known.ability, engage(target, here, dice, ruling)
    left: int | None = at.foe.combatant.hp
    if ability.strike:
        left = strike(_blow(known, ability.strike), at, here, dice, ruling)
    if ability.afflicts and left:
        afflict(ability.afflicts, at.foe, dice, ruling)
    finish(at.foe, left, at.encounter, here, dice, ruling)


def _blow(known: AbilityState, damage: Dice) -> Weapon:
    ability = known.ability
    return Weapon(
        name=ability.name,
        stat=ability.stat,
        damage=damage,
        damage_type=ability.damage_type or "slash",
        rank=known.rank - 1,
        damage_bonus=RollModifier(name="rank", amount=known.rank - 1),
        thing=ability,
    )


def _charm(ability: Ability, npc: Npc, here: Surroundings, ruling: Ruling) -> None:
    meet(npc, Holdings(here), ruling)
    if ability.charms:
        ruling.does(DispositionChanged(npc=npc.id, amount=ability.charms))
        ruling.tells(f"{npc.name} warms to you.", npc)


def _for_oneself(known: AbilityState, here: Surroundings, dice: Roller, ruling: Ruling) -> None:
    ability = known.ability
    heal(ability.heal, dice, here, ruling, rank=known.rank - 1)
    take_on(ability.condition, ruling)
    if not ability.reveals:
        return
    holdings, hidden = Holdings(here), here.hidden_secrets
    for secret in hidden:
        reveal(secret, here, holdings, ruling)
    if not hidden:
        ruling.tells("Nothing here is hidden from you.")


def _ready(here: Surroundings) -> list[str]:
    able = here.character.abilities
    return [k.ability.id for k in able if not k.ready_in and k.charges != 0 and k.ability.cost <= here.character.energy]


def _is_called(known: AbilityState, word: str) -> bool:
    return pick(word, [known.ability]) is not None
