"""The story of a turn, told from what the rules and the campaign made of it. Nothing else is ever told as fact."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.canon import EntityRef
from contracts.dm import InvokeDungeonMaster, PlayedRound
from contracts.effects import Proposal
from contracts.tools import Outcome
from services.dm.domain.understudy import phrases
from services.dm.domain.understudy.grammar import Pool, Voice, listed, woven
from services.dm.domain.understudy.readings import Aside, Manner
from services.dm.domain.understudy.scenery import Telling, glimpse, sheet, surroundings

LONGEST = 3600
"""Characters; the contract bears 4,000."""
MOST_FACTS = 8

_ANSWERS: dict[Manner, Pool] = {
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


def tell(request: InvokeDungeonMaster, asides: tuple[Aside, ...]) -> str:
    """The narrative. The same request gives the same words."""
    voice = Voice(request.envelope.campaign_id, request.number)
    played = [sentence for played in request.rounds for sentence in _round(played, request, voice)]
    answered = [answer for aside in _once(asides) if (answer := _answer(aside, request, voice, after=bool(played)))]
    woken = _has_woken(request)
    arrived = [_waking(request, voice)] if woken else [_arrival(request, voice)] if _has_moved(request) else []
    told = [*played, *arrived, *answered] or [voice.says(phrases.NOTHING_DONE)]
    return _bounded([*told, _closing(request, voice)])


def _round(played: PlayedRound, request: InvokeDungeonMaster, voice: Voice) -> Iterator[str]:
    for outcome in played.outcomes:
        sentence = _outcome(outcome, played.refused.get(outcome.key), request, voice)
        if sentence:
            yield sentence


def _outcome(outcome: Outcome, undone: str | None, request: InvokeDungeonMaster, voice: Voice) -> str | None:
    """One outcome: what it did, or why it was refused — by the rules, or by the campaign when it was settled."""
    if outcome.refusal:
        return _refusal(outcome.refusal.message, outcome.refusal.legal, request, voice)
    if undone:
        return _refusal(undone, (), request, voice)
    if not outcome.facts:
        return None
    return woven(voice.says(_lead(outcome)), outcome.facts[:MOST_FACTS])


def _lead(outcome: Outcome) -> Pool:
    """What the cat did by a call of the master has a call id; what the world did is told the other way round."""
    return phrases.WORLD if "/world/" in outcome.key else phrases.DEED


def _refusal(message: str, legal: tuple[str, ...], request: InvokeDungeonMaster, voice: Voice) -> str:
    names = _names(request)
    instead = tuple(dict.fromkeys(names[known] for known in legal if known in names))[:3]
    also = (f"what is there instead: {listed(instead, 'or')}",) if instead else ()
    return woven(voice.says(phrases.REFUSED), (message, *also))


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
    if after and aside.manner not in _STILL_TRUE:
        return None
    if aside.manner == "look":
        return _described(glimpse(aside.about, request) if aside.about else surroundings(request), phrases.LOOK, voice)
    if aside.manner == "self":
        return _described(sheet(request.scene), phrases.SELF, voice)
    return voice.says(_ANSWERS[aside.manner])


def _has_moved(request: InvokeDungeonMaster) -> bool:
    here = request.briefing.place.id
    return any(effect.kind == "moved" and effect.to.id == here for effect in _effects(request))


def _effects(request: InvokeDungeonMaster) -> Iterator[Proposal]:
    """Everything that was applied this turn."""
    stands = (o for played in request.rounds for o in played.outcomes if o.key not in played.refused)
    return (effect for outcome in stands for effect in outcome.effects)


def _has_woken(request: InvokeDungeonMaster) -> bool:
    """Whether this turn cost a life. The rounds do not say so in words, but its consequences are unmistakable:
    wounds, and then the haven with half the hit points, without having walked there."""
    state = request.scene.state
    cat = state.character
    wounded = any(e.kind == "damaged" and e.target == "character" and e.amount for e in _effects(request))
    halved = cat.hp in (cat.max_hp // 2, (cat.max_hp + 1) // 2)
    at_home = state.place.id == state.haven.id and state.encounter is None
    return wounded and halved and at_home and not any(e.kind == "moved" for e in _effects(request))


def _waking(request: InvokeDungeonMaster, voice: Voice) -> str:
    state = request.scene.state
    woken = (f"you wake in {state.haven.name}", f"{state.character.lives} of nine lives are left")
    return woven(voice.says(phrases.WORLD), woken)


def _arrival(request: InvokeDungeonMaster, voice: Voice) -> str:
    return _described(surroundings(request), phrases.LOOK, voice)


def _described(telling: Telling, pool: Pool, voice: Voice) -> str:
    return " ".join(woven(voice.says(pool), facts) for facts in telling if facts)


def _closing(request: InvokeDungeonMaster, voice: Voice) -> str:
    state = request.scene.state
    if state.status == "ended":
        return voice.says(phrases.END)
    if state.encounter:
        return voice.says(phrases.FIGHT)
    hurt = state.character.hp * 3 <= state.character.max_hp
    return voice.says(phrases.HURT if hurt else phrases.CALM)


def _bounded(sentences: list[str]) -> str:
    """As many sentences as fit, the closing one always among them."""
    *told, closing = sentences
    kept: list[str] = []
    for sentence in told:
        if sum(map(len, kept)) + len(sentence) + len(closing) + len(kept) + 1 > LONGEST:
            break
        kept.append(sentence)
    return " ".join([*(kept or [told[0][: LONGEST - len(closing) - 2] + "…"]), closing])
