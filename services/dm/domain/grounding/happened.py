"""What happened in this turn, as far as a story may tell it as news."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from contracts.dm import ValidateAndRoute
from contracts.tools import Outcome
from services.dm.domain.english.tokens import words


@dataclass(frozen=True)
class Happened:
    """`kinds`: of effects and consequences that were applied. `tools`: what was tried, whatever came of it. `told`:
    the words of outcomes. `carried`: the words of what the character carries and can do. `action`: the player's words.
    `felled`: enemies that fell this turn, `fallen` those that lie there. `hurt`: whether the character was."""

    kinds: frozenset[str]
    tools: frozenset[str]
    told: frozenset[str]
    carried: frozenset[str]
    action: frozenset[str]
    felled: bool
    fallen: bool
    hurt: bool

    def any_of(self, *kinds: str) -> bool:
        return not self.kinds.isdisjoint(kinds)


def gather_happened(request: ValidateAndRoute) -> Happened:
    """Read off the rounds of this turn and the scene they led to."""
    done = tuple(_stands(request))
    tried = tuple(outcome for played in request.rounds for outcome in played.outcomes)
    effects = tuple(effect for outcome in done for effect in outcome.effects)
    consequences = tuple(each.kind for played in request.rounds for each in played.consequences)
    foes = request.scene.state.encounter.enemies if request.scene.state.encounter else ()
    down = {foe.id for foe in foes if not foe.hp}
    struck = {effect.target for effect in effects if effect.kind == "damaged" and effect.amount}
    ended = any(effect.kind == "encounter-ended" for effect in effects)
    cat = request.scene.state.character
    own = (cat.name, cat.class_name, *(item.name for item in cat.inventory), *(a.ability.name for a in cat.abilities))
    texts = (*own, *(condition.name for condition in cat.conditions))
    return Happened(
        kinds=frozenset((*(effect.kind for effect in effects), *consequences)),
        tools=frozenset(outcome.call.name for outcome in tried),
        told=frozenset(word for outcome in done for text in _texts(outcome) for word in words(text)),
        carried=frozenset(word for text in texts for word in words(text)),
        action=frozenset(words(request.action)),
        felled=ended or bool(struck & down),
        fallen=ended or bool(down),
        hurt="character" in struck,
    )


def _stands(request: ValidateAndRoute) -> Iterator[Outcome]:
    for played in request.rounds:
        yield from (o for o in played.outcomes if o.verdict == "done" and o.key not in played.refused)


def _texts(outcome: Outcome) -> tuple[str, ...]:
    return (*outcome.facts, *(mention.name for mention in outcome.mentions))
