"""The report of an export: every section, on one page."""

from __future__ import annotations

from pathlib import Path

from infra.report import deaths, deeds, dice, funnel, latency, refusals, spending
from infra.report.exported import Export
from infra.report.header import header
from infra.report.page import page

SECTIONS = (funnel, latency, spending, dice, refusals, deaths, deeds)


def report(directory: Path) -> str:
    """The HTML page about the export in `directory`; the same export gives the same page. Raises NotAnExport."""
    with Export(directory) as export:
        return page(header(export.manifest), [part.section(export) for part in SECTIONS])
