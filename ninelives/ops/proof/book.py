"""A story as it was given away: the page's HTML file, or JSON of turns, manifests and keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from pydantic import BaseModel, ValidationError

from contracts.playerapi import KeySet, PublicKey, SignedManifest, Turn
from infra.errors import UserError
from services.gateway.domain.manifest import as_read

VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "path", "circle", "rect", "line", "use"))
"""Elements that have no end of their own."""


@dataclass(frozen=True)
class Book:
    """The text of each turn, by its id in the order of the file; the signatures and the keys that came with it."""

    told: Mapping[str, str]
    signed: tuple[str, ...]
    keys: Mapping[str, PublicKey]


class _Content(BaseModel):
    turns: tuple[Turn, ...]
    manifests: tuple[SignedManifest, ...] = ()
    keys: tuple[PublicKey, ...] = ()


def read(path: Path) -> Book:
    """The story in a file. Raises UserError."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path} cannot be read: {error}") from error
    book = _from_json(path, text) if text.lstrip().startswith("{") else _from_page(path, text)
    if not book.told:
        raise UserError(f"{path} tells no turn.")
    return book


def read_keys(path: Path) -> dict[str, PublicKey]:
    """A JWK set in a file. Raises UserError."""
    try:
        return by_id(KeySet.model_validate_json(path.read_bytes()).keys)
    except (OSError, ValidationError) as error:
        raise UserError(f"{path} holds no key set: {error}") from error


def by_id(keys: tuple[PublicKey, ...]) -> dict[str, PublicKey]:
    return {key.kid: key for key in keys}


def _from_json(path: Path, text: str) -> Book:
    try:
        content = _Content.model_validate_json(text)
    except ValidationError as error:
        where = "/".join(map(str, error.errors()[0]["loc"]))
        raise UserError(f"{path} does not hold a story: {where}: {error.errors()[0]['msg']}") from error
    turns = sorted(content.turns, key=lambda turn: turn.number or 0)
    told = {turn.id: as_read(turn.narrative) for turn in turns if turn.narrative}
    signed = tuple(each.jws for each in content.manifests if each.jws)
    return Book(told, signed, by_id(content.keys))


def _from_page(path: Path, text: str) -> Book:
    page = _Page()
    page.feed(text)
    try:
        keys = by_id(KeySet.model_validate_json(page.keys).keys) if page.keys else {}
    except ValidationError as error:
        raise UserError(f"{path} has keys that cannot be read.") from error
    return Book({turn: as_read(told) for turn, told in page.told.items()}, tuple(page.signed), keys)


@dataclass
class _Page(HTMLParser):
    """Finds what a reader sees of each turn's story, and what is signed."""

    told: dict[str, str] = field(default_factory=dict)
    signed: list[str] = field(default_factory=list)
    keys: str = ""
    _open: list[tuple[str, str, str]] = field(default_factory=list)
    """Elements that are open: tag, class, and the turn that each is."""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        named = dict(attrs)
        self._open.append((tag, named.get("class") or "", named.get("data-turn") or ""))
        if named.get("class") == "jws":
            self.signed.append("")

    def handle_endtag(self, tag: str) -> None:
        if any(each[0] == tag for each in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        classes = {kind for _, kind, _ in self._open}
        turn = next((turn for *_, turn in self._open if turn), "")
        if "jws" in classes:
            self.signed[-1] += data.strip()
        elif "jwks" in classes:
            self.keys += data
        elif "told" in classes and turn:
            self.told[turn] = self.told.get(turn, "") + data
