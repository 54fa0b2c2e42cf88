"""The report of an export: every section, on one page."""

from __future__ import annotations

from pathlib import Path

from ninelives.analytics.report import deaths, deeds, dice, funnel, latency, refusals, spending
from ninelives.analytics.report.exported import Export
from ninelives.analytics.report.header import header
from ninelives.analytics.report.page import page

SECTIONS = (funnel, latency, spending, dice, refusals, deaths, deeds)


def report(directory: Path) -> str:
    """The HTML page about the export in `directory`; the same export gives the same page. Raises UserError."""
    with Export(directory) as export:
        return page(header(export.manifest), [part.section(export) for part in SECTIONS])
