"""Rulings: what the rules and the campaign made of a round, fact by fact. It reads nothing that a player typed for its
meaning, so whoever checks a story can tell a fact without loading the reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contracts.dm import InvokeDungeonMaster, PlayedRound
from contracts.effects import Consequence
from contracts.tools import Outcome
from services.dm.domain.consequences import describe_consequence, find_lives_lost
from services.dm.domain.understudy.narrator.grammar import Voice, bare, join_names, sentence
from services.dm.domain.understudy.narrator.naming import call, names
from services.dm.domain.understudy.narrator.retelling import MOST_FACTS, Hears, RetoldOutcome
from services.dm.domain.understudy.narrator.scenery import Sentences, describe_arrival, has_been, knows

MOST_NEAR = 3


def tell_round(played: PlayedRound, request: InvokeDungeonMaster, voice: Voice, hears: Hears) -> Iterator[str]:
    """All sentences of a round."""
    for sentences in tell_facts(played, request, voice, hears):
        yield from sentences


def tell_facts(
    played: PlayedRound, request: InvokeDungeonMaster, voice: Voice, hears: Hears | None = None
) -> Iterator[Sentences]:
    """The sentences of each fact of a round, in the order in which `story.facts` numbers them."""
    for outcome in played.outcomes:
        yield from _outcome(outcome, played.refused.get(outcome.key), request, voice, hears)
    for each in played.consequences:
        if describe_consequence(each):
            yield tuple(_consequence(each, request, voice))


def _outcome(
    outcome: Outcome, undone: str | None, request: InvokeDungeonMaster, voice: Voice, hears: Hears | None
) -> Iterator[Sentences]:
    """One outcome: what it did, or why it was refused, by the rules, or by the campaign when it was settled."""
    if outcome.refusal:
        yield refuse_ruling(outcome.refusal.message, outcome.refusal.legal, request, voice)
    elif undone:
        yield refuse_ruling(undone, (), request, voice)
    else:
        returns = _returns(outcome, request, voice)
        told = RetoldOutcome(outcome, request, voice, returns=returns, hears=hears).by_fact()
        yield from told[:-1]
        yield from ((*last, *_arrival(outcome, request, voice)) for last in told[-1:])
        yield from ((sentence(fact),) for fact in outcome.facts[MOST_FACTS:])


def _returns(outcome: Outcome, request: InvokeDungeonMaster, voice: Voice) -> bool:
    """Whether the place that this leads to was told of before. The cat may have woken elsewhere since."""
    to = next((effect.to.id for effect in outcome.effects if effect.kind == "moved"), request.briefing.place.id)
    return knows(request, voice) if to == request.briefing.place.id else has_been(to, request)


def _arrival(outcome: Outcome, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """The sight of the place of the scene, for who has just come to it."""
    here = request.briefing.place.id
    arrived = any(effect.kind == "moved" and effect.to.id == here for effect in outcome.effects)
    if not arrived or find_lives_lost(request.rounds):
        return ()
    return tuple(sentence(told) for told in describe_arrival(request, voice))


def _consequence(consequence: Consequence, request: InvokeDungeonMaster, voice: Voice) -> Iterator[str]:
    if consequence.kind == "life-lost":
        left = consequence.lives_left
        yield voice.says("life-lost" if left else "last-life", left=left, are="is" if left == 1 else "are")
        if consequence.credits_lost:
            go = "goes" if consequence.credits_lost == 1 else "go"
            yield voice.says("life-credits", credits=consequence.credits_lost, go=go)
        if consequence.lives_left:
            yield voice.says("woken", place=bare(request.scene.state.haven.name))
    if consequence.kind == "level-gained":
        yield voice.says("level-gained", level=consequence.level)
        if consequence.hp_gained:
            yield voice.says("tougher", hp=consequence.hp_gained)


def refuse_ruling(message: str, legal: Iterable[str], request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """The reason why the rules, or the campaign, said no, and what they would take instead."""
    known = names(request)
    others = (id for id in legal if known.get(id, message) not in message)
    return (voice.says("refusals/no", why=sentence(message)), *suggest_instead(others, "", request, voice))


def suggest_instead(near: Iterable[str], looked_for: str, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """Things that could be done in its place; nothing when there is nothing like it."""
    known = names(request)
    called = dict.fromkeys(call(id, request) for id in near if id in known and known[id] != looked_for)
    return (voice.says("refusals/instead", near=join_names(tuple(called)[:MOST_NEAR], "or")),) if called else ()
