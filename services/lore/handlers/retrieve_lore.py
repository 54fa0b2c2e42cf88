"""Lambda entry point of `retrieve-lore`: wiring, nothing else."""

from __future__ import annotations

from contracts.lore import LoreRetrieved, LoreRetrievedV1, RetrieveLore
from services.lore.domain.retrieval import progress, retrieve
from services.lore.wiring import ranker, world
from stagekit.events import Announcement
from stagekit.stage import stage


def announcement(request: RetrieveLore, reply: LoreRetrieved) -> Announcement:
    return Announcement(event_type=LoreRetrievedV1, data=progress(world(), request, reply))


@stage(RetrieveLore, LoreRetrieved, run_once=False, announcement=announcement)
def handler(*, request: RetrieveLore) -> LoreRetrieved:
    """Find what a turn needs to know of the world."""
    return retrieve(world(), request, ranker())
