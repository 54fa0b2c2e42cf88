"""The contents of a player's archive: all that the API can tell about them, read as the API reads it.

Files are read while they are written, one after the other, and long ones page by page.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from contracts.campaign import ListDice
from contracts.envelope import CampaignId, TurnId
from contracts.playerapi import Report
from services.gateway.application.campaigns.envelopes import make_envelope
from services.gateway.application.campaigns.reading import list_campaigns, list_dice, list_standings, read_campaign
from services.gateway.application.exports.ports import ContentDependencies
from services.gateway.application.turns.reading import list_turns
from services.gateway.domain.archives import ArchiveFile, as_array
from services.gateway.domain.rejections import ResourceMissing

if TYPE_CHECKING:
    from contracts.campaign import CampaignSummary

PAGE = 100
PAGE_OF_TURNS = 50
"""A turn may be 30 KB."""


def list_files(player: str, username: str, deps: ContentDependencies) -> Iterator[ArchiveFile]:
    """The files of an archive, but for its manifest."""
    yield ArchiveFile("account.json", "Who you are here.", [_account(player, username, deps)])
    campaigns = list(_campaigns(player, deps))
    summaries = as_array(each.model_dump_json() for each in campaigns)
    yield ArchiveFile("campaigns.json", "Your campaigns, last touched first.", summaries)
    for each in campaigns:
        yield from _files_of_campaign(player, each.campaign_id, deps)
    yield ArchiveFile("standings.json", "Your places among the first hundred.", as_array(_standings(player, deps)))


def _account(player: str, username: str, deps: ContentDependencies) -> str:
    account, entry = deps.accounts.account(player), deps.directory.find(username)
    told = {
        "player_id": player,
        "guest": account is None or account.opening is not None,
        "email": entry.email if entry else None,
        "email_verified": bool(entry and entry.verified),
        "since": entry.since.isoformat() if entry else None,
    }
    return json.dumps(told, indent=1)


def _campaigns(player: str, deps: ContentDependencies) -> Iterator[CampaignSummary]:
    cursor = None
    while True:
        page = list_campaigns(player, PAGE, cursor, deps)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return


def _files_of_campaign(player: str, campaign: CampaignId, deps: ContentDependencies) -> Iterator[ArchiveFile]:
    """None of a campaign that the list still has and that is gone, or not the player's."""
    try:
        sheet = read_campaign(player, campaign, None, deps).model_dump_json(indent=1)
    except ResourceMissing:
        return
    folder = f"campaigns/{campaign}"
    turns: list[TurnId] = []  # known once the turns are written
    yield ArchiveFile(f"{folder}/campaign.json", "Your cat and its story so far.", [sheet])
    told = as_array(_turns(player, campaign, turns, deps))
    yield ArchiveFile(f"{folder}/turns.json", "What you typed and what was told, newest first.", told)
    yield ArchiveFile(f"{folder}/reports.json", "Stories that you reported.", as_array(_reports(turns, deps)))
    thrown = as_array(_dice(player, campaign, deps))
    yield ArchiveFile(f"{folder}/dice.json", "What was rolled, and at the end the seed.", thrown)
    happened = as_array(_events(campaign, deps))
    yield ArchiveFile(f"{folder}/events.json", "The feed of the last 30 days.", happened)


def _turns(player: str, campaign: CampaignId, seen: list[TurnId], deps: ContentDependencies) -> Iterator[str]:
    before = None
    while True:
        page = list_turns(player, campaign, before, PAGE_OF_TURNS, deps)
        seen += [each.id for each in page.items]
        yield from (each.model_dump_json() for each in page.items)
        before = page.next_before
        if before is None:
            return


def _reports(turns: Iterable[TurnId], deps: ContentDependencies) -> Iterator[str]:
    asked = list(turns)
    for start in range(0, len(asked), PAGE):
        for each in deps.reports.of_turns(asked[start : start + PAGE]):
            yield Report.model_validate(vars(each)).model_dump_json()


def _dice(player: str, campaign: CampaignId, deps: ContentDependencies) -> Iterator[str]:
    after: int | None = 0
    while after is not None:
        order = ListDice(envelope=make_envelope(campaign, "dice", None), after_turn=after, limit=PAGE)
        page = list_dice(player, order, deps)
        yield page.model_dump_json()
        after = page.next_after


def _events(campaign: CampaignId, deps: ContentDependencies) -> Iterator[str]:
    """Of a campaign that was found to be the player's."""
    after = 0
    while found := deps.feed.after(campaign, after, PAGE):
        yield from (each.model_dump_json(exclude_none=True) for each in found)
        after = found[-1].sequence


def _standings(player: str, deps: ContentDependencies) -> Iterator[str]:
    board = list_standings(player, PAGE, deps)
    return (each.model_dump_json() for each in board.items if each.campaign_id)
