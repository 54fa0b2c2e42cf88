"""Points of a fight: how it may end, the best blow, who is worse off, whose turn it is, what victory brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.dm.domain.readiness import find_hindrance
from services.dm.domain.understudy.narrator import own
from services.dm.domain.understudy.narrator.goods import abilities_do, good_for
from services.dm.domain.understudy.narrator.grammar import join_names, the
from services.dm.domain.understudy.narrator.naming import condition_of, tell_foes
from services.dm.domain.understudy.narrator.point_of_life import list_arms
from services.dm.domain.understudy.narrator.scenery import look_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contracts.canon import Dice
    from contracts.state import Combatant
    from services.dm.domain.understudy.narrator.grammar import Voice
    from services.dm.domain.understudy.narrator.inquiry import Inquiry


def judge_odds(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """All that is known of how a fight may end: the dice decide, and both sides stand like this."""
    request = asked.request
    if not request.scene.state.encounter and not request.briefing.enemies:
        return
    yield voice.says("odds")
    called = _names(asked)
    for foe in _standing(asked):
        yield from look_at(foe, called[foe.id], voice)
    yield from own.health(request, voice)
    yield from list_arms(asked, voice)


def find_best_blow(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The strike with the best dice among what is in hand and ready, and its figures."""
    cat = asked.cat
    worn = [item for item in cat.inventory if item.damage and item.id in cat.equipment.values()]
    ready = [each for each in cat.abilities if each.ability.strike and not find_hindrance(each, cat.energy)]
    blows = [(_mean(item.damage), the(item.name), good_for(item)) for item in worn if item.damage]
    blows += [
        (_mean(each.ability.strike) + each.rank - 1, each.ability.name, abilities_do(each)[0])
        for each in ready
        if each.ability.strike
    ]
    if blows:
        _, blow, does = max(blows)
        yield voice.says("best-blow", blow=blow, does=does)


def compare_foes(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The enemy that is worst off, or that nothing tells them apart."""
    called, standing = _names(asked), sorted(_standing(asked), key=lambda foe: foe.hp / foe.max_hp)
    if len(standing) < 2:
        return
    states = {condition_of(foe) for foe in standing}
    if len(states) == 1:
        names = join_names(tuple(called[foe.id] for foe in standing))
        yield voice.says("foes-alike", enemies=names, state=states.pop())
    else:
        yield voice.says("foe-worst", foe=called[standing[0].id], state=condition_of(standing[0]))


def tell_turn(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The order of a round, for whoever asks whose turn it is."""
    if asked.request.scene.state.encounter:
        yield voice.says("turn-is-yours")


def tell_spoils(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """That victory brings experience, and sometimes more."""
    if asked.request.scene.state.encounter or asked.request.briefing.enemies:
        yield voice.says("spoils")


def _standing(asked: Inquiry) -> list[Combatant]:
    fight = asked.request.scene.state.encounter
    return [foe for foe in fight.enemies if foe.hp] if fight else []


def _names(asked: Inquiry) -> dict[str, str]:
    fight = asked.request.scene.state.encounter
    return dict(tell_foes(fight.enemies)) if fight else {}


def _mean(dice: Dice) -> float:
    return dice.count * (dice.sides + 1) / 2 + dice.bonus


TELL = (judge_odds, find_best_blow, compare_foes, tell_turn, tell_spoils)
