"""Narrative of a turn, told from what the rules and the campaign made of it. Nothing else is ever told as fact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contracts.dm import InvokeDungeonMaster, PlayedRound
from contracts.effects import Proposal
from contracts.steps import is_world_step
from contracts.tools import Outcome
from services.dm.domain.consequences import describe_consequence, find_lives_lost
from services.dm.domain.english.tokens import words
from services.dm.domain.reading import Answer, Ask, Foreign, Impossible, Meaning, Roleplay, Scope, question
from services.dm.domain.relevance import memories_about, passages_about
from services.dm.domain.understudy.narrator import phrases
from services.dm.domain.understudy.narrator.answers import answer, names, refuse
from services.dm.domain.understudy.narrator.around import OF_PLACE
from services.dm.domain.understudy.narrator.echo import echo
from services.dm.domain.understudy.narrator.grammar import SentencePool, Voice, join_names, weave
from services.dm.domain.understudy.narrator.own import OF_SELF
from services.dm.domain.understudy.narrator.play import quoted
from services.dm.domain.understudy.narrator.scenery import FactGroups, describe_place

LONGEST = 3600
"""Characters; the contract bears 4,000."""
WITH_AN_OPENING = 3990
"""Characters of an opening and the story that goes on from it: less than 4,000 for what stands between them."""
MOST_FACTS = 8
MOST_MEMORIES = 3
MOST_LEFT = 4

_MANNERS: Mapping[str, SentencePool] = {
    "claim": phrases.CLAIM,
    "declined": phrases.DECLINED,
    "emote": phrases.EMOTE,
    "farewell": phrases.COURTESY,
    "greeting": phrases.COURTESY,
    "murmur": phrases.MURMUR,
    "orders": phrases.ORDERS,
    "small-talk": phrases.COURTESY,
    "speech": phrases.SPEECH,
    "thanks": phrases.COURTESY,
    "wait": phrases.WAIT,
    "wish": phrases.CLAIM,
}
_SEEN = frozenset((*OF_PLACE, "examine", "read", "topics", "way"))
_RECALLING = frozenset(("know", "recall", "remember", "think", "who"))
_ASKING = _RECALLING | frozenset(
    ["what", "do", "does", "did", "i", "of", "about", "is", "are", "was", "the", "a", "an", "me", "tell"]
)
_REMEMBERED = frozenset(("lore", "recap"))


def tell(
    request: InvokeDungeonMaster, spoken: tuple[Meaning, ...] = (), left: tuple[str, ...] = (), *, told: int = 0
) -> str:
    """The narrative. `spoken`: what is answered in it; `left`: what is still to do, as it could be typed. The same
    request gives the same words; after `told` characters of somebody else, fewer."""
    voice = Voice(request.envelope.campaign_id, request.number)
    played = [sentence for played in request.rounds for sentence in _round(played, request, voice)]
    elsewhere = _has_moved(request) or bool(find_lives_lost(request.rounds) and request.scene.state.status == "active")
    arrived = [_arrival(request, voice)] if elsewhere else []
    answered = [said for each in _distinct(spoken) if (said := _speak(each, request, voice, arrived=elsewhere))]
    undone = [_undone(quotable, voice)] if (quotable := _quotable(left, request)) else []
    story = [*played, *arrived, *answered, *undone] or [voice.says(phrases.NOTHING_DONE)]
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
    known = names(request)
    instead = tuple(dict.fromkeys(known[id] for id in legal if id in known))[:3]
    also = (f"what is there instead: {join_names(instead, 'or')}",) if instead else ()
    return weave(voice.says(phrases.REFUSED), (message, *also))


def _distinct(spoken: tuple[Meaning, ...]) -> list[Meaning]:
    """Each but once, and a murmur only when there is nothing else: most are words between two clauses."""
    kept: list[Meaning] = []
    for meaning in spoken:
        if meaning not in kept:
            kept.append(meaning)
    heard = [meaning for meaning in kept if not (isinstance(meaning, Roleplay) and meaning.manner == "murmur")]
    return heard or kept[:1]


def _speak(meaning: Meaning, request: InvokeDungeonMaster, voice: Voice, *, arrived: bool) -> str | None:
    memory = None
    if isinstance(meaning, Answer | Roleplay) and _RECALLING.intersection(words(request.action)):
        memory = _memory(" ".join(w for w in words(request.action) if w not in _ASKING), request, voice)
    if memory and not (isinstance(meaning, Answer) and meaning.subject == "examine"):
        return memory
    match meaning:
        case Answer(subject) if memory:
            return f"{memory} {_answer(meaning, request, voice)}"
        case Answer(subject):
            return None if arrived and subject == "look" else _answer(meaning, request, voice)
        case Ask():
            return question(meaning, Scope(request.scene, request.briefing, request.history))
        case Impossible():
            return weave(voice.says(phrases.REFUSED), refuse(meaning, request))
        case Foreign(language):
            line = phrases.POLITE.get(language, "")
            return " ".join((*((f"“{line}”",) if line else ()), voice.says(phrases.FOREIGN)))
        case Roleplay(manner) if manner in _MANNERS:
            return _play_along(meaning, request, voice)
    return None


def _play_along(meaning: Roleplay, request: InvokeDungeonMaster, voice: Voice) -> str:
    """What is done or said for its own sake; of what nobody understood, what comes near it."""
    pool = _MANNERS[meaning.manner]
    if request.briefing.npcs and not request.scene.state.encounter and pool is phrases.SPEECH:
        pool = phrases.COURTESY
    told = voice.says(pool)
    near = _quotable(meaning.near, request)
    if meaning.manner != "murmur" or not near:
        return told
    return f"{told} {weave(voice.says(phrases.NEAR), (join_names(near, 'or'),))}"


def _answer(asked: Answer, request: InvokeDungeonMaster, voice: Voice) -> str:
    memory = _memory(request.action, request, voice) if asked.subject in _REMEMBERED else None
    if memory:
        return memory
    groups = answer(asked, request)
    if asked.subject in _SEEN:
        return _described(groups, phrases.LOOK, voice)
    pool = phrases.SELF if asked.subject in OF_SELF or asked.subject in ("ability", "does", "price") else phrases.KNOWN
    return weave(voice.says(pool), tuple(fact for facts in groups for fact in facts))


def _quotable(typed: tuple[str, ...], request: InvokeDungeonMaster) -> tuple[str, ...]:
    """Deeds as they could be typed, without what a story may not repeat."""
    known = {name.casefold() for name in names(request).values()}
    return tuple(
        quoted(each)
        for each in typed[:MOST_LEFT]
        if echo(each, request) or any(name in each.casefold() for name in known)
    )


def _undone(quotable: tuple[str, ...], voice: Voice) -> str:
    return weave(voice.says(phrases.LEFT), (join_names(quotable),))


def _memory(asked: str, request: InvokeDungeonMaster, voice: Voice) -> str | None:
    """What is known, word for word and in quotation marks: it is told as a memory, not as news. Of what the story
    never touched, the lore may know something."""
    facts = tuple(memory.text for memory in memories_about(request.memories, asked, MOST_MEMORIES))
    known = facts or tuple(passage.text for passage in passages_about(request.passages, asked)[:1])
    return voice.says(phrases.MEMORY) + " … ".join(quoted(text) for text in known) if known else None


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
