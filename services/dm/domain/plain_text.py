"""Plain text: a player's words as they read on a page, without invisible signs and without signs of our marks.

What a model gets is visible, each sign means what it looks like, and no sign of a mark is left. The words stay the
player's: nothing is refused here, and no letter that can be seen is lost.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

_OPENING, _CLOSING = "<‹⟨〈〈❬❮❰⦑⧼˂ᐸ⪡≪⟪《", ">›⟩〉〉❭❯❱⦒⧽˃ᐳ⪢≫⟫》"
_MARKS = str.maketrans({**dict.fromkeys(_OPENING, "("), **dict.fromkeys(_CLOSING, ")"), "«": '"', "»": '"'})
"""Brackets that could pass for those of a mark."""
_QUOTATION_MARKS = str.maketrans(dict.fromkeys('"“”„‟″‴⁗‶‷〝〞〟❝❞❠⹂🙶🙷🙸ʺ˝ˮ״', "'"))
"""All that could close the quotation a name stands in."""
_KEPT = frozenset("…™²³")
"""Signs that read well as they are, although others could stand for them."""
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2065\u2800\u3164\uffa0")
_UNSEEN = re.compile("[\u180b-\u180f\ufe00-\ufe0f\ufff0-\ufff8\U000e0000-\U000e0fff]")
"""Variation selectors, tags, and what is kept for more of them; their categories do not say that they are unseen."""
_ENTITY = re.compile(r"&(?:#x?[0-9a-f]+;?|[a-z]\w*;|lt|gt|(?:amp|quot)\b)", re.IGNORECASE)
"""Entities of HTML. Of those without a semicolon only what could make a mark: "R&D" is R&D."""
_JOINER, _AS_EMOJI = "\u200d", "\ufe0f"


def show(text: str) -> str:
    """The text in signs that can be seen, with blanks and line breaks. Entities are what they stand for, compatibility
    forms of ASCII are ASCII, brackets of marks are round."""
    while (plain := _resolve(text)) != text:
        text = plain
    return text


def show_line(text: str) -> str:
    """The same in one line."""
    return " ".join(show(text).split())


def quote_name(name: str) -> str:
    """A name in quotation marks that nothing in it closes."""
    return f"“{show_line(name).translate(_QUOTATION_MARKS)}”"


def quote_lines(text: str) -> str:
    """The text with a bar before each line: none of them can begin as a line of ours does."""
    return "\n".join(f"| {line.strip()}" for line in show(text).split("\n") if line.strip())


def _resolve(text: str) -> str:
    """One step towards plain text: what an entity or a full-width sign turns into may be part of another."""
    lines = "\n".join(text.splitlines())
    ascii_forms = lines if _is_plain_ascii(lines) else "".join(map(_ascii_form, "".join(_visible(lines))))
    return _ENTITY.sub(lambda entity: html.unescape(entity.group()), ascii_forms).translate(_MARKS)


def _is_plain_ascii(text: str) -> bool:
    """Whether each sign is visible, a blank or a line break, and its own ASCII form: most words of most players are."""
    return text.isascii() and text.replace("\n", "").isprintable()


def _visible(text: str) -> Iterator[str]:
    before = ""
    for place, sign in enumerate(text):
        after = text[place + 1 : place + 2]
        if not _is_unseen(sign) or (_is_emoji(before) and _belongs_to_emoji(sign, after)):
            yield " " if sign in _BLANK or unicodedata.category(sign) == "Zs" or sign == "\t" else sign
            before = before if sign == _AS_EMOJI else sign


def _is_unseen(sign: str) -> bool:
    unseen = unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co") or bool(_UNSEEN.match(sign))
    return unseen and sign not in "\n\t"


def _belongs_to_emoji(sign: str, after: str) -> bool:
    return sign == _AS_EMOJI or (sign == _JOINER and _is_emoji(after))


def _is_emoji(sign: str) -> bool:
    return bool(sign) and (unicodedata.category(sign) == "So" or "\U0001f3fb" <= sign <= "\U0001f3ff")


def _ascii_form(sign: str) -> str:
    """The ASCII sign that a full-width, mathematical or otherwise dressed-up one stands for; any other is itself."""
    plain = sign if sign in _KEPT else unicodedata.normalize("NFKC", sign)
    return plain if plain.isascii() else sign
