"""Clauses about turns: they end, happen once or not at all, and are told as they happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from contracts.campaign import TurnCommitted
from ninelives.ops.audit.specification import fact_told, first_step_not_allowed
from ninelives.ops.proof.outbox import hashes_told
from ninelives.ops.proof.retelling import retell
from ninelives.ops.proof.rolls import contradictions, departure
from services.campaign.adapters.campaign_table import CampaignTable
from services.campaign.domain.streams import stream_of
from tests.simulation.oracle.evidence import Evidence
from tests.simulation.players import ENDED


def every_turn_ends(seen: Evidence) -> Iterator[str]:
    """Every accepted turn is resolved or failed."""
    for turn in seen.turns.values():
        if turn.status not in ENDED:
            yield f"{turn.id} is {turn.status}"


def resolved_turns_happened(seen: Evidence) -> Iterator[str]:
    """A resolved turn has a record, and a record is of a resolved turn: each once."""
    resolved = {key for key, turn in seen.turns.items() if turn.status == "resolved"}
    happened = {key for key, record in seen.records.items() if isinstance(record, TurnCommitted)}
    for campaign, turn in resolved ^ happened:
        yield f"{turn} of {campaign} is {'resolved' if (campaign, turn) in resolved else 'recorded'} and nothing else"
    for campaign, turns in seen.committed.items():
        stored = seen.campaigns[campaign]
        began = stored.lineage[-1].turn if stored.lineage else 0
        if [turn.number for turn in turns] != list(range(began + 1, stored.state.turn + 1)):
            yield f"{campaign} is at turn {stored.state.turn} and has {[turn.number for turn in turns]}"


def turns_follow_the_specification(seen: Evidence) -> Iterator[str]:
    """docs/spec/turn.qnt allows every step that the facts of a campaign tell of."""
    for campaign in seen.campaigns:
        story, game = (
            [fact_told(name, fact["detail-type"], fact["detail"]) for fact in seen.facts.get(name, ())]
            for name in (f"campaign/{campaign}", f"turns/{campaign}")
        )
        if wrong := first_step_not_allowed(story, game):
            yield wrong


def failed_turns_changed_nothing(seen: Evidence) -> Iterator[str]:
    """A failed turn is in no record and no event of its campaign."""
    told = {
        fact["detail"]["metadata"]["turn_id"]
        for name, facts in seen.facts.items()
        if name.startswith("campaign/")
        for fact in facts
    }
    for key, turn in seen.turns.items():
        if turn.status == "failed" and (isinstance(seen.records.get(key), TurnCommitted) or turn.id in told):
            yield f"{turn.id} failed and happened"


def the_past_folds_to_the_present(seen: Evidence) -> Iterator[str]:
    """The outcomes of all turns, folded from the first state, are the records, the events and the state of now."""
    table = CampaignTable(seen.client, "campaign")
    for campaign, stored in seen.campaigns.items():
        first = table.first(campaign)
        assert first is not None
        told = hashes_told(seen.client, "campaign", campaign)
        states = list(retell(first[0].sheet.state, seen.committed[campaign], told))
        for state in states:
            yield from (f"turn {state.turn} of {campaign}: {what}" for what in state.differences)
        last = seen.committed[campaign][-1].sheet.state if seen.committed[campaign] else first[0].sheet.state
        if last != stored.state:
            yield f"{campaign} is not as its last turn left it"


def each_turn_is_told_once(seen: Evidence) -> Iterator[str]:
    """The campaign's events number its turns: one fact for each, and one for its beginning and its end."""
    for campaign, turns in seen.committed.items():
        facts = seen.facts.get(stream_of(campaign), [])
        told = [fact["detail"]["metadata"]["turn_id"] for fact in facts if fact["detail-type"] == "TurnResolved.v1"]
        if told != [turn.envelope.turn_id for turn in turns]:
            yield f"{campaign} tells of other turns than its own"
        places = [fact["detail"]["metadata"]["sequence"] for fact in facts]
        if places != list(range(1, len(facts) + 1)) or len(facts) != seen.campaigns[campaign].sequence:
            yield f"the events of {campaign} are at {places}"


def players_read_what_happened(seen: Evidence) -> Iterator[str]:
    """A resolved turn shows what its record says."""
    for key, turn in seen.turns.items():
        record = seen.records.get(key)
        if turn.status != "resolved" or not isinstance(record, TurnCommitted):
            continue
        told = (turn.view["number"], turn.view["narrative"], turn.view["campaign"])
        if told != (record.number, record.telling.narrative, record.sheet.model_dump(mode="json")):
            yield f"{turn.id} is told otherwise than it happened"


def answers_stand(seen: Evidence) -> Iterator[str]:
    """Every answer that a turn ended tells the end that it has; a key means one turn."""
    ids: dict[tuple[str, str, str], str] = {}
    for told in seen.told:
        if not told.is_of_a_turn or told.campaign in seen.erased:
            continue
        turn = seen.turns.get((told.campaign, told.body["id"]))
        if turn is None:
            yield f"{told.body['id']} was told and is nowhere"
        elif told.body["status"] in ENDED and told.body != turn.view:
            yield f"{turn.id} was told as {told.body['status']} and reads otherwise now"
        if ids.setdefault((told.player, told.campaign, told.key), told.body["id"]) != told.body["id"]:
            yield f"the key {told.key} of {told.player} made two turns"


def reading_never_goes_back(seen: Evidence) -> Iterator[str]:
    """A request after an answer came shows no less than that answer."""
    by_turn: dict[str, list[tuple[float, float, bool]]] = {}
    for told in seen.told:
        if told.is_of_a_turn:
            by_turn.setdefault(told.body["id"], []).append((told.began, told.ended, told.body["status"] in ENDED))
    for turn, looks in by_turn.items():
        ended = min((at for _, at, over in looks if over), default=float("inf"))
        if any(began > ended and not over for began, _, over in looks):
            yield f"{turn} had ended and was running again"
    sheets = [told for told in seen.told if told.asked.startswith("GET /v1/campaigns/") and told.status == 200]
    for before, after in pairwise(told for told in sheets if "sheet" in told.body):
        same = (before.player, before.campaign) == (after.player, after.campaign)
        if same and before.ended < after.began and after.body["version"] < before.body["version"]:
            yield f"{after.campaign} went back to version {after.body['version']}"


def dice_are_the_seeds(seen: Evidence) -> Iterator[str]:
    """Every roll is what the campaign's seed gives, adds up, and is the only one of its key."""
    keys = Counter[str]()
    for campaign, turns in seen.committed.items():
        seed = bytes.fromhex(seen.campaigns[campaign].seed)
        for roll in (roll for turn in turns for each in turn.settled for roll in each.outcome.rolls):
            keys[roll.key] += 1
            for wrong in (*contradictions(roll), departure(roll, seed)):
                if wrong:
                    yield f"{roll.key}: {wrong}"
    yield from (f"{key} was rolled {times} times" for key, times in keys.items() if times > 1)
