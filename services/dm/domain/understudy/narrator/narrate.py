"""Narrative of a turn, told from what the rules and the campaign made of it. Nothing else is ever told as fact."""

from __future__ import annotations

from collections.abc import Iterator, Set

from contracts.dm import InvokeDungeonMaster
from contracts.effects import Proposal
from services.dm.domain.consequences import find_lives_lost
from services.dm.domain.reading import Answer, Ask, Foreign, Impossible, Meaning, Roleplay, Scope, question
from services.dm.domain.reading.lexing import tokens
from services.dm.domain.reading.mentions import mention
from services.dm.domain.understudy.narrator import memory, roleplay
from services.dm.domain.understudy.narrator.answers import answer
from services.dm.domain.understudy.narrator.closing import close
from services.dm.domain.understudy.narrator.echo import echo
from services.dm.domain.understudy.narrator.grammar import Voice, join_names
from services.dm.domain.understudy.narrator.hearing import hear
from services.dm.domain.understudy.narrator.memory import quote
from services.dm.domain.understudy.narrator.naming import names
from services.dm.domain.understudy.narrator.needs import meet_need
from services.dm.domain.understudy.narrator.phrasebook import POLITE
from services.dm.domain.understudy.narrator.refusals import refuse, tell_absent
from services.dm.domain.understudy.narrator.rulings import tell_round
from services.dm.domain.understudy.narrator.scenery import Sentences, describe_contents

LONGEST = 3600
"""Characters; the contract bears 4,000."""
WITH_AN_OPENING = 3990
"""Characters of an opening and the story that goes on from it: less than 4,000 for what stands between them."""
MOST_LEFT = 4
_PASSING = frozenset(("murmur", "claim", "wish", "emote", "orders", "declined"))
"""Manners that are only answered when there is nothing else in the turn: beside a deed they are words on the way."""


def tell(
    request: InvokeDungeonMaster, spoken: tuple[Meaning, ...] = (), left: tuple[str, ...] = (), *, told: int = 0
) -> str:
    """The narrative. `spoken`: what is answered in it; `left`: what is still to do, as it could be typed. The same
    request gives the same words; after `told` characters of somebody else, fewer."""
    lately = (past.narrative for past in request.history)
    voice = Voice(request.envelope.campaign_id, request.number, lately)
    woken = bool(find_lives_lost(request.rounds)) and request.scene.state.status == "active"
    elsewhere = woken or _has_moved(request)
    kept = _select(spoken, request)
    story = [
        *(told for played in request.rounds for told in tell_round(played, request, voice, hear)),
        *(describe_contents(request, voice, brief=True) if woken else ()),
        *(told for meaning in kept for told in _speak(meaning, kept, request, voice, arrived=elsewhere)),
        *_tell_undone(_quotable(left, request), voice),
    ] or [voice.says("nothing-done")]
    closing = tuple(close(" ".join(story), request, voice))
    return _fit(story, closing, min(LONGEST, WITH_AN_OPENING - told))


def _select(spoken: tuple[Meaning, ...], request: InvokeDungeonMaster) -> list[Meaning]:
    """Each but once, and what is said in passing only when there is nothing else. Who is asked which of several was
    meant is not told in the same breath what cannot be; whoever asks something is answered, and not asked whether a
    deed was meant."""
    kept = [meaning for at, meaning in enumerate(spoken) if meaning not in spoken[:at]]
    if "?" in request.action and any(isinstance(meaning, Answer) for meaning in kept):
        kept = [meaning for meaning in kept if not (isinstance(meaning, Ask) and len(meaning.options) == 1)]
    gestures = tuple(meaning for meaning in spoken if isinstance(meaning, Roleplay) and meaning.manner == "emote")
    if any(isinstance(meaning, Ask) for meaning in kept):
        return [meaning for meaning in kept if isinstance(meaning, Answer | Ask)]
    asked = {" ".join(meaning.asked) for meaning in kept if isinstance(meaning, Answer)}
    heard = [meaning for meaning in kept if not _is_in_passing(meaning) or _may_be_asked(meaning, asked)]
    done = any(outcome.verdict == "done" for played in request.rounds for outcome in played.outcomes)
    if heard or done:
        return heard
    return [roleplay.join_gestures(gestures)] if gestures else kept[:1]


