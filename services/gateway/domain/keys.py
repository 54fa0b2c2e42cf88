"""Ids and digests that follow from what a client sent: the same request gives the same ones."""

from __future__ import annotations

import base64
from datetime import datetime
from hashlib import sha256

from contracts.envelope import CampaignId, TurnId


def derive_campaign_id(player: str, key: str) -> CampaignId:
    """The id of the campaign that this player's Idempotency-Key makes."""
    return f"c_{_digest(f'campaign|{player}|{key}')}"


def derive_turn_id(player: str, campaign_id: CampaignId, key: str) -> TurnId:
    """The id of the turn that this player's Idempotency-Key makes in this campaign."""
    return f"t_{_digest(f'turn|{player}|{campaign_id}|{key}')}"


def derive_export_id(player: str, begun_at: datetime) -> str:
    """The id of the archive that is begun for this player at this moment."""
    return f"x_{_digest(f'export|{player}|{begun_at.isoformat()}')}"


def digest_email(email: str) -> str:
    """The digest that an e-mail is looked up by: its text is never stored in our table. Case does not matter."""
    return sha256(f"email|{email.strip().lower()}".encode("utf-8", "replace")).hexdigest()


def _digest(text: str) -> str:
    return base64.b32encode(sha256(text.encode()).digest()).decode().lower()[:26]
