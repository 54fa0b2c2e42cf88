"""Deeds of a fight: whom to strike and with what, and how to get away."""

from __future__ import annotations

from contracts.lore import Briefing
from contracts.state import Scene
from services.dm.domain.english.stems import stem
from services.dm.domain.readings import Aside, Reading, intend
from services.dm.domain.understudy.reader.cast import Candidate, Cast, id_of, pick, pick_foe
from services.dm.domain.understudy.reader.clauses import Clause
from services.dm.domain.understudy.reader.places import move


def attack(clause: Clause, cast: Cast, scene: Scene, briefing: Briefing) -> Reading:
    target = pick_foe(clause.after, cast) or pick(clause.after, cast.people)
    instrument = pick(_instrument(clause), _weapons(cast, scene))
    return intend("attack", target=target.id, weapon=id_of(instrument)) if target else Aside("absent")


def _instrument(clause: Clause) -> tuple[str, ...]:
    """The words that say with what: after "with" or "using", or before the verb ("use the wrench to hit")."""
    for marker in ("with", "using"):
        if marker in clause.after:
            return clause.after[clause.after.index(marker) + 1 :]
    return clause.before


def _weapons(cast: Cast, scene: Scene) -> tuple[Candidate, ...]:
    weapons = {item.id for item in scene.state.character.inventory if item.kind == "weapon"}
    return tuple(c for c in cast.carried if c.id in weapons)


def ability(clause: Clause, cast: Cast, scene: Scene, briefing: Briefing) -> Reading:
    ability = pick(clause.after, cast.abilities)
    if ability is None:
        return Aside("absent")
    known = next(a.ability for a in scene.state.character.abilities if a.ability.id == ability.id)
    if known.target == "self" or known.target == "place":
        return intend("use_ability", ability=ability.id)
    among = cast.enemies if known.target == "enemy" else cast.people
    rest = tuple(word for word in clause.after if stem(word) not in ability.called)
    target = pick(rest, among) or (among[0] if among else None)
    return intend("use_ability", ability=ability.id, target=target.id) if target else Aside("absent")


def flee(clause: Clause, cast: Cast, scene: Scene, briefing: Briefing) -> Reading:
    if not cast.fighting and pick(clause.after, cast.ways):
        return move(clause, cast, scene, briefing)
    return intend("flee")


def hide(clause: Clause, cast: Cast, scene: Scene, briefing: Briefing) -> Reading:
    way = pick(clause.after, cast.ways)
    return intend("move_to", place=way.id) if way and not cast.fighting else intend("hide")
