"""The sum of an export: what all exported effects together make of the first states of their campaigns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
from pydantic import TypeAdapter

from contracts.effects import Consequence, Proposal
from contracts.state import CampaignState
from contracts.tools import Outcome, ToolCall
from services.campaign.domain.state_hash import state_hash
from services.campaign.domain.turn import play_out

PROPOSAL, CONSEQUENCE = TypeAdapter(Proposal), TypeAdapter(Consequence)
ADDED_BY_THE_CAMPAIGN = ("turn-began", "life-lost", "level-gained")
NOT_DONE = ToolCall(call_id="exported", name="exported")


@dataclass(frozen=True)
class Sum:
    """A campaign added up. `differences` says where the effects lead elsewhere than the campaign's events said."""

    state: CampaignState
    differences: tuple[str, ...]


def sums(export_dir: Path, first_states: Mapping[str, CampaignState]) -> dict[str, Sum]:
    """Fold every exported turn of these campaigns over its first state, by campaign id.

    After each turn the state's hash is compared with the one its event tells, and what the fold itself added (lives
    lost, levels gained) with what the export has. Events that were cut for their size lack effects and will differ.
    """
    return {campaign: _sum(export_dir, campaign, first) for campaign, first in first_states.items()}


def figures(export_dir: Path) -> dict[str, dict[str, int]]:
    """The sums that the effects add to the plain figures of campaigns, by arithmetic alone: no rule is asked."""
    query = f"""
        SELECT campaign_id,
            sum(CASE kind WHEN 'credits-gained' THEN amount WHEN 'credits-spent' THEN -amount
                WHEN 'life-lost' THEN -CAST(detail->>'$.credits_lost' AS INTEGER) ELSE 0 END)::INTEGER AS credits,
            count(*) FILTER (kind = 'life-lost') AS lives_lost,
            count(*) FILTER (kind = 'level-gained') AS levels_gained
        FROM '{export_dir}/effects.parquet' GROUP BY ALL
    """
    with duckdb.connect() as database:
        rows = database.execute(query).fetchall()
    return {row[0]: dict(zip(("credits", "lives_lost", "levels_gained"), row[1:], strict=True)) for row in rows}


def _sum(export_dir: Path, campaign: str, first: CampaignState) -> Sum:
    state, differences = first, []
    for number, told_hash, effects in _turns(export_dir, campaign):
        if number != state.turn + 1:
            differences.append(f"turn {number} follows turn {state.turn}")
        played = play_out(state, _outcomes(effects))
        state = played.state
        added = [followed for one in played.settled for followed in one.consequences]
        told = [
            CONSEQUENCE.validate_python(each) for each in map(_whole, effects) if each["kind"] in ADDED_BY_THE_CAMPAIGN
        ]
        differences += [f"turn {number}: {one.refused}" for one in played.settled if not one.applied]
        if added != told:
            differences.append(f"turn {number}: the fold added {added}, the export has {told}")
        if state_hash(state) != told_hash:
            differences.append(f"turn {number}: {state_hash(state)} is not {told_hash}")
    return Sum(state, tuple(differences))


def _turns(export_dir: Path, campaign: str) -> Iterator[tuple[int, str, list[dict[str, Any]]]]:
    with duckdb.connect() as database:
        turns = database.execute(
            f"SELECT number, turn_id, state_hash FROM '{export_dir}/turns.parquet'"
            " WHERE campaign_id = ? AND resolved_at IS NOT NULL ORDER BY number",
            [campaign],
        ).fetchall()
        effects = database.execute(
            f"SELECT turn_id, kind, call, detail FROM '{export_dir}/effects.parquet'"
            " WHERE campaign_id = ? ORDER BY number, position",
            [campaign],
        ).fetchall()
    by_turn: dict[str, list[dict[str, Any]]] = {}
    for turn_id, kind, call, detail in effects:
        by_turn.setdefault(turn_id, []).append({"kind": kind, "call": call, "detail": detail})
    yield from ((number, told, by_turn.get(turn_id, [])) for number, turn_id, told in turns)


def _outcomes(effects: list[dict[str, Any]]) -> Iterator[Outcome]:
    """The applied outcomes a turn's effects are of, in order."""
    for call, group in groupby(effects, key=lambda effect: effect["call"]):
        proposed = [_whole(effect) for effect in group if effect["kind"] not in ADDED_BY_THE_CAMPAIGN]
        if proposed:
            took = tuple(PROPOSAL.validate_python(effect) for effect in proposed)
            yield Outcome(key=call, call=NOT_DONE, verdict="done", effects=took)


def _whole(effect: dict[str, Any]) -> dict[str, Any]:
    return {"kind": effect["kind"], **TypeAdapter(dict[str, Any]).validate_json(effect["detail"])}
