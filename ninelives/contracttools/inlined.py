"""Pages in one file: a template, and what is put into it so that nothing has to be fetched."""

from __future__ import annotations

from collections.abc import Mapping


def fill_template(template: str, parts: Mapping[str, str]) -> str:
    """The template with each part at its place, in their order; a part's own text is not searched for places that
    came before it."""
    for place, content in parts.items():
        template = template.replace(place, content, 1)
    return template


def as_script(text: str) -> str:
    """Text that may stand inside a script element: nothing in it closes the element or opens a comment."""
    return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")
