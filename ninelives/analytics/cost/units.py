"""The units that AWS charges for, and their rounding. Sizes are bytes, times are milliseconds; every function is
pure."""

from __future__ import annotations

from math import ceil

KB = 1024
WRITE_UNIT, READ_UNIT = KB, 4 * KB
EVENT_CHUNK = QUEUE_CHUNK = 64 * KB
EXPRESS_TICK_MS = 100
LAMBDA_TICK_MS = 1


def write_units(size: int, *, transactional: bool = False) -> int:
    """DynamoDB write request units of one item: one per KB begun, at least one, twice in a transaction."""
    return max(1, ceil(size / WRITE_UNIT)) * (2 if transactional else 1)


def read_units(size: int, *, consistent: bool) -> float:
    """DynamoDB read request units of an item, or of a query's items together: one per 4 KB begun, half if eventual."""
    return max(1, ceil(size / READ_UNIT)) * (1.0 if consistent else 0.5)


def event_units(size: int) -> int:
    """EventBridge charges an event as one per 64 KB begun."""
    return max(1, ceil(size / EVENT_CHUNK))


def queue_requests(size: int) -> int:
    """SQS charges a request as one per 64 KB of payload begun."""
    return max(1, ceil(size / QUEUE_CHUNK))


def lambda_gb_seconds(memory_mb: int, milliseconds: float) -> float:
    """Lambda charges each started millisecond of the memory that is configured, used or not."""
    return memory_mb / 1024 * ceil(milliseconds / LAMBDA_TICK_MS) * LAMBDA_TICK_MS / 1000


def express_gb_hours(memory_mb: int, milliseconds: float) -> float:
    """Express workflows charge each started 100 ms of their memory."""
    return memory_mb / 1024 * ceil(milliseconds / EXPRESS_TICK_MS) * EXPRESS_TICK_MS / 3_600_000
