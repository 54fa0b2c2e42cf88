"""Clauses about who may act and what it costs: nobody is locked out or refused for nothing, nothing is paid twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from contracts.campaign import TurnCommitted
from services.gateway.domain.keys import derive_turn_id
from tests.simulation.oracle.evidence import Evidence


def undisturbed_requests_are_served(seen: Evidence) -> Iterator[str]:
    """Nobody is told that we failed where no fault strikes."""
    if not seen.system.plan.injected:
        for told in (each for each in seen.told if each.status >= 500):
            yield f"{told.asked} is answered {told.status} and nothing was in its way"


def nobody_is_locked_out(seen: Evidence) -> Iterator[str]:
    """Every gate is open, and one more turn of every campaign that goes on is resolved, if it is given the time."""
    for campaign, gate in seen.gates.items():
        if "active_turn" in gate:
            yield f"{campaign} is shut by {gate['active_turn']['S']}"
    for told in seen.probes:
        over = told.status == 409 and told.body["type"].endswith("campaign-over")
        turn = seen.turns.get((told.campaign, told.body.get("id", "")))
        late = turn and turn.view.get("problem") and turn.view["problem"]["status"] == 504
        if not over and not late and (turn is None or turn.status != "resolved"):
            yield f"one more turn of {told.campaign} is answered {told.status}: {told.body}"


def no_free_campaign_refuses(seen: Evidence) -> Iterator[str]:
    """A player is told that a turn is running only while another one is, and not the one of their own key."""
    for told in seen.told:
        if told.status == 409 and told.body["type"].endswith("turn-in-progress"):
            own = derive_turn_id(told.player, told.campaign, told.key)
            if not seen.system.gates.shut(told.campaign, told.began, told.ended) - {own}:
                yield f"{told.campaign} was free and refused {told.key} at {told.began - 1_790_000_000:.3f}"


def answers_are_paid_once(seen: Evidence) -> Iterator[str]:
    """A model's reply that was kept is never paid for again, and what a campaign has spent is what its turns say."""
    for campaign, step in seen.system.model.paid_again:
        if campaign not in seen.erased:  # of which nothing is kept
            yield f"{step} was answered and is paid for again"
    for campaign, stored in seen.campaigns.items():
        spent = sum(turn.telling.usage.micro_dollars for turn in seen.committed[campaign])
        if spent != stored.spent:
            yield f"{campaign} has spent {stored.spent}, its turns {spent}"


def strangers_find_nothing(seen: Evidence) -> Iterator[str]:
    """A player who asks for somebody else's campaign is told that there is none."""
    owners = {told.body["id"]: told.player for told in seen.told if told.is_a_campaign}
    for told in seen.told:
        if told.campaign in owners and owners[told.campaign] != told.player and told.status not in (404, 500, 503):
            yield f"{told.player} was answered {told.status} about {told.campaign}"


def a_key_stands_for_one_request(seen: Evidence) -> Iterator[str]:
    """A turn answers only the request that asked for it: other words under its key are refused."""
    for told in seen.told:
        if (
            told.sent
            and "action" in told.sent
            and told.status in (200, 202)
            and told.body["action"] != told.sent["action"]
        ):
            yield f"{told.key} asked for {told.sent['action']} and was answered {told.body['action']}"


def keys_make_one_campaign(seen: Evidence) -> Iterator[str]:
    """Every creation and fork under a key is answered with the same campaign, and every campaign has a gate."""
    made: dict[tuple[str, str], str] = {}
    for told in seen.told:
        if told.is_a_campaign and made.setdefault((told.player, told.key), told.body["id"]) != told.body["id"]:
            yield f"the key {told.key} of {told.player} made two campaigns"
        stored = seen.campaigns.get(told.body["id"]) if told.is_a_campaign else None
        if stored and told.body["sheet"]["state"]["seed_commitment"] != stored.state.seed_commitment:
            yield f"{told.body['id']} was told another commitment than it is played with"
        if (
            told.status == 422
            and (told.sent or {}).keys() & {"character", "at_turn"}
            and "cannot" not in told.body["type"]
        ):
            yield f"{told.player} was refused a campaign: {told.body}"
    for campaign in set(made.values()) - seen.gates.keys() - seen.erased:
        yield f"{campaign} was told and has no gate"


def turns_never_interleave(seen: Evidence) -> Iterator[str]:
    """Each turn of a campaign was played on what the one before left: versions rise by one turn at a time."""
    for campaign, turns in seen.committed.items():
        versions = Counter(turn.sheet.state.version for turn in turns)
        if any(times > 1 for times in versions.values()):
            yield f"two turns of {campaign} led to one version"
        for turn in turns:
            assert isinstance(turn, TurnCommitted)
            if turn.sheet.state.turn != turn.number:
                yield f"turn {turn.number} of {campaign} left it at turn {turn.sheet.state.turn}"
