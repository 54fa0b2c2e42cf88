"""A player's campaigns, page by page, and the best of a world."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from contracts.campaign import CampaignListed, ListCampaigns, ListStandings, StandingsListed
from contracts.errors import InvalidRequest
from services.campaign.adapters.projection_table import Lines
from services.campaign.domain.projection import summary_of
from services.campaign.domain.standings import standings

_CAMPAIGN = re.compile(r"c_[a-z2-7]{26}")
_TOUCH = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z#(c_[a-z2-7]{26})")


def list_campaigns(request: ListCampaigns, lines: Lines) -> CampaignListed:
    """Last touched first. Raises InvalidRequest when the cursor is none of ours."""
    after = None if request.cursor is None else decoded(request.cursor)
    found, following = lines.page(request.owner, request.limit, after)
    summaries = (summary_of(line) for line in found)
    return CampaignListed(
        items=tuple(summary for summary in summaries if summary is not None),
        next_cursor=following and encoded(following),
    )


def list_standings(request: ListStandings, lines: Lines) -> StandingsListed:
    """The first of the board, each with its rank; the asking player's own by name."""
    return StandingsListed(items=standings(lines.best(request.world, request.limit), request.viewer))


def encoded(place: tuple[str, str]) -> str:
    """A cursor: opaque to clients, and only a place in the caller's own list."""
    return urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def decoded(cursor: str) -> tuple[str, str]:
    """The place a cursor stands for: (campaign id, touch key)."""
    try:
        campaign_id, touch = json.loads(urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
        matched = _TOUCH.fullmatch(touch)
        sound = bool(_CAMPAIGN.fullmatch(campaign_id)) and matched is not None and matched[1] == campaign_id
    except (ValueError, TypeError) as error:
        raise InvalidRequest("unknown cursor") from error
    if not sound:
        raise InvalidRequest("unknown cursor")
    return campaign_id, touch
