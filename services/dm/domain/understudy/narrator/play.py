"""What can be told of the game and the story so far: quests, the next step, what happened, how to play."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster, ValidateAndRoute
from services.dm.domain.english.sentences import split_sentences
from services.dm.domain.grounding.evidence import gather_evidence
from services.dm.domain.grounding.names_and_figures import check as check_names
from services.dm.domain.reading import WHICH
from services.dm.domain.relevance import passages_about
from services.dm.domain.suggestions import suggest
from services.dm.domain.understudy.narrator.grammar import join_names
from services.dm.domain.understudy.narrator.scenery import FactGroups

MOST_RECALLED = 3
LONGEST_RECALLED = 400


def quests(request: InvokeDungeonMaster) -> FactGroups:
    """Those that run, in their own words, and those on offer here."""
    running = tuple(q for q in request.scene.state.quests if q.status == "active")
    done = tuple(q.name for q in request.scene.state.quests if q.status == "completed")
    offered = tuple(quest.name for quest in request.briefing.quests)
    told = "; ".join(f"{quest.name}: {quoted(quest.text)}" for quest in running)
    return (
        (told or "nobody is waiting for you to do anything",),
        (f"work on offer here: {join_names(offered)}",) if offered else (),
        (f"behind you already: {join_names(done)}",) if done else (),
    )


def next_step(request: InvokeDungeonMaster) -> FactGroups:
    """What the running quest asks for, in its own words."""
    running = tuple(q for q in request.scene.state.quests if q.status == "active")
    if running:
        return ((f"{running[0].name} says it plainly: {quoted(running[0].text)}",), _could(request))
    offered = tuple(quest.name for quest in request.briefing.quests)
    if offered:
        return ((f"somebody here has work: {join_names(offered)}",), _could(request))
    return (("nobody has asked for anything yet, and people who want something are met on the way",), _could(request))


def quest(about: str, request: InvokeDungeonMaster) -> FactGroups:
    taken = next((quest for quest in request.scene.state.quests if quest.id == about), None)
    offered = next((quest for quest in request.briefing.quests if quest.id == about), None)
    if taken and taken.status == "active":
        return ((f"{taken.name}, of {taken.arc}: {quoted(taken.text)}",),)
    if taken:
        return ((f"{taken.name} is behind you",),)
    if offered:
        return (
            (f"{offered.name} is on offer here" + (f": {quoted(offered.description)}" if offered.description else ""),),
        )
    return quests(request)


def recap(request: InvokeDungeonMaster) -> FactGroups:
    """What happened last, word for word, as far as a story may say it again."""
    told = tuple(_recalled(request))
    if not told:
        return (("there is not much to tell yet: the story has just begun",),)
    return (("before this: " + " … ".join(quoted(each) for each in told),),)


def options(request: InvokeDungeonMaster) -> FactGroups:
    could = _could(request)
    return (could or ("there is not much that can be done",),)


def help_(request: InvokeDungeonMaster) -> FactGroups:
    """How to play, with what would work here."""
    how = "say what your cat does, in plain words: go somewhere, talk to somebody, take, try, buy, use, fight or run"
    return ((how, "questions are free"), _could(request))


def rules(request: InvokeDungeonMaster) -> FactGroups:
    return (
        (
            "a turn holds one action and one move, and a question costs neither",
            "what is in doubt is diced for: a twenty-sided die, and your stat on top, against how hard it is",
            "in a fight the others act after you",
            "whoever has no hit points left loses one of nine lives, and wakes at home",
            "sleep mends, where it is safe",
        ),
    )


def game(request: InvokeDungeonMaster) -> FactGroups:
    return (
        (
            "every turn is kept as it happens, and nothing needs saving",
            "what was done stays done, and the dice are never thrown twice for one deed",
            "the story is told by the city itself, and the rules alone decide what is so",
        ),
    )


def lore(about: str, request: InvokeDungeonMaster) -> FactGroups:
    """What everybody knows of it: a passage, or a line of what is common knowledge."""
    asked = about.replace("-", " ")
    known = tuple(passage.text for passage in passages_about(request.passages, asked)[:1])
    if not known:
        words = [word for word in asked.casefold().split() if len(word) > 3]
        lines = (line.strip("#-* ") for line in re.split(r"\n+|(?<=[.])\s", request.common))
        known = tuple(line for line in lines if line and words and all(word in line.casefold() for word in words))[:1]
    if not known:
        return (("nobody here could tell you more about that",),)
    return ((f"everybody knows this much: {quoted(known[0][:LONGEST_RECALLED])}",),)


def quoted(text: str) -> str:
    """In quotation marks, and without marks of its own, which would end ours."""
    return "“" + re.sub('[“”"]', "’", text.strip()) + "”"


def _could(request: InvokeDungeonMaster) -> tuple[str, ...]:
    """What works now, as it could be typed."""
    offered = suggest(request.scene, request.briefing, request.number)
    return (f"what would work here: {join_names(tuple(quoted(o) for o in offered), 'or')}",) if offered else ()


def _recalled(request: InvokeDungeonMaster) -> Iterator[str]:
    """Sentences of the last stories that hold no name or figure that this scene does not know."""
    if not request.history:
        return
    reply = DungeonMasterReplied(envelope=request.envelope, told_by="understudy", narrative="")
    known = gather_evidence(
        ValidateAndRoute(
            envelope=request.envelope, reply=reply, action=request.action, scene=request.scene,
            briefing=request.briefing, names=request.names, guarded=request.guarded, passages=request.passages,
            memories=request.memories, common=request.common,
        )
    )  # fmt: skip
    room, count = LONGEST_RECALLED, 0
    for past in request.history[-2:]:
        for sentence in split_sentences(past.narrative):
            told = sentence.strip()
            if count >= MOST_RECALLED or WHICH.strip() in told or len(told) > room or check_names(told, known):
                continue
            room, count = room - len(told), count + 1
            yield told


OF_PLAY: Mapping[str, Callable[[InvokeDungeonMaster], FactGroups]] = {
    "quests": quests,
    "next-step": next_step,
    "recap": recap,
    "options": options,
    "help": help_,
    "rules": rules,
    "game": game,
}
