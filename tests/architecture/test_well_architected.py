"""The assessment against the lenses names tests that exist, a proof or a gap for each verdict, and adds them up."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "well-architected.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([^|]+) \| (met|partly|gap|n/a) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", PAGE, re.M)


def test_what_is_met_has_a_proof_and_what_is_not_says_what_is_missing() -> None:
    for practice, verdict, proof, missing in ROWS:
        assert "`test_" in proof or verdict in ("gap", "n/a"), practice
        assert (missing == "–") == (verdict in ("met", "n/a")), practice


def test_the_verdicts_add_up_to_the_table() -> None:
    counted: Counter[str] = Counter()
    for practice, verdict, *_ in ROWS:
        counted[verdict] += 1 + practice.count(", 0")
    assert "| **{met}** | **{partly}** | **{gap}** | **{n/a}** |".format(**counted) in PAGE
