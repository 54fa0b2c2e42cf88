"""Wants: what the quests under way want done next, as far as this campaign may know it."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.canon import EntityRef, Goal, Place, QuestStage
from contracts.lore import Want
from contracts.state import CampaignState
from services.lore.domain.pack import Pack, ref
from services.lore.domain.visibility import Visibility


def wants(pack: Pack, state: CampaignState, visible: Visibility) -> tuple[Want, ...]:
    """One for each quest under way, in the order they were taken."""
    return tuple(
        Want(
            quest=quest,
            stage=stage.id,
            kind=stage.goal.kind,
            target=_target(pack, stage.goal, visible),
            to=_person(pack, stage.goal.to, visible),
            at=_where(pack, stage.goal, visible),
        )
        for quest, stage in _current(pack, state)
    )


def _current(pack: Pack, state: CampaignState) -> Iterator[tuple[str, QuestStage]]:
    for known in state.quests:
        if known.status == "active" and known.id in pack.quest:
            yield from ((known.id, stage) for stage in pack.quest[known.id].stages if stage.id == known.stage)


def _target(pack: Pack, goal: Goal, visible: Visibility) -> EntityRef | None:
    """The thing that the goal is about; None while a secret hides it. A secret itself is a goal until it is known."""
    id = goal.target
    match goal.kind:
        case "reach":
            return ref(pack.place[id]) if id in visible.places else None
        case "talk":
            return _person(pack, id, visible)
        case "defeat":
            return ref(pack.enemy[id]) if id in visible.enemies else None
        case "hold" | "deliver":
            return ref(pack.item[id]) if id in visible.items else None
        case "use":
            shown = (f for p in _open(pack, visible) for f in p.features if f.id == id and visible.shows(f))
            return next((EntityRef(id=f.id, name=f.name) for f in shown), None)
        case "learn":
            return ref(pack.secret[id]) if id in visible.revealed else None


def _person(pack: Pack, id: str | None, visible: Visibility) -> EntityRef | None:
    return ref(pack.npc[id]) if id in visible.npcs and id in pack.npc else None


def _where(pack: Pack, goal: Goal, visible: Visibility) -> EntityRef | None:
    """The place where the goal is reached, when one may know it. Where a thing lies is for the player to find."""
    return next((ref(place) for place in _open(pack, visible) if _is_at(place, goal, visible)), None)


def _is_at(place: Place, goal: Goal, visible: Visibility) -> bool:
    match goal.kind:
        case "reach":
            return place.id == goal.target
        case "talk":
            return goal.target in place.npcs
        case "deliver":
            return goal.to in place.npcs
        case "defeat":
            return any(s.enemy == goal.target and visible.shows(s) for s in place.spawns)
        case "use":
            return any(f.id == goal.target and visible.shows(f) for f in place.features)
        case "hold" | "learn":
            return False


def _open(pack: Pack, visible: Visibility) -> Iterator[Place]:
    return (place for place in pack.places if place.id in visible.places)