def _may_be_asked(meaning: Meaning, asked: Set[str]) -> bool:
    """Whether its words are read as a question as well: then both are told."""
    return isinstance(meaning, Roleplay) and meaning.manner == "emote" and not asked.isdisjoint(meaning.said)


def _is_in_passing(meaning: Meaning) -> bool:
    if isinstance(meaning, Impossible):
        return meaning.reason == "not-so"
    return isinstance(meaning, Roleplay) and meaning.manner in _PASSING


def _speak(
    meaning: Meaning, spoken: list[Meaning], request: InvokeDungeonMaster, voice: Voice, *, arrived: bool
) -> Sentences:
    match meaning:
        case Answer(subject):
            return () if arrived and subject == "look" else answer(meaning, request, voice, spoken)
        case Ask():
            scope = Scope(request.scene, request.briefing, request.history)
            which = question(meaning, scope)
            if [option.tool for option in meaning.options] == ["move_to"]:
                return (*_tell_gone(scope, request, voice), which)
            return (voice.says("which" if len(meaning.options) > 1 else "sure"), which)
        case Impossible():
            needed = meet_need(meaning.said, request, voice) if not meaning.deed else ()
            return needed or refuse(meaning, request, voice)
        case Foreign(language):
            line = POLITE.get(language, "")
            return (*((f"“{line}”",) if line else ()), voice.says("foreign"))
        case Roleplay(manner) if manner in roleplay.MANNERS:
            remembered = memory.remember(request, voice) if _recalls(request) else ()
            near = _quotable(meaning.near, request)
            played = remembered or roleplay.play_along(meaning, request, voice, near)
            return (*played, *meet_need(meaning.said, request, voice))
    return ()


def _tell_gone(scope: Scope, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """The place of somebody named who is elsewhere, before it is asked whether to go there."""
    gone = mention(tokens(request.action), scope, "away")
    named = tell_absent(gone.one.name, request, voice) if gone.one and gone.named else ()
    return named or (voice.says("sure"),)


def _recalls(request: InvokeDungeonMaster) -> bool:
    return memory.recalls(request) or memory.asks_who(request)


def _quotable(typed: tuple[str, ...], request: InvokeDungeonMaster) -> tuple[str, ...]:
    """Deeds as they could be typed, without what a story may not repeat."""
    known = {name.casefold() for name in names(request).values()}
    return tuple(
        quote(each)
        for each in typed[:MOST_LEFT]
        if echo(each, request) or any(name in each.casefold() for name in known)
    )


def _tell_undone(deeds: tuple[str, ...], voice: Voice) -> Sentences:
    return (voice.says("left", deeds=join_names(deeds)),) if deeds else ()


def _has_moved(request: InvokeDungeonMaster) -> bool:
    here = request.briefing.place.id
    return any(effect.kind == "moved" and effect.to.id == here for effect in _effects(request))


def _effects(request: InvokeDungeonMaster) -> Iterator[Proposal]:
    """Everything that was applied this turn."""
    stands = (o for played in request.rounds for o in played.outcomes if o.key not in played.refused)
    return (effect for outcome in stands for effect in outcome.effects)


def _fit(sentences: list[str], closing: Sentences, longest: int) -> str:
    """The sentences that fit, the closing ones always among them."""
    end = " ".join(closing)
    kept: list[str] = []
    for told in sentences:
        if sum(map(len, kept)) + len(told) + len(end) + len(kept) + 1 > longest:
            break
        kept.append(told)
    return " ".join(filter(None, [*(kept or [_cut(sentences[0], longest - len(end) - 2)]), end]))


def _cut(told: str, longest: int) -> str:
    """Its beginning, in whole words: half a name would be an unknown name."""
    return told[:longest].rpartition(" ")[0] + "…"
