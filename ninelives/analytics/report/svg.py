"""A chart as inline SVG: no script, no fonts, no style attributes, colours from the page's variables."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import altair as alt
import vl_convert

from ninelives.analytics.report.figure import Drawn
from ninelives.analytics.report.markup import Markup
from ninelives.analytics.report.palette import CONFIG, ROLES

VEGA_LITE = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
DROPPED = frozenset(
    {"role", "class", "style", "font-family", "pointer-events", "cursor", "stroke-miterlimit", "version"}
)
DEFAULTS = {("opacity", "1"), ("fill-opacity", "1"), ("stroke-width", "1"), ("font-weight", "normal")}
REFERENCE = re.compile(r'(?<= id=")[a-z_]+[0-9]+(?=")')
NUMBER = re.compile(r"\d+\.\d{3,}")


def draw(chart: Drawn, ident: str, label: str, style: str) -> Markup:
    """The chart as an image that `label` describes. `ident` keeps its inner references apart from other drawings'.

    What a mark says of itself (the `description` channel) is shown when one points at it.
    """
    spec = chart.to_dict()
    spec["config"] = {**spec.get("config", {}), **CONFIG}
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    written = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[])
    root = ElementTree.fromstring(_renumber(written, ident))
    _tidy(root)
    size = {key: root.get(key, "0") for key in ("width", "height", "viewBox")}
    root.attrib.clear()
    root.attrib.update(size)
    root.attrib.update({"role": "img", "aria-label": label, "class": style})
    return Markup(ElementTree.tostring(root, encoding="unicode"))


def _renumber(written: str, ident: str) -> str:
    """Inner references by their order in this drawing: the renderer counts on from the one before."""
    for number, name in enumerate(dict.fromkeys(REFERENCE.findall(written))):
        written = re.sub(rf'(?<=["#]){name}(?=[")])', f"{ident}-{number}", written)
    return written


def _tidy(node: ElementTree.Element) -> None:
    node.tag = node.tag.rpartition("}")[2]
    title = node.get("aria-label") if node.get("aria-roledescription") not in (None, "axis", "legend") else None
    node.attrib = {key: _value(value) for key, value in node.attrib.items() if _kept(key, value)}
    for child in list(node):
        if _invisible(child):
            node.remove(child)
        else:
            _tidy(child)
    if title:
        told = ElementTree.Element("title")
        told.text = title
        node.insert(0, told)


def _kept(key: str, value: str) -> bool:
    return key not in DROPPED and not key.startswith("aria-") and (key, value) not in DEFAULTS


def _value(value: str) -> str:
    if value in ROLES:
        return f"var(--{ROLES[value]})"
    return NUMBER.sub(lambda found: f"{float(found[0]):.2f}", value)


def _invisible(node: ElementTree.Element) -> bool:
    return (
        node.get("display") == "none"
        or node.get("d") in ("", "M0,0h0v0h0Z")
        or (node.get("class") == "background" and not {"fill", "stroke"}.intersection(node.keys()))
    )
