"""Points of life: lives and quests behind one, what cures, what enemies cannot stand, who means well, what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.dm.domain.english.stems import NEVER_NAMES, stem, stems
from services.dm.domain.reading import Deed, objection, phrase, read
from services.dm.domain.reading.english.questions import BARE
from services.dm.domain.understudy.narrator.goods import RESTED, costs, effects_of, readiness, turns
from services.dm.domain.understudy.narrator.grammar import bare, join_names, the, verb_for
from services.dm.domain.understudy.narrator.inquiry import LISTS
from services.dm.domain.understudy.narrator.memory import quote
from services.dm.domain.understudy.narrator.naming import count_foe, tell_foes
from services.dm.domain.understudy.narrator.phrasebook import PHRASES
from services.dm.domain.understudy.narrator.scenery import feels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from services.dm.domain.understudy.narrator.grammar import Voice
    from services.dm.domain.understudy.narrator.inquiry import Inquiry


def price_life(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The cost of a life: after the last there is no waking."""
    haven = bare(asked.request.scene.state.haven.name)
    yield voice.says("life-costs" if asked.cat.lives > 1 else "life-last", haven=haven, lives=asked.cat.lives)


def count_lives(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """Whether lives are gone, what an earlier story told of it, and what stays."""
    left = asked.cat.lives
    if left == 9 and asked.has("money"):
        return
    told = (asked.recall(("wake", "lives"), 2) or asked.recall(("lose", "life"), 2)) if left < 9 else ""
    yield voice.says("died" if left < 9 else "not-died", lives=left)
    yield from (voice.says("recalled", told=told),) if told else ()
    yield from (voice.says("life-keeps"),) if left < 9 else ()


def judge_quest(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """Whether the quests that are meant are behind one."""
    meant = [quest for quest in asked.request.scene.state.quests if asked.answer.about in (None, quest.id)]
    running = [quest for quest in meant if quest.status == "active"]
    for quest in running or meant[-1:]:
        yield voice.says("not-done" if running else "quest-over", quest=bare(quest.name), text=quest.text)


def allow(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """ "can I …": the words that do it, where the rules would not object."""
    request, rest = asked.request, " ".join(asked.answer.asked).partition(" i ")[2]
    meant = read(rest, request.scene, request.briefing, request.history)[0].meaning if rest else None
    if isinstance(meant, Deed) and meant.tool != "talk" and not objection(meant, asked.scope):
        yield voice.says("may", deed=quote(phrase(meant, asked.scope)))


def recall(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """Sentences that told of it before, word for word."""
    words = asked.answer.asked
    about = words[words.index("about") + 1 :] if "about" in words else words
    sought = [word for word in asked.things if word in about and word not in LISTS["saying"] | NEVER_NAMES]
    if told := asked.recall(sought, min(2, len(sought))) if sought else "":
        yield voice.says("recalled", told=told)


def leave_open(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """That nobody told it, where an answer at large would have nothing to do with what is asked."""
    at_large = stems(" ".join((*PHRASES[asked.answer.subject], asked.request.briefing.description)))
    said = stems(" ".join(asked.things))
    if voice.is_silent and len(said) > 1 and asked.scope.vocabulary.union(at_large, map(stem, BARE)).isdisjoint(said):
        yield voice.says("unsettled")


def cure(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """Things in the bag that take a condition off, and how long it lasts by itself."""
    named = [each.thing for each in asked.names("condition", least=0.5)]
    suffered = asked.cat.conditions if asked.answer.subject in ("conditions", "health") else ()
    for each in named or [other for other in suffered if other.id != RESTED]:
        cures = [i.name for i in asked.cat.inventory if i.use and each.id in i.use.cures and i.charges != 0]
        told = {"condition": each.name.lower(), "turns": turns(each.turns), "felt": effects_of(each)}
        if cures:
            take = "take" if len(cures) > 1 else verb_for(cures[0], "takes", "take")
            yield voice.says("cure", things=join_names([*map(the, dict.fromkeys(cures))]), take=take, **told)
        yield voice.says("wears-off" if cures else "no-cure", **told)


def _find_foes(asked: Inquiry) -> dict[str, list[str]]:
    """The enemies that are meant, or those that fight, or those that wait: their names by how they are."""
    fight = asked.request.scene.state.encounter
    called = tell_foes(fight.enemies) if fight else {}
    foes = [(foe.id, called[foe.id], "fights" if foe.hp else "down") for foe in fight.enemies] if fight else []
    foes += [(foe.id, count_foe(foe), "waits") for foe in asked.request.briefing.enemies]
    named = {each.id for each in asked.names("foe", "fallen", "spawn", least=0.5)} | {asked.answer.about}
    meant = [foe for foe in foes if foe[0] in named] or [foe for foe in foes if foe[2] == "fights"] or foes
    return {how: [name for _, name, is_ in meant if is_ == how] for _, _, how in meant}


def find_weakness(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """Harm that enemies cannot stand, as far as a story told it, and what there is to try."""
    if foes := [name for names in _find_foes(asked).values() for name in names]:
        told = asked.recall((*LISTS["heard"], *(name.split()[-1].casefold() for name in foes)), 2, 2)
        yield voice.says("recalled", told=told) if told else voice.says("weakness", foe=join_names(foes))
        yield from list_arms(asked, voice)


def list_arms(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """All that one could strike with, by the kind of harm that it does."""
    useful = [item for item in asked.cat.inventory if item.charges != 0]
    kinds = {the(item.name): item.damage_type for item in useful if item.damage}
    kinds |= {the(item.name): item.use.damage_type for item in useful if item.use and item.use.damage}
    kinds |= {each.ability.name: each.ability.damage_type for each in asked.cat.abilities if each.ability.strike}
    if told := [f"{name} ({kind})" for name, kind in kinds.items() if kind]:
        yield voice.says("arms", things=join_names(told))


def find_intent(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """Whether they are after the cat."""
    if asked.names("person"):
        return
    for how, names in _find_foes(asked).items():
        yield voice.says(_HOW[how], enemies=join_names(names))


_HOW = {"down": "enemies-down", "fights": "foe-fights", "waits": "foe-waits"}


def find_stat(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The figures of the cat that are named."""
    known = asked.request.scene.derived
    figures = (*known.stats.items(), ("armour", known.armour))
    if told := [f"{name} {figure}" for name, figure in figures if name in asked.answer.asked]:
        yield voice.says("figure", figures=join_names(told))


def count_foes(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The number of those that stand in a fight."""
    if names := _find_foes(asked).get("fights"):
        yield voice.says("foe-count", many=len(names), enemies=join_names(names))


def find_ready(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The time until an ability can be used again, and its cost; the other way round where that is asked."""
    for known in asked.cat.abilities:
        if known.ability.id == asked.answer.about:
            parts = {"costs": costs(known.ability), "ready": readiness(known, asked.request.scene)}
            yield voice.says("ability" if asked.has("cost") else "ready", ability=known.ability.name, **parts)


def find_feelings(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """Opinions that people here have of the cat."""
    named = {each.id for each in asked.names("person", least=0.5)} | {asked.answer.about}
    here = asked.request.briefing.npcs
    yield from (feels(each, voice) for each in [person for person in here if person.id in named] or here)


TELL = (
    *(price_life, count_lives, judge_quest, allow, recall, leave_open, cure, find_stat, find_ready),
    *(find_weakness, list_arms, find_intent, count_foes, find_feelings),
)
