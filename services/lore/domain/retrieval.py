"""Retrieval: what a turn needs to know of the world, for the rules, the story, and whoever checks the story."""

from __future__ import annotations

from contracts.errors import InvalidRequest
from contracts.lore import LoreRetrieved, LoreRetrievedData, Passage, RetrieveLore
from services.lore.domain.briefing import brief
from services.lore.domain.common_knowledge import describe_common_knowledge
from services.lore.domain.documents import library
from services.lore.domain.pack import Pack
from services.lore.domain.ranking import Ranker
from services.lore.domain.recall import count_candidates, recall
from services.lore.domain.slice import cut
from services.lore.domain.speech import speech
from services.lore.domain.visibility import Visibility, campaign_visibility


def retrieve(pack: Pack, request: RetrieveLore, ranker: Ranker | None = None) -> LoreRetrieved:
    """Without a ranker, passages are found by their words. Raises InvalidRequest when the campaign plays another world
    or stands where this one has no place."""
    state = request.scene.state
    if state.world != pack.manifest.id:
        raise InvalidRequest(f"campaign plays {state.world}, this deployment {pack.manifest.id}")
    if state.place.id not in pack.place:
        raise InvalidRequest(f"{pack.manifest.id} has no place {state.place.id}")
    visible = campaign_visibility(pack, state)
    names, guarded = speech(pack, visible)
    return LoreRetrieved(
        envelope=request.envelope,
        canon=cut(pack, state),
        briefing=brief(pack, state, visible),
        passages=_passages(pack, request, visible, ranker),
        common=describe_common_knowledge(pack),
        names=names,
        guarded=guarded,
    )


def _passages(pack: Pack, request: RetrieveLore, visible: Visibility, ranker: Ranker | None) -> tuple[Passage, ...]:
    """Passages that the action brings to mind, less those that the briefing tells anyway."""
    place = pack.place[request.scene.state.place.id]
    return recall(library(pack), visible, request.action, frozenset({place.id, *place.npcs}), ranker)


def progress(pack: Pack, request: RetrieveLore, reply: LoreRetrieved) -> LoreRetrievedData:
    """The data of the event that announces a retrieval."""
    visible = campaign_visibility(pack, request.scene.state)
    return LoreRetrievedData(
        place=reply.briefing.place.id,
        passages=len(reply.passages),
        candidates=count_candidates(library(pack), visible, request.action),
    )
