"""The campaign's table, to erase: one conditional request, and then deletes."""

from __future__ import annotations

from collections.abc import Iterator

from botocore.exceptions import ClientError

from contracts.envelope import Event
from services.campaign.adapters.campaign_store import TRIES, CampaignStore, passes
from services.campaign.adapters.items import state_key
from services.campaign.domain.stored import StoredCampaign
from services.campaign.domain.streams import stream_of
from stagekit import outbox
from stagekit.deletes import delete_partition
from stagekit.outbox import StoredEvent
from stagekit.transactions import write_all


class CampaignEraser(CampaignStore):
    """An eraser of campaigns: only the number of a campaign's events and the events are left."""

    def entomb(self, base: StoredCampaign, event: Event) -> bool:
        """Put in the campaign's place how many events it has, this one with them. Nothing can be played from there, and
        no campaign of this id can begin."""
        tombstone = {
            **state_key(base.state.campaign_id),
            "entity": {"S": "campaign"},
            "sequence": {"N": str(base.sequence + 1)},
        }
        put = {
            "TableName": self._table,
            "Item": tombstone,
            "ConditionExpression": "#version = :base",
            "ExpressionAttributeNames": {"#version": "version"},
            "ExpressionAttributeValues": {":base": {"N": str(base.state.version)}},
        }
        try:
            writes = [{"Put": put}, *self._outbox([event])]
            return not any(write_all(self._dynamodb, writes, tries=TRIES, pause=self._pause))
        except ClientError as error:
            if not passes(error):
                raise
            return False

    def delete_rest(self, campaign_id: str, most: int) -> bool:
        """Delete what lies beside the campaign's state: looks at `most` items. Whether there are more."""
        state = state_key(campaign_id)
        return delete_partition(self._dynamodb, self._table, state["pk"]["S"], most=most, but=[state["sk"]["S"]])

    def events(self, campaign_id: str) -> Iterator[StoredEvent]:
        """Its events, in order."""
        start = outbox.key(stream_of(campaign_id), 0)
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :stream",
            ExpressionAttributeValues={":stream": start["pk"]},
            ConsistentRead=True,
        )
        return (outbox.read(item) for page in pages for item in page["Items"])
