"""The header of a page: of what it tells, and how much of that to believe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ninelives.analytics.report.wording import count, list_words

MOST_RUNS = 40


@dataclass(frozen=True)
class Caution:
    """`loud` ones say that numbers are wrong; `details` name what is missing."""

    loud: bool
    says: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Header:
    title: str
    facts: tuple[tuple[str, str], ...]
    cautions: tuple[Caution, ...]


def header(manifest: Mapping[str, Any]) -> Header:
    """The header of an export with this manifest."""
    window = manifest.get("window") or {}
    first, last = _moment(window.get("from")), _moment(window.get("to"))
    types = manifest.get("types") or {}
    kinds = [f"{kind} ×{count(int(known.get('events', 0)))}" for kind, known in sorted(types.items())]
    facts = (
        ("Window", f"{_format_moment(first)} to {_format_moment(last)}"),
        ("Environment", str(manifest.get("environment", "unknown"))),
        ("Events", count(int(manifest.get("events", 0)))),
        ("Duplicates dropped", count(int(manifest.get("duplicates_dropped", 0)))),
        ("Gaps", _gaps(manifest)),
        ("Exported by", f"{manifest.get('tool', 'unknown')}, format {manifest.get('format', 'unknown')}"),
        ("Types", list_words(kinds) or "none"),
    )
    return Header("Nine Lives: what happened", facts, tuple(_cautions(manifest, types)))


def _gaps(manifest: Mapping[str, Any]) -> str:
    gaps = manifest.get("gaps")
    return "not known" if gaps is None else count(_missing(gaps)) if gaps else "none"


def _missing(gaps: Mapping[str, list[list[int]]]) -> int:
    return sum(last - first + 1 for runs in gaps.values() for first, last in runs)


def _cautions(manifest: Mapping[str, Any], types: Mapping[str, Any]) -> list[Caution]:
    cautions, gaps = [], manifest.get("gaps")
    if gaps:
        runs = [f"{stream}: {_run(*run)}" for stream, told in sorted(gaps.items()) for run in told]
        says = (
            f"This export has gaps: {count(_missing(gaps), 'event')} of {count(len(gaps), 'stream')} "
            f"{'is' if _missing(gaps) == 1 else 'are'} missing. Numbers below may be too low."
        )
        more = [f"… and {count(len(runs) - MOST_RUNS)} more"] if len(runs) > MOST_RUNS else []
        cautions.append(Caution(True, says, (*runs[:MOST_RUNS], *more)))
    if conflicts := manifest.get("conflicts"):
        says = f"Different events claim the same place in a stream, {count(len(conflicts), 'time')}: audit them."
        cautions.append(Caution(True, says, tuple(f"{stream}: {number}" for stream, number in conflicts[:MOST_RUNS])))
    if "gaps" in manifest and gaps is None:
        kinds = list_words(sorted(types)) or "none came"
        says = f"Only these events were asked for: {kinds}. What rests on others is empty."
        cautions.append(Caution(False, says))
    if asked := (manifest.get("asked") or {}).get("campaigns"):
        cautions.append(Caution(False, f"Only what was asked for is in this export: {count(len(asked), 'campaign')}."))
    return cautions


def _run(first: int, last: int) -> str:
    return f"{first}" if first == last else f"{first} to {last}"


def _moment(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text)).astimezone(UTC)
    except ValueError:
        return None


def _format_moment(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%d %H:%M UTC") if moment else "unknown"
