"""docs/privacy.md as its readers have it: what is held, where, for how long."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "privacy.md"
_NAME = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Held:
    """A line of the table. `where` has stores, each by stack and path (`gateway/table-gateway`), and kinds of items."""

    what: str
    where: tuple[str, ...]
    why: str
    how_long: str
    erased: str
    exported: str

    @property
    def stays(self) -> bool:
        """It has no term of its own, but a reason."""
        return self.how_long.startswith(("as long as ", "for good: "))


def read_page() -> list[Held]:
    """Every line of the table under "What is held"."""
    _, _, rest_of_page = PAGE.read_text(encoding="utf-8").partition("## What is held")
    lines = rest_of_page.partition("\n## ")[0].splitlines()
    rows = [line.strip("|").split("|") for line in lines if line.startswith("|") and "`" in line]
    return [
        Held(what, tuple(_NAME.findall(where)), *rest)
        for what, where, *rest in ([cell.strip() for cell in row] for row in rows)
    ]
