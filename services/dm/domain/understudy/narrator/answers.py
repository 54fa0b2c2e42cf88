"""Answers: what the story says to a question, from the scene and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from contracts.dm import InvokeDungeonMaster
from services.dm.domain.english.word_lists import read_sections, word_set
from services.dm.domain.reading import Answer, Meaning
from services.dm.domain.understudy.narrator import (
    around,
    memory,
    own,
    play,
    point_of_fights,
    point_of_goods,
    point_of_life,
    point_of_scene,
    point_of_world,
)
from services.dm.domain.understudy.narrator.grammar import Voice
from services.dm.domain.understudy.narrator.inquiry import Inquiry
from services.dm.domain.understudy.narrator.own_deed import quote_remark
from services.dm.domain.understudy.narrator.scenery import Sentences, describe_contents, describe_place

_PLAIN: Mapping[str, Callable[[InvokeDungeonMaster, Voice], Sentences]] = {
    **own.OF_SELF,
    **around.OF_PLACE,
    **play.OF_PLAY,
}
_ABOUT: Mapping[str, Callable[[str, InvokeDungeonMaster, Voice], Sentences]] = {
    "ability": own.ability,
    "does": own.does,
    "price": own.price,
    "quest": play.quest,
    "topics": around.topics,
    "way": around.way,
    "examine": around.examine,
    "read": around.read,
    "lore": memory.lore,
}
SUBJECTS = (*_PLAIN, *_ABOUT)
_PART_OF_PLACE = {"people": "people", "wares": "shop", "exits": "ways", "enemies": "enemies", "quests": "work"}
"""Subjects that tell a part of the place, and the part that they tell."""
_POINTS = {
    tell.__name__: tell
    for told in (point_of_life, point_of_goods, point_of_world, point_of_scene, point_of_fights)
    for tell in told.TELL
}
_FORMS = [[part.split() for part in line.split("|")] for line in dict(read_sections("questions"))["forms"]]
"""Forms of questions: what tells their point (or says it), subjects, words that are in them, words that are not."""


def answer(asked: Answer, request: InvokeDungeonMaster, voice: Voice, spoken: Sequence[Meaning] = ()) -> Sentences:
    """The answer to a question; what is about nothing that is known is answered with what is here. Of somebody who is
    here what is known is told besides what is seen, and only when it was asked for. `spoken`: all that is answered; of
    several readings of one question the one that leads to its point is enough.
    """
    if asked.asked and asked.asked in voice.settled:
        return ()
    answers = [each for each in spoken if isinstance(each, Answer)]
    beside = [each for each in answers if each.asked == asked.asked and each.subject != asked.subject]
    if told := next(filter(None, (_find_point(each, request, voice) for each in (asked, *beside))), ()):
        voice.settled.add(asked.asked)
        return told
    may_be_another = bool(beside) and "where" not in asked.asked
    told = _look(answers, may_be_another, request, voice) if asked.subject == "look" else ()
    return (*_doubt(asked, request, voice), *(told or _tell_all(asked, request, voice)))


def _look(answers: Sequence[Answer], may_be_another: bool, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """The place, without what other answers tell of it; of a question that may be another one what is in it alone."""
    besides = {_PART_OF_PLACE.get(each.subject, "") for each in answers}
    if may_be_another:
        return describe_contents(request, voice, brief=True, without=besides)
    return describe_place(request, voice, without=besides)


def _doubt(asked: Answer, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """The question, once, where it may well have been another one."""
    doubtful = asked.doubtful or (asked.subject in own.OF_SELF and _is_of_others(asked.asked))
    said = quote_remark(" ".join(asked.asked), request) if doubtful else ""
    if not said or asked.asked in voice.doubted:
        return ()
    voice.doubted.add(asked.asked)
    return (voice.says("doubtful", said=said),)


def _is_of_others(asked: Sequence[str]) -> bool:
    """ "how rich is she": of somebody else, whatever is known of the cat."""
    return not _OTHERS.isdisjoint(asked) and _ONESELF.isdisjoint(asked)


_OTHERS, _ONESELF = word_set("he she they his her hers their theirs"), word_set("i me my mine we us our you your")


def _tell_all(asked: Answer, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """All that belongs to the subject of a question."""
    here = any(person.id == asked.about for person in request.briefing.npcs)
    if here and memory.recalls(request):
        return (*memory.remember(request, voice), *around.examine(asked.about or "", request, voice))
    asks = asked.subject == "lore" or memory.recalls(request) or memory.asks_who(request)
    recalls = (asks and asked.subject in _ABOUT) or (
        asked.subject == "recap" and (memory.recalls(request) or not request.history)
    )
    remembered = memory.remember(request, voice) if recalls and not here else ()
    return remembered or _answer(asked, request, voice)


def _find_point(asked: Answer, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """The point of a question, by its form: told first, yes or no where it asks that. Nothing where the form asks
    for no more than its subject."""
    question, scene = Inquiry(asked, request), request.scene
    cat = scene.state.character
    for (name,), subjects, held, without in _FORMS if asked.asked else ():
        if (subjects and asked.subject not in subjects) or not question.has(*held) or any(map(question.has, without)):
            continue
        figures = {"hp": cat.hp, "max_hp": cat.max_hp, "armour": scene.derived.armour}
        said = (voice.says(name, **figures),) if name not in _POINTS else ()
        if told := said or tuple(_POINTS[name](question, voice)):
            return told
    return ()


def _answer(asked: Answer, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    if asked.subject in _PLAIN:
        return _PLAIN[asked.subject](request, voice)
    if asked.subject in _ABOUT and asked.about:
        told = _ABOUT[asked.subject](asked.about, request, voice) or _otherwise(asked.about, request, voice)
        return told or describe_place(request, voice)
    return describe_place(request, voice)


def _otherwise(about: str, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """The answer about what is no part of the place: a way, a shop, a thing in the bag, a gift."""
    seen, cat = request.briefing, request.scene.state.character
    if any(about in (way.id, way.to.id) for way in seen.exits):
        return around.way(about, request, voice)
    if seen.shop and about == seen.shop.id:
        return around.wares(request, voice)
    if own.find_carried(about, request) or any(ware.id == about for ware in seen.wares):
        return own.does(about, request, voice)
    if any(known.ability.id == about for known in cat.abilities):
        return own.ability(about, request, voice)
    return ()
