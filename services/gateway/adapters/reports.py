"""Reports in the gateway's table.

REPORTS               <turn id>               a reported story, open or closed, without a word of it

All of them are one collection, because few stories are reported and whoever looks wants all. Each expires a year after
it was written last; the facts stay in the outbox.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from contracts.envelope import CampaignId, TurnId
from services.gateway.adapters import items
from services.gateway.adapters.conditional_writes import NEW, commit
from services.gateway.domain.reports import ReportChange, ReportSnapshot, StoryReport
from stagekit import outbox
from stagekit.reads import get_all

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEPT = timedelta(days=365)
_ALL = "REPORTS"


class DynamoReports:
    """Implements the port Reports. Reads are consistent."""

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def look(self, campaign: CampaignId, turn: TurnId, player: str = "", key: str = "") -> ReportSnapshot:
        """Of a report by a player, also what their key was used for."""
        wanted = [items.key_of_gate(campaign), items.key_of_turn(campaign, turn), report_key(turn)]
        asked = [items.key_of_key(player, key)] if key else []
        gate, begun, report, *used = get_all(self._client, self._table, [*wanted, *asked])
        return ReportSnapshot(
            key=items.key_record(used[0]) if used and used[0] else None,
            gate=items.gate(gate) if gate else None,
            turn=items.turn(begun) if begun else None,
            report=_report(report) if report else None,
        )

    def write(self, change: ReportChange) -> bool:
        """All of it or nothing; False when the campaign has moved on, or the report has been made or closed."""
        gate, report = change.gate, change.report
        moved = {
            "Key": items.key_of_gate(gate.campaign_id),
            "UpdateExpression": "SET #sequence = :next",
            "ConditionExpression": "#sequence = :seen AND #status <> :erased",
            "ExpressionAttributeNames": {"#sequence": "sequence", "#status": "status"},
            "ExpressionAttributeValues": items.item(
                {":next": gate.sequence + 1, ":seen": gate.sequence, ":erased": "erased"}
            ),
        }
        unmade = "attribute_exists(pk) AND attribute_not_exists(closed_at)" if report.closed_at else NEW
        puts = [(_item(report), unmade), (outbox.item(change.event), NEW)]
        if change.key:
            used, record = change.key
            expires = int(report.reported_at.timestamp()) + items.KEY_KEPT_SECONDS
            puts.append((items.key_item(gate.owner, used, record, expires), NEW))
        return commit(
            self._client,
            [
                {"Update": {"TableName": self._table, **moved}},
                *({"Put": {"TableName": self._table, "Item": new, "ConditionExpression": on}} for new, on in puts),
            ],
        )

    def find(self, turn: TurnId) -> StoryReport | None:
        """The report of a turn, if it was reported."""
        found = self._client.get_item(TableName=self._table, Key=report_key(turn), ConsistentRead=True).get("Item")
        return _report(found) if found else None

    def of_turns(self, turns: Sequence[TurnId]) -> list[StoryReport]:
        """Those of these turns that were reported, of at most a hundred."""
        found = get_all(self._client, self._table, [report_key(turn) for turn in turns]) if turns else []
        return [_report(each) for each in found if each]

    def all(self) -> Iterator[StoryReport]:
        """Every report that is kept, in no order."""
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :all",
            ExpressionAttributeValues=items.item({":all": _ALL}),
            ConsistentRead=True,
        )
        return (_report(each) for page in pages for each in page["Items"])


def report_key(turn: TurnId) -> items.Item:
    return items.item({"pk": _ALL, "sk": turn})


def _item(report: StoryReport) -> items.Item:
    last = report.closed_at or report.reported_at
    times = {
        "reported_at": report.reported_at.isoformat(),
        "closed_at": report.closed_at.isoformat() if report.closed_at else None,
        "expires_at": int((last + KEPT).timestamp()),
    }
    return {**report_key(report.turn_id), **items.item({**vars(report), **times, "entity": "report"})}


def _report(stored: Mapping[str, Any]) -> StoryReport:
    values = items.plain(stored)
    closed = values.get("closed_at")
    return StoryReport(
        turn_id=values["turn_id"],
        campaign_id=values["campaign_id"],
        reason=values["reason"],
        reported_at=datetime.fromisoformat(values["reported_at"]),
        number=values.get("number"),
        closed_at=datetime.fromisoformat(closed) if closed else None,
    )
