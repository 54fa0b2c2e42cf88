"""From a clause with a verb to its meaning: one small reader per kind of deed."""

from __future__ import annotations

from collections.abc import Callable

from contracts.lore import Briefing
from contracts.state import Scene
from services.dm.domain.english.stems import stem
from services.dm.domain.readings import Aside, IntendedCall, Reading, intend
from services.dm.domain.understudy.reader import asking, belongings, fighting, people, places
from services.dm.domain.understudy.reader.cast import Cast, content_stems, pick
from services.dm.domain.understudy.reader.clauses import Clause

Reader = Callable[[Clause, Cast, Scene, Briefing], Reading]


def resolve(clause: Clause, cast: Cast, scene: Scene, briefing: Briefing) -> Reading:
    """What this clause means here and now."""
    assert clause.verb is not None
    return _READERS[clause.verb.verb.kind](clause, cast, scene, briefing)


def _accept(clause: Clause, cast: Cast, scene: Scene, briefing: Briefing) -> Reading:
    quest = pick(clause.after, cast.quests) or (cast.quests[0] if len(cast.quests) == 1 else None)
    return intend("accept_quest", quest=quest.id) if quest else Aside("absent")


def _level(clause: Clause, cast: Cast, scene: Scene, briefing: Briefing) -> Reading:
    if not scene.state.character.choices:
        return Aside("claim")
    ability = pick(clause.after, cast.abilities)
    stat = next((stat for stat in scene.state.character.stats if stem(stat) in content_stems(clause.said)), None)
    if ability and not stat:
        return intend("level_up", ability=ability.id)
    best = max(scene.state.character.stats, key=lambda known: scene.state.character.stats[known])
    return intend("level_up", stat=stat or best)


def _wait(clause: Clause, cast: Cast, scene: Scene, briefing: Briefing) -> Reading:
    """In a fight, and for a cat that cannot act, waiting is a deed: the others go on. In peace it is none."""
    return IntendedCall("defend") if scene.state.encounter or not scene.derived.can_act else Aside("wait")


def _plain(reading: Reading) -> Reader:
    return lambda clause, cast, scene, briefing: reading


_READERS: dict[str, Reader] = {
    "attack": fighting.attack,
    "defend": _plain(IntendedCall("defend")),
    "flee": fighting.flee,
    "hide": fighting.hide,
    "ability": fighting.ability,
    "use": belongings.use,
    "consume": belongings.consume,
    "equip": belongings.equip,
    "unequip": belongings.unequip,
    "take": belongings.take,
    "drop": belongings.drop,
    "give": belongings.give,
    "buy": belongings.buy,
    "sell": belongings.sell,
    "try": places.attempt,
    "search": places.search,
    "move": places.move,
    "unlock": places.unlock,
    "look": places.look,
    "talk": people.talk,
    "recall": asking.read_memory,
    "persuade": people.persuade,
    "accept": _accept,
    "level": _level,
    "rest": _plain(IntendedCall("rest")),
    "self": _plain(Aside("self")),
    "wait": _wait,
    "emote": _plain(Aside("emote")),
}
