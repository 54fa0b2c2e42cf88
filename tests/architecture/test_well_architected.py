"""The assessment against the lenses names tests that exist, a proof or a gap for each verdict, and adds them up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "well-architected.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([^|]+) \| (met|partly|gap|n/a) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", re.M)
ROWS = ROW.findall(PAGE)
VERDICTS = ("met", "partly", "gap", "n/a")


def test_what_is_met_has_a_proof_and_what_is_not_says_what_is_missing() -> None:
    for practice, verdict, proof, missing in ROWS:
        assert "`test_" in proof or verdict in ("gap", "n/a"), practice
        assert (missing == "–") == (verdict in ("met", "n/a")), practice


def test_the_verdicts_of_each_pillar_add_up_to_the_table() -> None:
    together: Counter[str] = Counter()
    for lens, pillar, rows in _pillars():
        counted = Counter(dict.fromkeys(VERDICTS, 0))
        for practice, verdict, *_ in rows:
            counted[verdict] += 1 + practice.count(", 0")
        assert f"| {lens} | {pillar} | {' | '.join(str(counted[each]) for each in VERDICTS)} |" in PAGE
        together += counted
    assert f"| **together** | | {' | '.join(f'**{together[each]}**' for each in VERDICTS)} |" in PAGE


def _pillars() -> Iterator[tuple[str, str, list[tuple[str, ...]]]]:
    """Each lens and pillar, with its rows."""
    for lens in re.split(r"^## ", PAGE, flags=re.M):
        name = lens.partition(" ")[0]
        if name in ("Serverless", "Agentic"):
            for pillar in lens.split("\n### ")[1:]:
                yield name, re.split(r"[,\n]", pillar)[0], ROW.findall(pillar)
