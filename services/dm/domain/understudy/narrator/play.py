"""Answers about the game and the story so far: quests, the next step, what happened, how to play."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from contracts.dm import InvokeDungeonMaster
from contracts.state import QuestState
from services.dm.domain.english.sentences import split_sentences
from services.dm.domain.english.tokens import words
from services.dm.domain.reading import WHICH
from services.dm.domain.suggestions import suggest
from services.dm.domain.understudy.narrator.evidence import may_be_recalled
from services.dm.domain.understudy.narrator.goods import list_pay
from services.dm.domain.understudy.narrator.grammar import Voice, bare, join_names, says_one_of, sentence
from services.dm.domain.understudy.narrator.memory import quote
from services.dm.domain.understudy.narrator.phrasebook import PHRASES, read_sections
from services.dm.domain.understudy.narrator.scenery import Sentences

MOST_RECALLED = 3
LONGEST_RECALLED = 240
_IDLE = (
    *(
        "which",
        "sure",
        "murmur",
        "recap",
        "recap-none",
        "recap-first",
        "help",
        "could",
        "claim",
        "orders",
        "wait",
        "declined",
        "look-again",
    ),
    *(section for section in PHRASES if section.startswith("refusals/")),
    *read_sections("points"),
)
"""Sections of phrases that begin a story in which nothing was done."""


def quests(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """Those that run, in their own words, and those on offer here."""
    running = tuple(told for quest in _running(request) for told in _step(quest, voice))
    done = tuple(bare(q.name) for q in request.scene.state.quests if q.status == "completed")
    offered = tuple(bare(quest.name) for quest in request.briefing.quests)
    return (
        *(
            running
            or (
                ()
                if offered or _running(request)
                else (voice.says("quests-none-left" if _has_quests(request) else "quests-none"),)
            )
        ),
        *((voice.says("quests-offered", quests=join_names(offered)),) if offered else ()),
        *((voice.says("quests-done", quests=join_names(done)),) if done else ()),
    )


def next_step(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """The next step of the running quest, in its own words."""
    running, offered = _running(request), tuple(bare(quest.name) for quest in request.briefing.quests)
    if running:
        return (*_step(running[0], voice), *_could(request, voice))
    if offered:
        return (voice.says("quests-offered", quests=join_names(offered)), *_could(request, voice))
    return (_no_step(request, voice), *_could(request, voice))


def quest(about: str, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    taken = next((quest for quest in request.scene.state.quests if quest.id == about), None)
    offered = next((quest for quest in request.briefing.quests if quest.id == about), None)
    if taken:
        if taken.status != "active":
            return (voice.says("quest-over", quest=bare(taken.name)),)
        return (*_step(taken, voice), *_pay(about, request, voice))
    if offered:
        told = voice.says("quest-offer", quest=bare(offered.name), text=offered.description)
        return (told, *_pay(about, request, voice))
    return quests(request, voice)


def _pay(quest: str, request: InvokeDungeonMaster, voice: Voice) -> Iterator[str]:
    """The pay of a quest in the end; nothing of one that pays nothing."""
    for pay in request.briefing.pays:
        if pay.quest == quest and (parts := list_pay(pay)):
            yield voice.says("quest-pays", pay=join_names(parts))


def recap(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """The latest events, word for word, as far as a story may say them again."""
    if _asks_why_here(words(request.action)):
        return why_here(request, voice)
    told = tuple(_recall(request))[::-1]
    nothing = "recap-none" if request.history or request.scene.state.turn else "recap-first"
    return (voice.says("recap", told=" ".join(told)) if told else voice.says(nothing), *_goals(request, voice))


def why_here(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """The cat by name and place, the quest that is wanted of it, and deeds that would work now."""
    cat, place = request.scene.state.character, request.scene.state.place
    who = voice.says("why-here", name=cat.name, level=cat.level, place=bare(place.name), **{"class": cat.class_name})
    offers = (
        voice.says("quest-offer", quest=bare(each.name), text=each.description) for each in request.briefing.quests[:1]
    )
    wanted = _goals(request, voice) or tuple(offers) or (_no_step(request, voice),)
    return (who, *wanted, *_could(request, voice))


def _asks_why_here(said: Sequence[str]) -> bool:
    """ "what am i doing here", "why am i here"."""
    return "am" in said and "here" in said and not {"doing", "why"}.isdisjoint(said)


def options(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """Deeds that could be done now; no more where that was told already."""
    told = (*_goals(request, voice), *_could(request, voice))
    return told or (() if voice.said("could") else (voice.says("could-nothing"),))


def help_(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """Help in playing, with what would work here."""
    return (voice.says("help"), *_could(request, voice))


def rules(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    return (voice.says("rules"),)


def game(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    return (voice.says("game"),)


def _running(request: InvokeDungeonMaster) -> tuple[QuestState, ...]:
    return tuple(quest for quest in request.scene.state.quests if quest.status == "active")


def _has_quests(request: InvokeDungeonMaster) -> bool:
    """Whether the cat ever took one on."""
    return bool(request.scene.state.quests)


def _no_step(request: InvokeDungeonMaster, voice: Voice) -> str:
    return voice.says("step-none-left" if _has_quests(request) else "step-none")


def _step(quest: QuestState, voice: Voice) -> Sentences:
    """The step that is to be done now, once in a story."""
    return (voice.says("quest", quest=bare(quest.name), text=quest.text),) if voice.is_new(quest.text) else ()


def _goals(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    return tuple(told for quest in _running(request)[:1] for told in _step(quest, voice))


def _could(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """Deeds that work now, as they could be typed."""
    if voice.said("could"):
        return ()
    offered = suggest(request.scene, request.briefing, request.number)
    deeds = tuple(quote(words[0].lower() + words[1:]) for words in offered)
    return (voice.says("could", deeds=join_names(deeds, "or")),) if deeds else ()


def _recall(request: InvokeDungeonMaster) -> Iterator[str]:
    """Beginnings of the last stories in which something was done, as far as they name nothing hidden."""
    begun = (next(split_sentences(past.narrative), "") for past in reversed(request.history))
    for told in islice((sentence(one) for one in begun if is_news(sentence(one), request)), MOST_RECALLED):
        yield quote(told)


def is_news(told: str, request: InvokeDungeonMaster) -> bool:
    """Whether a sentence of an earlier story tells of something, and may be told again."""
    idle = len(told) > LONGEST_RECALLED or says_one_of(told, _IDLE)
    return bool(told) and not idle and WHICH.strip() not in told and may_be_recalled(told, request)


OF_PLAY: Mapping[str, Callable[[InvokeDungeonMaster, Voice], Sentences]] = {
    "quests": quests,
    "next-step": next_step,
    "recap": recap,
    "options": options,
    "help": help_,
    "rules": rules,
    "game": game,
}
