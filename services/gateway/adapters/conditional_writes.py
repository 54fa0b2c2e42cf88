"""Writes to the gateway's table that hold only while nothing has moved on."""

from __future__ import annotations

from botocore.exceptions import ClientError

NEW = "attribute_not_exists(pk)"
_LOST = {"ConditionalCheckFailed", "TransactionConflict"}
_FIRST = {"ConditionalCheckFailedException", "TransactionConflictException"}


def lost_race(error: ClientError) -> bool:
    """Whether a write failed because another one came first, and not because the table is unwell."""
    code = error.response["Error"]["Code"]
    reasons = {str(reason.get("Code")) for reason in error.response.get("CancellationReasons", [])}
    return code in _FIRST or (code == "TransactionCanceledException" and bool(reasons & _LOST))
