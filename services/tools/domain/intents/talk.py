"""talk: words with somebody, and what they will tell."""

from __future__ import annotations

from pydantic import Field

from contracts.canon import Npc, NpcVoice, Topic
from contracts.tools import Refusal
from services.tools.domain.dice import Roller
from services.tools.domain.holdings import Holdings
from services.tools.domain.intent import Intent, Word
from services.tools.domain.quests import count_event, list_offered
from services.tools.domain.rewards import meet, reveal
from services.tools.domain.ruling import Ruling, refuse, refuse_unknown
from services.tools.domain.surroundings import Surroundings, ids, pick


class Talk(Intent):
    """Talk to somebody here, about a topic or in general."""

    npc: Word = Field(description="Character id.", json_schema_extra={"refers_to": "character"})
    topic: Word | None = Field(default=None, description="Topic id.", json_schema_extra={"refers_to": "topic"})


def talk(intent: Talk, here: Surroundings, dice: Roller) -> Ruling | Refusal:
    npc = pick(intent.npc, here.npcs)
    if npc is None:
        return refuse_unknown("npc", ids(here.npcs))
    topic = pick(intent.topic, npc.topics) if intent.topic else None
    if intent.topic and topic is None:
        return refuse_unknown("topic", ids(_open(npc, here)))
    if topic and topic not in _open(npc, here):
        return refuse(
            "guarded-topic",
            "Some things are told to friends only: persuade first.",
            f"{npc.name} will not speak of {topic.name} with you yet.",
            ["persuade", *ids(_open(npc, here))],
        )
    ruling, holdings = Ruling(), Holdings(here)
    is_stranger = npc.id not in here.state.met
    meet(npc, holdings, ruling)
    if topic:
        ruling.tells(f"{npc.name} on {topic.name}: {topic.text}", npc, topic)
        for secret in topic.reveals:
            reveal(secret, here, holdings, ruling)
    else:
        _chat(npc, is_stranger, here, ruling)
    count_event("talk", npc.id, here, ruling)
    return ruling


def _chat(npc: Npc, is_stranger: bool, here: Surroundings, ruling: Ruling) -> None:
    """Something they say, and what they need done. Who has no voice would talk about their topics."""
    topics = _open(npc, here)
    ruling.names(npc, *topics)
    if line := _line(npc.voice, is_stranger, here.state.turn) if npc.voice else "":
        ruling.tells(f"{npc.name} says: {line}")
    else:
        ruling.tells(f"You talk with {npc.name}.")
        if topics:
            ruling.tells(f"{npc.name} would talk about: {', '.join(topic.name for topic in topics)}.")
    for quest in list_offered(here, npc):
        ruling.tells(f"{npc.name} has something for you to do: {quest.name}.", quest)


def _line(voice: NpcVoice, is_stranger: bool, turn: int) -> str:
    """The greeting at a first meeting; later what comes next in their round, a line a turn."""
    if is_stranger and voice.greeting:
        return voice.greeting
    later = [line for line in (voice.again, *voice.small_talk) if line]
    return later[turn % len(later)] if later else voice.greeting


def _open(npc: Npc, here: Surroundings) -> tuple[Topic, ...]:
    return tuple(topic for topic in npc.topics if here.disposition(npc) >= topic.disposition)
