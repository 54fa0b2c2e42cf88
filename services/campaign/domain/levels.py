"""Experience and levels. Level n begins at 50 · n · (n - 1): 0, 100, 300, 600, 1000, 1500, 2100, 2800, 3600, 4500."""

from __future__ import annotations

HIGHEST = 10
MAX_HP = 200
MAX_STAT = 6
MAX_RANK = 5


def starts_at(level: int) -> int:
    """The experience at which `level` (1 … 10) begins."""
    return 50 * level * (level - 1)


def level_for(xp: int) -> int:
    """The level that this much experience gives; experience beyond the tenth level counts for nothing."""
    return max(level for level in range(1, HIGHEST + 1) if starts_at(level) <= xp)


def next_level_xp(level: int) -> int | None:
    """The experience at which the level after this one begins, or None at the highest."""
    return None if level >= HIGHEST else starts_at(level + 1)
