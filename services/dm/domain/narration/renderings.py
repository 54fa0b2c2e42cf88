"""Renderings: how each fact of a turn is told when the master's own words for it do not stand, by the narrator."""

from __future__ import annotations

from contracts.dm import InvokeDungeonMaster, ValidateAndRoute
from services.dm.domain.facts import number_facts
from services.dm.domain.understudy.narrator.grammar import Voice
from services.dm.domain.understudy.narrator.rulings import tell_facts
from services.dm.domain.understudy.narrator.scenery import describe_place


def render_facts(request: ValidateAndRoute) -> dict[str, str]:
    """By fact: its sentences; empty for one that goes without saying. The same request, the same words."""
    asked = _narrator_request(request)
    voice = _voice(asked)
    told = (sentences for played in request.rounds for sentences in tell_facts(played, asked, voice))
    return {fact.id: " ".join(sentences) for fact, sentences in zip(number_facts(request.rounds), told, strict=True)}


def render_scene(request: ValidateAndRoute) -> str:
    """The place and what is in it: for a story of which nothing is left."""
    asked = _narrator_request(request)
    return " ".join(describe_place(asked, _voice(asked)))


def _voice(asked: InvokeDungeonMaster) -> Voice:
    return Voice(asked.envelope.campaign_id, asked.number)


def _narrator_request(request: ValidateAndRoute) -> InvokeDungeonMaster:
    """The turn as the narrator knows it."""
    return InvokeDungeonMaster(
        envelope=request.envelope,
        provider="understudy",
        action=request.action,
        number=request.scene.state.turn + 1,
        scene=request.scene,
        briefing=request.briefing,
        names=request.names,
        guarded=request.guarded,
        passages=request.passages,
        memories=request.memories,
        common=request.common,
        rounds=request.rounds,
    )
