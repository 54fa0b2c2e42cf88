"""Antecedents of a pronoun: what was spoken of last, whom one fights, the only one that it fits."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.entities import Entity, is_feminine, is_masculine
from services.dm.domain.reading.scope import Scope

_ALIVE = word_set("person foe fallen spawn")


def antecedents(pronoun: str, pool: Sequence[Entity], scope: Scope) -> tuple[Entity, ...]:
    if scope.absent and pronoun in ("it", "them", "that"):
        return ()
    fits = _FITS.get(pronoun, _always)
    able = [entity for entity in pool if fits(entity)]
    foes = [entity for entity in able if entity.kind == "foe"]
    if (
        scope.fighting
        and pronoun in ("it", "that", "him", "her")
        and not {*scope.recent[:1], *_living(scope)} & set(able)
    ):
        aimed = [entity for entity in scope.spoken_of if entity in foes] or (foes if len(foes) == 1 else [])
        if aimed or not foes:
            return tuple(aimed[:1])
        return tuple(foes)
    if scope.recent and pronoun == "it" and not set(scope.recent[:3]) & set(able):
        return ()
    for spoken in (scope.recent, scope.spoken_of):
        if found := [entity for entity in spoken if entity in able]:
            return (found[0],)
    plainly = [entity for entity in able if entity.kind == "person" and _IS_PLAINLY.get(pronoun, _never)(entity)]
    alone = [entity for entity in able if entity.kind in ("foe", "spawn")] or plainly or able
    return tuple(alone) if len(alone) == 1 else ()


def _living(scope: Scope) -> list[Entity]:
    """The last entity spoken of that is no tool of one's own."""
    return [entity for entity in scope.recent if entity.kind not in ("ability", "item", "stat")][:1]


def _is_he(entity: Entity) -> bool:
    return entity.kind != "person" or is_masculine(entity.thing) or not is_feminine(entity.thing)


def _is_she(entity: Entity) -> bool:
    return entity.kind != "person" or is_feminine(entity.thing) or not is_masculine(entity.thing)


_FITS: dict[str, Callable[[Entity], bool]] = {
    **dict.fromkeys(("him", "he", "his", "himself"), lambda entity: entity.kind in _ALIVE and _is_he(entity)),
    **dict.fromkeys(("her", "she", "herself"), lambda entity: entity.kind in _ALIVE and _is_she(entity)),
    "it": lambda entity: entity.kind != "person",
}


def _never(entity: Entity) -> bool:
    return False


def _always(entity: Entity) -> bool:
    return True


_IS_PLAINLY: dict[str, Callable[[Entity], bool]] = {
    **dict.fromkeys(("him", "he", "his"), lambda entity: is_masculine(entity.thing)),
    **dict.fromkeys(("her", "she", "hers"), lambda entity: is_feminine(entity.thing)),
}
