"""Clauses about erasure: what began completes, nothing of the player is left, and all others have what they had."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ninelives.privacy.marks import texts_of
from tests.simulation.oracle.evidence import Evidence, Item

DONE = 4
OF_AN_ERASURE = ("ERASURE#",)
KEPT_BY_THE_ERASED = ("ERASURE",)


def accepted_erasures_complete(seen: Evidence) -> Iterator[str]:
    """Every player who was told that they are being erased is erased once all is quiet."""
    for player, erasure in seen.erasures.items():
        if int(erasure["steps_done"]["N"]) < DONE:
            yield f"the erasure of {player} stands at {erasure['steps_done']['N']}"
    for told in seen.told:
        if told.asked == "DELETE /v1/account" and told.status < 300 and told.player not in seen.erasures:
            yield f"{told.player} was told of an erasure that there is not"


def nothing_is_left_of_the_erased(seen: Evidence) -> Iterator[str]:
    """No table, archive, dead letter or pool holds a word that an erased player typed, was called or is reached by."""
    marks = [mark.lower() for player in _list_gone(seen) for mark in seen.marks.get(player, ())]
    if not marks:
        return
    for where, what in _all_that_is_kept(seen):
        text = what.lower()
        yield from (f"{where} holds {mark} of one who is erased" for mark in marks if mark in text)


def of_an_erased_player_there_are_events_alone(seen: Evidence) -> Iterator[str]:
    """Keys, sockets, counters, accounts, archives and the pool's user are gone."""
    gone = _list_gone(seen)
    for pk, sk in _live_places(seen, "gateway"):
        kind, _, of = pk.partition("#")
        if kind in ("PLAYER", "LIMIT") and of in gone and sk not in KEPT_BY_THE_ERASED:
            yield f"{pk} {sk} is left of one who is erased"
    table = seen.system.dynamodb.tables["gateway"]
    for place in _live_places(seen, "gateway"):
        owner = table.items[place].get("player", {}).get("S")
        line = seen.system.lines.all.get(place[0].partition("#")[2])
        was_refused = line is not None and line.opened_at is None  # what is left of its asking ends by itself
        if owner in gone and not place[0].startswith(OF_AN_ERASURE) and not was_refused:
            yield f"{place} is left of one who is erased"
    for name, user in seen.system.pool.users.items():
        if user["sub"] in gone:
            yield f"the pool has {name}, who is erased"
    asked = [told for told in seen.told if told.asked == "POST /v1/account/export" and told.status == 202]
    exports = {told.body["export_id"] for told in asked if told.player in gone}
    yield from (f"the archive {each} is left of one who is erased" for each in exports if _is_kept(each, seen))


def of_an_erased_campaign_there_are_events_alone(seen: Evidence) -> Iterator[str]:
    """The events, their number, and a note in the chronicle that there is nothing are all that is kept. All campaigns
    of an erased player are erased, and no others."""
    for campaign, owner in seen.owners.items():
        if (owner in seen.erasures) != (campaign in seen.erased):
            yield f"{campaign} of {owner} is {'erased' if campaign in seen.erased else 'not erased'}"
    for table, allowed in (("gateway", ("META",)), ("campaign", ("STATE",)), ("chronicle", ("NAMES",))):
        for pk, sk in _live_places(seen, table):
            kind, _, rest = pk.partition("#")
            is_erased = kind in ("CAMPAIGN", "FEED") and rest.partition("#")[0] in seen.erased
            if is_erased and (kind == "FEED" or sk not in allowed):
                yield f"{table} has {pk} {sk} of an erased campaign"
    turns = {
        fact["detail"]["metadata"]["turn_id"]
        for campaign in seen.erased
        for fact in seen.facts.get(f"turns/{campaign}", ())
    }
    for (place,) in _live_places(seen, "stages"):
        if any(turn in place for turn in turns):
            yield f"an answer is kept of a turn that is erased: {place}"


def the_erased_are_served_no_more(seen: Evidence) -> Iterator[str]:
    """Nothing else that a player asks for is granted once it was told that their erasure is done. Their sessions have
    ended: whoever ends one is told so. Who forgot a password is answered alike, whether there is an account or not."""
    done: dict[str, float] = {}
    for told in seen.told:
        if "/erasures/" in told.asked and told.body.get("state") == "done":
            done[told.player] = min(told.ended, done.get(told.player, told.ended))
    for told in seen.told:
        looks = "/erasures/" in told.asked or told.asked in _GRANTED_TO_ANYBODY
        if told.began > done.get(told.player, float("inf")) and told.status < 300 and not looks:
            yield f"{told.player} is erased and was answered {told.status} to {told.asked}"


_GRANTED_TO_ANYBODY = ("DELETE /v1/account", "POST /v1/sessions/revocation", "POST /v1/password-resets")


def _list_gone(seen: Evidence) -> set[str]:
    return {player for player, erasure in seen.erasures.items() if int(erasure["steps_done"]["N"]) >= DONE}


def _all_that_is_kept(seen: Evidence) -> Iterator[tuple[str, str]]:
    for name, table in seen.system.dynamodb.tables.items():
        for place in _live_places(seen, name):
            yield f"{name} {place}", " ".join(texts_of(table.items[place]))
    yield from (("the archive of events", json.dumps(event)) for event in seen.system.bus.archive)
    yield from (("a dead letter", body) for queue in seen.system.queues.values() for body in queue.dead)
    yield from (("a letter about a failed turn", json.dumps(each)) for each in seen.system.sqs.failed_turns)
    yield from (("the pool", f"{name} {user['email']}") for name, user in seen.system.pool.users.items())


def _live_places(seen: Evidence, table: str) -> Iterator[Any]:
    """Places of items that DynamoDB has not deleted because they expired."""
    for place, item in seen.system.dynamodb.tables[table].items.items():
        if not _has_expired(item, seen.system.scheduler.now):
            yield place


def _has_expired(item: Item, now: float) -> bool:
    ends = item.get("expires_at") or item.get("expiration")
    return ends is not None and float(ends["N"]) <= now


def _is_kept(export: str, seen: Evidence) -> bool:
    return f"{export}.zip" in seen.system.bucket.objects
