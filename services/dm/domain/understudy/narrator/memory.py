"""Memory: what is known from before, word for word and in quotation marks: it is told as a memory, not as news."""

from __future__ import annotations

import re

from contracts.dm import InvokeDungeonMaster
from services.dm.domain.english.tokens import words
from services.dm.domain.relevance import memories_about, passages_about
from services.dm.domain.understudy.narrator.grammar import Voice, bare
from services.dm.domain.understudy.narrator.scenery import Sentences

MOST_MEMORIES = 3
LONGEST_LORE = 400
_RECALLING = frozenset(("know", "recall", "remember", "think"))
_ASKING = _RECALLING | frozenset(
    ["who", "what", "do", "does", "did", "i", "of", "about", "is", "are", "was", "the", "a", "an", "me", "tell"]
)


def quote(text: str) -> str:
    """In quotation marks, and without marks of its own, which would end ours; one that has no other goes."""
    marks, text = re.findall('[“”"]', text), text.strip()
    bare_of = text.strip('“”"') if len(marks) % 2 or re.fullmatch(r"[“\"][^“”\"]*[”\"]", text) else text
    return "“" + re.sub('[“”"]', "’", bare_of) + "”"


def recalls(request: InvokeDungeonMaster) -> bool:
    """Whether the action asks what is known of something."""
    return not _RECALLING.isdisjoint(words(request.action))


def asks_who(request: InvokeDungeonMaster) -> bool:
    """Whether the action asks who somebody is."""
    return "who" in words(request.action)


def remember(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """Memories of what the action asks for, if there are any. Of what the story never touched, the lore may know
    something."""
    asked = " ".join(word for word in words(request.action) if word not in _ASKING)
    facts = tuple(memory.text for memory in memories_about(request.memories, asked, MOST_MEMORIES))
    if facts:
        return (voice.says("remember", memory=" ".join(quote(text) for text in facts)),)
    return _passage(asked, request, voice)


def _passage(asked: str, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    known = passages_about(request.passages, asked)[:1]
    return tuple(voice.says("passage", title=bare(found.title), memory=quote(found.text)) for found in known)


def lore(about: str, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """Common knowledge of it: a passage, or a line of what everybody knows."""
    asked = about.replace("-", " ")
    if told_of := _passage(asked, request, voice):
        return told_of
    told = [word for word in asked.casefold().split() if len(word) > 3]
    lines = (line.strip("#-* ") for line in re.split(r"\n+|(?<=[.])\s", request.common))
    known = next((line for line in lines if line and told and all(word in line.casefold() for word in told)), "")
    return (voice.says("lore", memory=quote(known[:LONGEST_LORE])) if known else voice.says("lore-none"),)
