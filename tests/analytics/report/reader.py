"""A page as a reader meets it: figures with their captions, drawings and numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "path", "line", "rect", "circle"}


@dataclass
class Seen:
    """A figure. `rows` are the cells of its table, the heads first."""

    id: str
    caption: str = ""
    drawings: int = 0
    rows: list[list[str]] = field(default_factory=list)

    def cells(self, name: str) -> list[str]:
        """The row of this name, without its name."""
        return next(row[1:] for row in self.rows if row[0] == name)


class Reader(HTMLParser):
    """Reads a page; `faults` are elements that were closed in another order than they were opened."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.figures: dict[str, Seen] = {}
        self.text: list[str] = []
        self._figure: Seen | None = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if tag not in {"meta", "br"}:
            self.open.append(tag)
        if tag == "figure":
            self._figure = self.figures[given["id"] or ""] = Seen(given["id"] or "")
        if self._figure and tag == "svg":
            self._figure.drawings += 1
        if self._figure and tag == "tr":
            self._figure.rows.append([])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)
        if tag == "figure":
            self._figure = None

    def handle_data(self, data: str) -> None:
        if "style" in self.open or "svg" in self.open:
            return
        self.text.append(data)
        if self._figure and "figcaption" in self.open:
            self._figure.caption += f"{data} "
        elif self._figure and self.open and self.open[-1] in ("th", "td"):
            self._figure.rows[-1].append(data)
