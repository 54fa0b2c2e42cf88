"""Fields of a campaign that can be asked for: those of its state by name, and the things in it by their ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from contracts.state import CampaignState
from services.campaign.domain.derive import STATS, derive

Held = int | str
Read = Callable[[CampaignState], Held]
ReadOne = Callable[[CampaignState, str], Held]


@dataclass(frozen=True)
class Field:
    """Something a state holds: a figure, or words where there is none."""

    name: str
    read: Read


class Unaskable(Exception):
    """There is no such field; `str(error)` says what there is, over several lines."""


@dataclass(frozen=True)
class _Kind:
    """Things that a campaign may have: which ids a state knows, and what it holds of one of them."""

    ids: Callable[[CampaignState], Iterable[str]]
    read: ReadOne


def _join(things: Iterable[str]) -> str:
    return ", ".join(things) or "none"


def _conditions(state: CampaignState) -> str:
    return _join(f"{each.name} ({each.turns})" for each in state.character.conditions)


def _bag(state: CampaignState) -> str:
    return _join(f"{item.name} ×{item.quantity}" for item in state.character.inventory)


def _format_equipment(state: CampaignState) -> str:
    return _join(f"{slot}: {item}" for slot, item in sorted(state.character.equipment.items()))


def _fight(state: CampaignState) -> str:
    fight = state.encounter
    return _join(f"{foe.name} {foe.hp}/{foe.max_hp}" for foe in fight.enemies) if fight else "none"


def _stat(name: str, state: CampaignState) -> int:
    return next(value for stat, value in derive(state).stats.items() if stat == name)


PLAIN: dict[str, Read] = {
    "hp": lambda state: state.character.hp,
    "max-hp": lambda state: state.character.max_hp,
    "energy": lambda state: state.character.energy,
    "max-energy": lambda state: state.character.max_energy,
    "xp": lambda state: state.character.xp,
    "level": lambda state: state.character.level,
    "choices": lambda state: state.character.choices,
    "lives": lambda state: state.character.lives,
    "credits": lambda state: state.character.credits,
    "armour": lambda state: derive(state).armour,
    "load": lambda state: derive(state).load,
    **{stat: partial(_stat, stat) for stat in STATS},
    "place": lambda state: state.place.id,
    "conditions": _conditions,
    "bag": _bag,
    "worn": _format_equipment,
    "fight": _fight,
    "status": lambda state: state.status,
    "ending": lambda state: state.ending or "none",
}
ALIASES = {
    "experience": "xp",
    "money": "credits",
    "armor": "armour",
    "inventory": "bag",
    "equipment": "worn",
    "encounter": "fight",
}


def _quantity(state: CampaignState, slug: str) -> int:
    return sum(item.quantity for item in state.character.inventory if slug in (item.item, item.id))


def _quest(state: CampaignState, slug: str) -> str:
    quest = next((quest for quest in state.quests if quest.id == slug), None)
    return f"{quest.status}, stage {quest.stage}, progress {quest.progress}" if quest else "not taken on"


def _disposition(state: CampaignState, slug: str) -> Held:
    return state.met.get(slug, "not met")


def _turns_left(state: CampaignState, slug: str) -> int:
    return next((each.turns for each in state.character.conditions if each.id == slug), 0)


def _ability(state: CampaignState, slug: str) -> str:
    known = next((each for each in state.character.abilities if each.ability.id == slug), None)
    if known is None:
        return "not known"
    charges = "" if known.charges is None else f", charges {known.charges}"
    return f"rank {known.rank}, ready in {known.ready_in}{charges}"


def _membership(read: Callable[[CampaignState], Iterable[str]], yes: str, no: str) -> _Kind:
    return _Kind(read, lambda state, slug: yes if slug in read(state) else no)


KINDS: dict[str, _Kind] = {
    "item": _Kind(lambda state: (id for each in state.character.inventory for id in (each.item, each.id)), _quantity),
    "quest": _Kind(lambda state: (quest.id for quest in state.quests), _quest),
    "npc": _Kind(lambda state: state.met, _disposition),
    "condition": _Kind(lambda state: (each.id for each in state.character.conditions), _turns_left),
    "ability": _Kind(lambda state: (each.ability.id for each in state.character.abilities), _ability),
    "defeated": _Kind(lambda state: state.defeated, lambda state, slug: state.defeated.get(slug, 0)),
    "cleared": _membership(lambda state: state.cleared, "cleared", "not cleared"),
    "find": _membership(lambda state: state.taken, "taken", "not taken"),
    "feature": _membership(lambda state: state.used, "used", "not used"),
    "exit": _membership(lambda state: state.unlocked, "unlocked", "not unlocked"),
    "secret": _membership(lambda state: state.revealed, "revealed", "not revealed"),
    "map": _membership(lambda state: tuple(place.id for place in state.places), "drawn", "not drawn"),
}
"""Kinds of things with an id, in the order in which an id alone is looked up."""

Known = dict[str, dict[str, None]]
"""The ids that a campaign has ever known, by kind, in the order in which they came up."""


def known_in(states: Iterable[CampaignState]) -> Known:
    """Everything with an id in these states."""
    known: Known = {kind: {} for kind in KINDS}
    for state in states:
        for kind, things in KINDS.items():
            known[kind].update(dict.fromkeys(things.ids(state)))
    return known


def field_of(words: Iterable[str], known: Known) -> Field:
    """The field of this name: "hp", "item shiny-tin", or an id alone. Raises Unaskable."""
    asked = [word for each in words for word in each.casefold().split()]
    name = "-".join(asked)
    plain = ALIASES.get(name, name)
    if plain in PLAIN:
        return Field(plain, PLAIN[plain])
    kind, slug = (asked[0], "-".join(asked[1:])) if len(asked) > 1 and asked[0] in KINDS else ("", name)
    for one, things in KINDS.items():
        if kind in ("", one) and slug in known[one]:
            return Field(f"{one} {slug}", partial(_one, things.read, slug))
    raise Unaskable(_what_there_is(" ".join(asked), known))


def _one(read: ReadOne, slug: str, state: CampaignState) -> Held:
    return read(state, slug)


def _what_there_is(asked: str, known: Known) -> str:
    lines = [f"There is no {asked or 'such thing'} to ask for. There are:", ", ".join(PLAIN)]
    lines += [f"{kind}: {', '.join(ids)}" for kind, ids in known.items() if ids]
    return "\n  ".join(lines)
