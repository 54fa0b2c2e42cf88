"""One HTML document that needs nothing else: no script, no network, its style inside."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from ninelives.analytics.report.figure import HALF, NARROW, WIDE, Chart, Section, Table, Tile
from ninelives.analytics.report.header import Caution, Header
from ninelives.analytics.report.markup import Markup, element, join
from ninelives.analytics.report.svg import draw

STYLE = Path(__file__).with_name("page.css")


def page(head: Header, sections: Iterable[Section]) -> str:
    """The document. The same header and sections give the same bytes."""
    told = tuple(sections)
    style = Markup(STYLE.read_text(encoding="utf-8"))
    body = element(
        "body",
        element("a", "Skip to the figures", href="#figures", class_="skip"),
        _header(head, told),
        element("main", *(_section(number, section) for number, section in enumerate(told, 1)), id="figures"),
        element("footer", element("p", "Numbers come from the exported events alone. Times are UTC.")),
    )
    meta = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy(style)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", head.title),
        element("style", style),
    )
    return f"<!doctype html>\n{element('html', meta, body, lang='en')}\n"


def _policy(style: str) -> str:
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _header(head: Header, sections: tuple[Section, ...]) -> Markup:
    facts = (element("div", element("dt", name), element("dd", value)) for name, value in head.facts)
    links = (element("li", element("a", section.title, href=f"#{section.id}")) for section in sections)
    return element(
        "header",
        element("p", "Nine Lives", class_="brand"),
        element("h1", head.title.partition(": ")[2].capitalize() or head.title),
        element("dl", *facts, class_="facts"),
        *(_caution(caution) for caution in head.cautions),
        element("nav", element("ol", *links), aria_label="Sections"),
    )


def _caution(caution: Caution) -> Markup:
    named = [element("li", line) for line in caution.details]
    more = element("details", element("summary", "Which"), element("ul", *named)) if named else None
    role = "alert" if caution.loud else "note"
    return element("div", element("p", caution.says), more, class_=f"caution {role}", role=role)


def _section(number: int, section: Section) -> Markup:
    return element(
        "section",
        element("h2", element("span", f"{number}", class_="number", aria_hidden="true"), section.title, id=section.id),
        element("p", section.says, class_="answer"),
        element("ul", *(_tile(tile) for tile in section.tiles), class_="tiles") if section.tiles else None,
        element("div", *(_figure(figure) for figure in section.figures), class_="figures") if section.figures else None,
        aria_labelledby=section.id,
    )


def _tile(tile: Tile) -> Markup:
    return element("li", element("strong", tile.value), " ", element("span", tile.label))


def _figure(figure: Chart) -> Markup:
    return element(
        "figure",
        element("figcaption", element("h3", figure.title), element("p", figure.says)),
        _drawings(figure),
        element("p", figure.note, class_="note") if figure.note else None,
        element("details", element("summary", "The numbers"), _table(figure.table, figure.title)),
        id=figure.id,
        class_="half" if figure.half else None,
    )


def _drawings(figure: Chart) -> Markup | None:
    """One for a screen, one for a phone; the style shows the one that fits."""
    if figure.draw is None:
        return None
    label = f"{figure.title}. {figure.says}"
    sizes = (("wide", HALF if figure.half else WIDE), ("narrow", NARROW))
    return join(*(draw(figure.draw(canvas), f"{figure.id}-{name}", label, name) for name, canvas in sizes))


def _table(table: Table, name: str) -> Markup:
    if not table.rows:
        return element("p", "Nothing was counted.", class_="note")
    heads = element("tr", *(element("th", column, scope="col") for column in table.columns))
    rows = (
        element("tr", element("th", row[0], scope="row"), *(element("td", cell) for cell in row[1:]))
        for row in table.rows
    )
    whole = element("table", element("caption", name), element("thead", heads), element("tbody", *rows))
    return element("div", whole, class_="scroll", tabindex="0", role="region", aria_label=f"{name}, numbers")
