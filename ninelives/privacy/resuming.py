"""Erasures that stand still, gone on with."""

from __future__ import annotations

from infra.environment import Environment
from services.gateway.adapters.erasures import DynamoErasures
from services.gateway.domain.erasures import STEPS


def resume_all(environment: Environment) -> int:
    """Wake a worker for each erasure that is not done; how many there are."""
    client, table = environment.client("dynamodb"), environment.find("gateway", "table/gateway")
    erasures, woken = DynamoErasures(client, table), 0
    pages = client.get_paginator("scan").paginate(
        TableName=table,
        FilterExpression="entity = :erasure AND steps_done < :all",
        ExpressionAttributeValues={":erasure": {"S": "erasure"}, ":all": {"N": str(len(STEPS))}},
    )
    for item in (item for page in pages for item in page["Items"]):
        erasures.wake(item["erasure_id"]["S"])
        woken += 1
    return woken
