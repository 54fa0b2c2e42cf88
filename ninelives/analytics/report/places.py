"""Names of the places of the world, as far as the events say them."""

from __future__ import annotations

from ninelives.analytics.report.exported import Export

NAMES = """
SELECT place, min(place_name) AS name
FROM (SELECT place, place_name FROM turns UNION ALL SELECT place, place_name FROM beginnings)
WHERE place IS NOT NULL AND place_name IS NOT NULL GROUP BY place ORDER BY place
"""


def name_places(export: Export) -> dict[str, str]:
    """The names of places by id: of those where a turn ended or a campaign began."""
    return {row["place"]: row["name"] for row in export.rows(NAMES)}
