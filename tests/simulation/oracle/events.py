"""Clauses about events: every fact is published, and every consumer has each of them once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ninelives.ops.audit.checking import Expected, faults_of
from ninelives.ops.audit.record import Record
from services.gateway.domain.feed import FACTS
from tests.chaos.delivery import KINDS, Services, _fact
from tests.simulation.delivery import POISON
from tests.simulation.oracle.evidence import GENERATION, Evidence, Item, event_id

SHOWN = {kind.detail_type for kind in FACTS}


def facts_are_published(seen: Evidence) -> Iterator[str]:
    """Every fact of the outboxes was on the bus, as it is there; no other fact was."""
    published = {event_id(event): event["detail"] for event in seen.system.bus.archive if not _is_progress(event)}
    committed = {event_id(fact): fact["detail"] for fact in seen.all_facts()}
    for missing in committed.keys() - published.keys():
        yield f"{missing} was never published"
    for invented in published.keys() - committed.keys():
        yield f"{invented} was published and never committed"
    for id in committed.keys() & published.keys():
        if committed[id] != published[id]:
            yield f"{id} was published otherwise than committed"


def facts_are_audited_once(seen: Evidence) -> Iterator[str]:
    """The record has every fact at its place, in one chain."""
    record = Record(seen.client, "audit")
    for stream, facts in seen.facts.items():
        yield from map(str, faults_of(record.stream(stream), Expected(committed=len(facts))))


def consumers_have_each_fact_once(seen: Evidence) -> Iterator[str]:
    """Projection, chronicle and costs are what they are when each fact comes once and in order."""
    services = Services()
    for fact in seen.all_facts():
        if fact["detail-type"] in KINDS:
            heard = _fact({**fact, "id": "-", "time": "-"})
            gone = fact["detail"]["metadata"]["campaign_id"] in seen.erased
            for name in ("projection", "metrics") if gone else ("projection", "chronicle", "metrics"):
                services.consumers[name](heard)
    for campaign in seen.erased:
        services.bury(campaign)
    due = {"projection": services.dynamodb.tables.get("lines", {})}
    due |= {name: services.dynamodb.tables.get(name, {}) for name in ("chronicle", "metrics")}
    names = {campaign: stored.state.character.name for campaign, stored in seen.campaigns.items()}
    for table, items in due.items():
        held = seen.system.dynamodb.tables[seen.lists if table == "projection" else table].items
        has = {place: _comparable(item, names) for place, item in held.items() if place != GENERATION}
        should = {place: _comparable(item, names) for place, item in items.items()}
        for place in has.keys() ^ should.keys():
            yield f"{table} {'has' if place in has else 'lacks'} {place}"
        for place in (each for each in has.keys() & should.keys() if has[each] != should[each]):
            yield f"{table} differs at {place}: {has[place]} is not {should[place]}"


def feeds_are_contiguous(seen: Evidence) -> Iterator[str]:
    """A feed numbers what its player is to hear: every fact of the campaign and of its turns, once."""
    for campaign, gate in seen.gates.items():
        feed = seen.feed(campaign)
        if [event["sequence"] for event in feed] != list(range(1, len(feed) + 1)):
            yield f"the feed of {campaign} is at {[event['sequence'] for event in feed]}"
        facts = [*seen.facts.get(f"campaign/{campaign}", ()), *seen.facts.get(f"turns/{campaign}", ())]
        due = Counter(event_id(fact) for fact in facts if fact["detail-type"] in SHOWN)
        if (has := Counter(event["id"] for event in feed)) != due:
            yield f"the feed of {campaign} lacks {due - has} and has {has - due} too many"
        if int(gate["sequence"]["N"]) != len(seen.facts.get(f"turns/{campaign}", ())):
            yield f"the gate of {campaign} counts other events than its stream has"


def nothing_is_left_over(seen: Evidence) -> Iterator[str]:
    """Dead letters are the messages that nobody can read, and nothing else; no handler failed for an unknown reason."""
    for queue in seen.system.queues.values():
        yield from (f"{queue.name} has a dead letter: {body[:200]}" for body in queue.dead if body != POISON)
    yield from seen.system.functions.surprises
    for function, error, step in seen.system.functions.accused:
        turn = step["turn_id"]
        twice = seen.system.workflow.runs[turn] > 1  # of two runs one may do without what the other was told
        if not twice and step["campaign_id"] not in seen.erased:
            yield f"{function} was asked for {turn} as nobody may: {error}"
    failed = {turn.id for turn in seen.turns.values() if turn.status == "failed"}
    for letter in seen.system.sqs.failed_turns:
        if letter["envelope"]["turn_id"] not in failed and letter["envelope"]["campaign_id"] not in seen.erased:
            yield f"{letter['envelope']['turn_id']} is reported as failed and is not"


def _is_progress(event: Item) -> bool:
    return event["detail"]["metadata"].get("sequence") is None


def _comparable(item: Item, names: dict[str, str]) -> str:
    """An item without when it is forgotten, and with one name for all heroes."""
    text = str(sorted((name, value) for name, value in item.items() if name != "expires_at"))
    for name in set(names.values()):
        text = text.replace(f'"name":"{name}"', '"name":"Pixel"')
    return text
