"""Answers: what the story says to a question, a wish, a thing that cannot be; from the scene, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from contracts.canon import EntityRef
from contracts.dm import InvokeDungeonMaster
from services.dm.domain.reading import Answer, Impossible
from services.dm.domain.understudy.narrator import around, own, play
from services.dm.domain.understudy.narrator.echo import echo
from services.dm.domain.understudy.narrator.grammar import join_names
from services.dm.domain.understudy.narrator.scenery import FactGroups, describe_place

_PLAIN: Mapping[str, Callable[[InvokeDungeonMaster], FactGroups]] = {**own.OF_SELF, **around.OF_PLACE, **play.OF_PLAY}
_ABOUT: Mapping[str, Callable[[str, InvokeDungeonMaster], FactGroups]] = {
    "ability": own.ability,
    "does": own.does,
    "price": own.price,
    "quest": play.quest,
    "topics": around.topics,
    "way": around.way,
    "examine": around.examine,
    "read": around.read,
    "lore": play.lore,
}
SUBJECTS = (*_PLAIN, *_ABOUT)
_REASONS: Mapping[str, str] = {
    "not-here": "there is no {} here",
    "not-carried": "there is no {} in the bag",
    "cannot": "no cat can do that with {}",
    "no-money": "{} costs more than the purse holds",
    "not-sold": "nobody here trades in {}",
    "full": "there is no room left for {}",
    "locked": "the way is shut: {}",
    "already": "that is so already, or used up: {}",
    "not-now": "this is not the moment for {}",
    "not-so": "it is not so, however nicely it is put",
}
_BARE: Mapping[str, str] = {
    "not-here": "there is no such thing here",
    "not-carried": "there is no such thing in the bag",
    "cannot": "no cat can do that",
    "no-money": "that costs more than the purse holds",
    "not-sold": "nobody here trades in that",
    "full": "there is no room left in the bag",
    "locked": "the way is shut",
    "already": "that is so already, or used up",
    "not-now": "this is not the moment for that",
    "not-so": "it is not so",
}


def answer(asked: Answer, request: InvokeDungeonMaster) -> FactGroups:
    """The answer to a question; what is about nothing that is known is answered with what is here."""
    groups: FactGroups
    if asked.subject in _PLAIN:
        groups = _PLAIN[asked.subject](request)
    elif asked.subject in _ABOUT and asked.about:
        groups = _ABOUT[asked.subject](asked.about, request)
    else:
        groups = describe_place(request)
    return tuple(group for group in groups if group)


def refuse(refused: Impossible, request: InvokeDungeonMaster) -> tuple[str, ...]:
    """What was looked for, why it is not to be, and what is like it here."""
    looked_for = _named(refused, request)
    why = _REASONS[refused.reason].format(looked_for) if looked_for else _BARE[refused.reason]
    known = names(request)
    near = tuple(dict.fromkeys(known[id] for id in refused.near if id in known and known[id] != looked_for))[:3]
    return (why, *((f"what comes near it: {join_names(near, 'or')}",) if near else ()))


def names(request: InvokeDungeonMaster) -> dict[str, str]:
    """Names of what is here or carried, by id: what a story may point to."""
    seen = request.briefing
    state = request.scene.state
    things: tuple[EntityRef, ...] = (*seen.exits, *(way.to for way in seen.exits), *seen.npcs, *seen.enemies)
    things = (*things, *seen.features, *seen.finds, *seen.wares, *seen.quests)
    foes = state.encounter.enemies if state.encounter else ()
    cat = state.character
    own_ = (
        *((item.item, item.name) for item in cat.inventory),
        *((item.id, item.name) for item in cat.inventory),
        *((each.ability.id, each.ability.name) for each in cat.abilities),
        *((foe.id, foe.name) for foe in foes),
    )
    return {**{thing.id: thing.name for thing in things}, **dict(own_)}


def _named(refused: Impossible, request: InvokeDungeonMaster) -> str:
    """What was looked for: by its name when it has one here, else in the player's words."""
    known = names(request)
    about = refused.deed.arguments.values() if refused.deed else ()
    if refused.looked_for in known.values():
        return refused.looked_for
    return echo(refused.looked_for, request) or next((known[id] for id in about if id in known), "")
