"""World summary: what a player may know of the world before there is a campaign."""

from __future__ import annotations

from contracts.errors import InvalidRequest
from contracts.lore import DescribeWorld, WorldDescribed
from services.lore.domain.pack import Pack, ref
from services.lore.domain.visibility import find_visible


def describe(pack: Pack, request: DescribeWorld) -> WorldDescribed:
    """The classes, the places everybody has heard of, and all that starting a campaign takes. Raises InvalidRequest
    for a world this deployment does not play."""
    manifest = pack.manifest
    if request.world not in (None, manifest.id):
        raise InvalidRequest(f"this deployment plays {manifest.id}, not {request.world}")
    visible = find_visible(pack)
    starting = dict.fromkeys(id for c in pack.classes for id in c.items)
    return WorldDescribed(
        manifest=manifest,
        classes=pack.classes,
        places=tuple(ref(p) for p in pack.places if p.id in visible.places),
        start=pack.place[manifest.start],
        haven=pack.haven,
        items=tuple(pack.item[id] for id in starting),
    )
