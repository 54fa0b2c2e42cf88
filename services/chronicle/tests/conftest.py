"""The chronicle's table, in a fresh DynamoDB per test, and its two functions as Lambda calls them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import boto3
import pytest

from contracts.chronicle import ChronicleRecalled, RecallChronicle
from services.chronicle import wiring
from services.chronicle.handlers import recall, remember
from services.chronicle.tests import story
from tests.support.quick_dynamodb import dynamodb_alone

ENVIRONMENT = {
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "CHRONICLE_TABLE": "chronicle",
    "FRESH_SECONDS": "60",
    "DEAD_LETTER_QUEUE_URL": "https://dead",
    "POWERTOOLS_SERVICE_NAME": "chronicle",
    "POWERTOOLS_METRICS_NAMESPACE": "NineLives",
}
CONTEXT = SimpleNamespace(function_name="chronicle", get_remaining_time_in_millis=lambda: 9000)


@dataclass
class Chronicle:
    """The service as others see it. `reads` counts the requests that `recall` makes of the chronicle's table."""

    table: Any
    reads: Counter[str] = field(default_factory=Counter)
    items_read: int = 0

    def hears(self, *bodies: str) -> list[str]:
        """Deliver as one batch; answer which messages come back."""
        failures = remember.handler(story.records(*bodies), CONTEXT)["batchItemFailures"]
        return [failure["itemIdentifier"] for failure in failures]

    def recalls(self, request: RecallChronicle) -> ChronicleRecalled:
        self.reads.clear()
        self.items_read = 0
        return ChronicleRecalled.model_validate(recall.handler(request.model_dump(mode="json"), CONTEXT))

    def recall_texts(self, request: RecallChronicle) -> list[tuple[int, str]]:
        return [(memory.turn, memory.text) for memory in self.recalls(request).memories]

    def contents(self) -> list[tuple[str, str, str]]:
        return sorted(
            (item["pk"], item["sk"], item.get("fact") or ",".join(sorted(item["words"])))
            for item in self.table.scan()["Items"]
        )

    def counts(self, client: Any) -> None:
        def count(model: Any, **_: Any) -> None:
            self.reads[model.name] += 1

        def weigh(parsed: Any, **_: Any) -> None:
            self.items_read += len(parsed.get("Items", ())) + ("Item" in parsed)

        client.meta.events.register("before-call.dynamodb", count)
        client.meta.events.register("after-call.dynamodb", weigh)


@pytest.fixture
def chronicle(monkeypatch: pytest.MonkeyPatch) -> Iterator[Chronicle]:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(remember, "now", lambda: story.TOLD)  # what is told is heard at once
    with dynamodb_alone():
        wiring.dynamodb.cache_clear()
        wiring.chronicle.cache_clear()
        tables = boto3.resource("dynamodb")
        keys = [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}]
        strings = [{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")]
        table = tables.create_table(
            TableName="chronicle", KeySchema=keys, AttributeDefinitions=strings, BillingMode="PAY_PER_REQUEST"
        )
        made = Chronicle(table)
        made.counts(wiring.dynamodb())
        yield made
    wiring.dynamodb.cache_clear()
    wiring.chronicle.cache_clear()
