"""HTML without a template language: text is escaped unless it was made here."""

from __future__ import annotations

from html import escape

VOID = frozenset({"meta", "br"})


class Markup(str):
    """Text that is HTML already. Only `element` and `joined` make it, and `svg.drawn`."""

    __slots__ = ()


Child = Markup | str | None


def element(name: str, /, *children: Child, **attributes: str | None) -> Markup:
    """One element. Children that are plain text, and all attributes, are escaped; None leaves one out.

    `class_` writes `class`; other underscores become hyphens.
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{given}>" if name in VOID else f"<{name}{given}>{join(*children)}</{name}>")


def join(*children: Child) -> Markup:
    """Children side by side."""
    return Markup("".join(_safe(child) for child in children if child is not None))


def _safe(child: Markup | str) -> str:
    return child if isinstance(child, Markup) else escape(child)
