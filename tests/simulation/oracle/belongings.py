"""Clauses about what players are given of their own: lines, archives, reports."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

from tests.simulation.guests import FETCHED
from tests.simulation.oracle.evidence import Evidence
from tests.simulation.players import ENDED, Answer


def lines_tell_what_happened(seen: Evidence) -> Iterator[str]:
    """Messages on a line are about its player's campaigns, and an event is the feed's at its place."""
    for line in seen.system.lines.all.values():
        for _, message in line.heard:
            campaign = message.get("campaign_id")
            if campaign is not None and seen.owners.get(campaign, line.player) != line.player:
                yield f"{line.id} of {line.player} heard of {campaign}"
            if message["type"] == "event" and campaign in seen.gates:
                event, feed = message["event"], seen.feed(campaign)
                if event != (feed[event["sequence"] - 1] if event["sequence"] <= len(feed) else None):
                    yield f"{line.id} heard an event {event['sequence']} of {campaign} that is not in the feed"


def who_listens_undisturbed_hears_all(seen: Evidence) -> Iterator[str]:
    """Listeners hear every event of the feed that follows, where no fault strikes."""
    if seen.system.plan.injected:
        return
    for line in seen.system.lines.all.values():
        begun = {m["campaign_id"]: m["last_sequence"] for _, m in line.heard if m["type"] == "subscribed"}
        for campaign, last in begun.items():
            heard = {
                m["event"]["sequence"] for _, m in line.heard if m["type"] == "event" and m["campaign_id"] == campaign
            }
            if (
                line.is_open
                and campaign in seen.gates
                and (missed := {*range(last + 1, len(seen.feed(campaign)) + 1)} - heard)
            ):
                yield f"{line.id} missed {sorted(missed)} of {campaign}"


def archives_hold_what_is_the_players(seen: Evidence) -> Iterator[str]:
    """An archive that is ready holds what its player had been told when it was begun, and nobody else's words."""
    for told in (each for each in seen.told if each.asked == FETCHED):
        export = told.sent["export_id"]
        if told.body is None:
            if not _was_replaced(told, seen):
                yield f"the archive {export} was ready and is not there"
            continue
        if sha256(told.body).hexdigest() != told.sent["sha256"]:
            yield f"{export} is not the archive that was told of"
        with ZipFile(BytesIO(told.body)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        yield from (f"{export} {wrong}" for wrong in _wrong_in(files, told, seen))


def a_report_is_counted_once(seen: Evidence) -> Iterator[str]:
    """A story that was reported has one report and one fact of it, and whoever reported it was told of this one."""
    table = seen.system.dynamodb.tables["gateway"]
    facts = Counter(
        fact["detail"]["metadata"]["turn_id"]
        for campaign in seen.gates
        for fact in seen.facts.get(f"turns/{campaign}", ())
        if fact["detail-type"] == "StoryReported.v1"
    )
    kept = {sk: table.items[pk, sk] for pk, sk in table.partitions.get("REPORTS", ())}
    if facts != Counter(kept.keys()):
        yield f"reports are kept of {sorted(kept)} and told of {facts}"
    granted = [each for each in seen.told if each.asked.endswith("/reports") and each.status in (200, 201)]
    for told in (each for each in granted if each.body["campaign_id"] in seen.gates):
        report = kept.get(told.body["turn_id"])
        if report is None or report["reason"]["S"] != told.body["reason"]:
            yield f"{told.player} was told of another report of {told.body['turn_id']}"
    new = Counter(each.body["turn_id"] for each in granted if each.status == 201)
    yield from (f"{turn} was reported for the first time {times} times" for turn, times in new.items() if times > 1)


def _was_replaced(told: Answer, seen: Evidence) -> bool:
    begun = [each for each in seen.told if each.asked == "POST /v1/account/export" and each.player == told.player]
    others = [each for each in begun if each.status == 202 and each.body["export_id"] != told.sent["export_id"]]
    return bool(others) or told.player in seen.erasures


def _wrong_in(files: dict[str, bytes], told: Answer, seen: Evidence) -> Iterator[str]:
    for entry in json.loads(files["manifest.json"])["files"]:
        if sha256(files.get(entry["path"], b"")).hexdigest() != entry["sha256"]:
            yield f"differs from its manifest in {entry['path']}"
    if json.loads(files["account.json"])["player_id"] != told.player:
        yield "is another player's"
    folders = {name.split("/")[1] for name in files if name.startswith("campaigns/")}
    yield from (
        f"has {each} of another player" for each in folders if seen.owners.get(each, told.player) != told.player
    )
    text = b"".join(files.values()).decode().lower()
    others = [mark.lower() for player, marks in seen.marks.items() if player != told.player for mark in marks]
    yield from (f"holds {mark}, a word of another player" for mark in others if mark in text)
    begun = _beginning(told, seen)
    for before in (each for each in seen.told if each.player == told.player and each.ended < begun):
        if before.asked == "GET /v1/campaigns" and before.status == 200:
            listed = {each["campaign_id"] for each in before.body["items"]} - seen.erased
            yield from (f"lacks {campaign}" for campaign in listed - folders)
        if before.is_of_a_turn and before.body["status"] in ENDED and before.campaign in folders:
            turns = json.loads(files[f"campaigns/{before.campaign}/turns.json"])
            if before.body not in turns:
                yield f"lacks the turn {before.body['id']} as it was told"


def _beginning(fetched: Answer, seen: Evidence) -> float:
    """The time at which an archive was begun, as its player was told: whoever asks again after an answer was lost had
    begun it."""
    return min(
        datetime.fromisoformat(each.body["begun_at"]).timestamp() for each in seen.told if _is_about(each, fetched)
    )


def _is_about(told: Answer, fetched: Answer) -> bool:
    return "/account/export" in told.asked and told.status < 300 and told.body["export_id"] == fetched.sent["export_id"]
