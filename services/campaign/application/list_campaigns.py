"""A player's campaigns, page by page."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from contracts.campaign import CampaignListed
from contracts.errors import InvalidRequest
from services.campaign.domain.projection import CampaignRow, summary_of

if TYPE_CHECKING:
    from contracts.campaign import ListCampaigns

_CAMPAIGN = re.compile(r"c_[a-z2-7]{26}")
_TOUCH = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z#(c_[a-z2-7]{26})")


class RowsOfOwners(Protocol):
    """The projection by owner."""

    def page(self, owner: str, limit: int, after: tuple[str, str] | None) -> tuple[Sequence[CampaignRow], Any]:
        """Rows of this owner, last touched first, and where the next page starts: (campaign id, touch key)."""


def list_campaigns(request: ListCampaigns, rows: RowsOfOwners) -> CampaignListed:
    """A page of the owner's campaigns, last touched first. Raises InvalidRequest when the cursor is none of ours."""
    after = None if request.cursor is None else decode_cursor(request.cursor)
    found, following = rows.page(request.owner, request.limit, after)
    summaries = (summary_of(row) for row in found)
    return CampaignListed(
        items=tuple(summary for summary in summaries if summary is not None),
        next_cursor=following and encode_cursor(following),
    )


def encode_cursor(place: tuple[str, str]) -> str:
    """A cursor: opaque to clients, and only a place in the caller's own list."""
    return urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def decode_cursor(cursor: str) -> tuple[str, str]:
    """The place a cursor stands for: (campaign id, touch key). Raises InvalidRequest."""
    try:
        campaign_id, touch = json.loads(urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
        matched = _TOUCH.fullmatch(touch)
        sound = bool(_CAMPAIGN.fullmatch(campaign_id)) and matched is not None and matched[1] == campaign_id
    except (ValueError, TypeError) as error:
        raise InvalidRequest("unknown cursor") from error
    if not sound:
        raise InvalidRequest("unknown cursor")
    return campaign_id, touch
