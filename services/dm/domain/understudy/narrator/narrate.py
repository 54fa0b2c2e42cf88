"""Narrative of a turn, told from what the rules and the campaign made of it. Nothing else is ever told as fact."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.canon import EntityRef
from contracts.dm import InvokeDungeonMaster, PlayedRound
from contracts.effects import Proposal
from contracts.steps import is_world_step
from contracts.tools import Outcome
from services.dm.domain.consequences import describe_consequence, find_lives_lost
from services.dm.domain.readings import Aside, Manner
from services.dm.domain.relevance import memories_about, passages_about
from services.dm.domain.understudy.narrator import phrases
from services.dm.domain.understudy.narrator.grammar import SentencePool, Voice, join_names, weave
from services.dm.domain.understudy.narrator.scenery import FactGroups, describe_place, describe_sheet, describe_thing

LONGEST = 3600
"""Characters; the contract bears 4,000."""
WITH_AN_OPENING = 3990
"""Characters of an opening and the story that goes on from it: less than 4,000 for what stands between them."""
MOST_FACTS = 8
MOST_MEMORIES = 3

_ANSWERS: dict[Manner, SentencePool] = {
    "absent": phrases.ABSENT,
    "claim": phrases.CLAIM,
    "declined": phrases.DECLINED,
    "emote": phrases.EMOTE,
    "foreign": phrases.FOREIGN,
    "murmur": phrases.MURMUR,
    "orders": phrases.ORDERS,
    "speech": phrases.SPEECH,
    "wait": phrases.WAIT,
}
_STILL_TRUE: frozenset[Manner] = frozenset(("claim", "declined", "emote", "orders", "wait"))
"""What an aside says of the action alone, and therefore also after the scene has changed."""


def tell(request: InvokeDungeonMaster, asides: tuple[Aside, ...], *, told: int = 0) -> str:
    """The narrative. The same request gives the same words; after `told` characters of somebody else, fewer."""
    voice = Voice(request.envelope.campaign_id, request.number)
    played = [sentence for played in request.rounds for sentence in _round(played, request, voice)]
    answered = [answer for aside in _once(asides) if (answer := _answer(aside, request, voice, after=bool(played)))]
    elsewhere = _has_moved(request) or bool(find_lives_lost(request.rounds) and request.scene.state.status == "active")
    arrived = [_arrival(request, voice)] if elsewhere else []
    story = [*played, *arrived, *answered] or [voice.says(phrases.NOTHING_DONE)]
    return _bounded([*story, _closing(request, voice)], min(LONGEST, WITH_AN_OPENING - told))


def _round(played: PlayedRound, request: InvokeDungeonMaster, voice: Voice) -> Iterator[str]:
    for outcome in played.outcomes:
        sentence = _outcome(outcome, played.refused.get(outcome.key), request, voice)
        if sentence:
            yield sentence
    followed = tuple(fact for each in played.consequences for fact in describe_consequence(each))
    if followed:
        yield weave(voice.says(phrases.WORLD), followed)


def _outcome(outcome: Outcome, undone: str | None, request: InvokeDungeonMaster, voice: Voice) -> str | None:
    """One outcome: what it did, or why it was refused — by the rules, or by the campaign when it was settled."""
    if outcome.refusal:
        return _refusal(outcome.refusal.message, outcome.refusal.legal, request, voice)
    if undone:
        return _refusal(undone, (), request, voice)
    if not outcome.facts:
        return None
    return weave(voice.says(_lead(outcome)), outcome.facts[:MOST_FACTS])


def _lead(outcome: Outcome) -> SentencePool:
    """What the cat did by a call of the master has a call id; what the world did is told the other way round."""
    return phrases.WORLD if is_world_step(outcome.key) else phrases.DEED


def _refusal(message: str, legal: tuple[str, ...], request: InvokeDungeonMaster, voice: Voice) -> str:
    names = _names(request)
    instead = tuple(dict.fromkeys(names[known] for known in legal if known in names))[:3]
    also = (f"what is there instead: {join_names(instead, 'or')}",) if instead else ()
    return weave(voice.says(phrases.REFUSED), (message, *also))


def _names(request: InvokeDungeonMaster) -> dict[str, str]:
    """Names of what a refusal may point to instead."""
    seen = request.briefing
    encounter = request.scene.state.encounter
    things: tuple[EntityRef, ...] = (*seen.exits, *(way.to for way in seen.exits), *seen.npcs, *seen.enemies)
    things = (*things, *seen.features, *seen.finds, *seen.wares, *seen.quests)
    fighting = encounter.enemies if encounter else ()
    own = (
        *((item.id, item.name) for item in request.scene.state.character.inventory),
        *((e.id, e.name) for e in fighting),
    )
    return {**{thing.id: thing.name for thing in things}, **dict(own)}


def _once(asides: tuple[Aside, ...]) -> tuple[Aside, ...]:
    return tuple(dict.fromkeys(asides))


def _answer(aside: Aside, request: InvokeDungeonMaster, voice: Voice, *, after: bool) -> str | None:
    if aside.manner == "recall" and (memory := _memory(aside.words, request, voice)):
        seen = (
            _described(describe_thing(aside.about, request), phrases.LOOK, voice) if aside.about and not after else ""
        )
        return f"{memory} {seen}".rstrip()
    if after and aside.manner not in _STILL_TRUE:
        return None
    if aside.manner in ("look", "recall"):
        return _described(
            describe_thing(aside.about, request) if aside.about else describe_place(request), phrases.LOOK, voice
        )
    if aside.manner == "self":
        return _described(describe_sheet(request.scene), phrases.SELF, voice)
    return voice.says(_ANSWERS[aside.manner])


def _memory(asked: str, request: InvokeDungeonMaster, voice: Voice) -> str | None:
    """What is known, word for word and in quotation marks: it is told as a memory, not as news. Of what the story
    never touched, the lore may know something."""
    facts = tuple(memory.text for memory in memories_about(request.memories, asked, MOST_MEMORIES))
    known = facts or tuple(passage.text for passage in passages_about(request.passages, asked)[:1])
    return voice.says(phrases.MEMORY) + " … ".join(f"“{_unmarked(text)}”" for text in known) if known else None


def _unmarked(text: str) -> str:
    """Without quotation marks of its own, which would end ours."""
    return re.sub('[“”"]', "’", text)


def _has_moved(request: InvokeDungeonMaster) -> bool:
    here = request.briefing.place.id
    return any(effect.kind == "moved" and effect.to.id == here for effect in _effects(request))


def _effects(request: InvokeDungeonMaster) -> Iterator[Proposal]:
    """Everything that was applied this turn."""
    stands = (o for played in request.rounds for o in played.outcomes if o.key not in played.refused)
    return (effect for outcome in stands for effect in outcome.effects)


def _arrival(request: InvokeDungeonMaster, voice: Voice) -> str:
    return _described(describe_place(request), phrases.LOOK, voice)


def _described(telling: FactGroups, pool: SentencePool, voice: Voice) -> str:
    return " ".join(weave(voice.says(pool), facts) for facts in telling if facts)


def _closing(request: InvokeDungeonMaster, voice: Voice) -> str:
    state = request.scene.state
    if state.status == "ended":
        return voice.says(phrases.END)
    if state.encounter:
        return voice.says(phrases.FIGHT)
    hurt = state.character.hp * 3 <= state.character.max_hp
    return voice.says(phrases.HURT if hurt else phrases.CALM)


def _bounded(sentences: list[str], longest: int) -> str:
    """As many sentences as fit, the closing one always among them."""
    *told, closing = sentences
    kept: list[str] = []
    for sentence in told:
        if sum(map(len, kept)) + len(sentence) + len(closing) + len(kept) + 1 > longest:
            break
        kept.append(sentence)
    return " ".join([*(kept or [_cut(told[0], longest - len(closing) - 2)]), closing])


def _cut(sentence: str, longest: int) -> str:
    """Its beginning, in whole words: half a name would be a stranger's."""
    return sentence[:longest].rpartition(" ")[0] + "…"
