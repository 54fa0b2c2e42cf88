"""The consumers' Lambda handlers over tables in memory, fed as SQS feeds them: ten messages at a time."""

from __future__ import annotations

import gc
import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from io import TextIOBase
from typing import Any
from unittest.mock import patch

from contracts.campaign import CampaignEndedV1, CampaignStartedV1, TurnResolvedV1
from contracts.canonical import canonical_json
from contracts.gateway import TurnAcceptedV1, TurnAnsweredV1, TurnFailedV1
from services.audit import wiring as audit_wiring
from services.audit.handlers import record
from services.campaign import wiring
from services.campaign.adapters.items import state_key
from services.campaign.handlers import project, rebuild
from services.chronicle import wiring as chronicle_wiring
from services.chronicle.handlers import remember
from services.metrics import wiring as metrics_wiring
from services.metrics.handlers import count
from stagekit import observe, outbox
from tests.bench.partitions import PartitionedDynamoDB
from tests.bench.volume import Delivery, of_kinds
from tests.ops.replay.projected import TABLES
from tests.rules.small_campaign import new_campaign

BATCH = 10
PROJECTED = (CampaignStartedV1, TurnResolvedV1, CampaignEndedV1)
COUNTED = (TurnAcceptedV1, TurnAnsweredV1, TurnFailedV1, TurnResolvedV1)
SETTINGS = {
    "ENVIRONMENT": "bench",
    "POWERTOOLS_SERVICE_NAME": "bench",
    "POWERTOOLS_METRICS_NAMESPACE": "NineLives",
    "LOG_LEVEL": "INFO",
    "TURN_TARGET_SECONDS": "10",
    "AUDIT_TABLE": "audit",
    "CHRONICLE_TABLE": "chronicle",
    "FRESH_SECONDS": "60",
    "METRICS_TABLE": "metrics",
    "CAMPAIGN_TABLE": TABLES["campaign"],
    "PROJECTION_TABLE": TABLES["projection"],
    "PROJECTION_SIDE_TABLE": TABLES["projection-side"],
}
KEPT_BY_A_CONTAINER = (
    audit_wiring.dynamodb,
    chronicle_wiring.dynamodb,
    chronicle_wiring.chronicle,
    metrics_wiring.dynamodb,
    observe.logger,
    wiring.dynamodb,
)
HANDLERS = {
    "audit": record.handler,
    "metrics": count.handler,
    "projection": project.handler,
    "chronicle": remember.handler,
    "rebuild": rebuild.handler,
}
KINDS: dict[str, tuple[Any, ...]] = {
    "audit": (*COUNTED, CampaignStartedV1, CampaignEndedV1),
    "metrics": COUNTED,
    "projection": PROJECTED,
    "chronicle": (TurnResolvedV1,),
    "rebuild": PROJECTED,
}


class _Nowhere(TextIOBase):
    def write(self, text: str) -> int:
        return len(text)


class Container:
    """Lambda with all consumers warm, until the block of `containers` ends."""

    def __init__(self, dynamodb: PartitionedDynamoDB) -> None:
        self.dynamodb = dynamodb

    def consume(self, consumer: str, bodies: Sequence[str]) -> None:
        """Hand over messages until none comes back; one that comes back waits behind the others."""
        waiting = list(bodies)
        while waiting:
            back = [body for start in range(0, len(waiting), BATCH) for body in self._batch(consumer, waiting, start)]
            assert len(back) < len(waiting), f"{consumer} takes none of {len(back)} messages"
            waiting = back

    def seconds(self, consumer: str, bodies: Sequence[str]) -> float:
        """Processor time that consuming these took."""
        gc.collect()
        started = time.process_time()
        self.consume(consumer, bodies)
        return time.process_time() - started

    def _batch(self, consumer: str, waiting: Sequence[str], start: int) -> Iterator[str]:
        records = [_record(n, body) for n, body in enumerate(waiting[start : start + BATCH])]
        answer = HANDLERS[consumer]({"Records": records}, None)
        return (waiting[start + int(failed["itemIdentifier"])] for failed in answer["batchItemFailures"])


@contextmanager
def container() -> Iterator[Container]:
    """A cold container over empty tables; what it logs goes nowhere."""
    dynamodb = PartitionedDynamoDB()
    with (
        patch("botocore.session.Session.create_client", lambda session, service, **_: dynamodb),
        patch.dict(os.environ, SETTINGS),
        redirect_stdout(_Nowhere()),
    ):
        _forget()
        try:
            yield Container(dynamodb)
        finally:
            _forget()


def bodies_for(consumer: str, events: list[Delivery]) -> list[str]:
    """The messages that a consumer's rule lets into its queue."""
    return [json.dumps(event) for event in of_kinds(events, *KINDS[consumer])]


def keep_campaigns(dynamodb: PartitionedDynamoDB, events: list[Delivery]) -> None:
    """Put into the campaigns' own table what these events say is there: each campaign, and its outbox."""
    state, last = new_campaign(), dict[str, int]()
    for event in of_kinds(events, *PROJECTED):
        kind = next(kind for kind in PROJECTED if kind.detail_type == event["detail-type"])
        typed = kind.model_validate(event["detail"])
        dynamodb.put_item(TableName=TABLES["campaign"], Item=outbox.item(typed))
        last[typed.metadata.campaign_id] = typed.metadata.sequence or 0
    for campaign, sequence in last.items():
        item = {
            **state_key(campaign),
            "entity": {"S": "campaign"},
            "state": {"S": canonical_json(state.model_copy(update={"campaign_id": campaign}))},
            "seed": {"S": "5eed" * 16},
            "owner": {"S": "player"},
            "started_at": {"S": "2031-05-04T09:00:00+00:00"},
            "sequence": {"N": str(sequence)},
        }
        dynamodb.put_item(TableName=TABLES["campaign"], Item=item)


def _record(number: int, body: str) -> dict[str, Any]:
    return {"messageId": str(number), "eventSource": "aws:sqs", "body": body}


def _forget() -> None:
    for kept in KEPT_BY_A_CONTAINER:
        kept.cache_clear()
