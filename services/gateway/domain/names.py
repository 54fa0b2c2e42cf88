"""Rules for the names of characters: one visible line without quotation marks and without blocked words.

A name stands in the game master's prompt, in quotation marks, and on terminals. The contract's schema is released and
takes more, so names are looked at here. Campaigns whose names are older than these rules go on.
"""

from __future__ import annotations

from collections.abc import Callable

from services.gateway.domain.blocklist import Blocklist
from services.gateway.domain.rejections import InvalidName
from services.gateway.domain.signs import LINE_BREAKS, is_control, is_invisible, is_visible

QUOTATION_MARKS = frozenset('"“”„‟«»‹›″‴⁗‶‷〝〞〟＂❝❞❠⹂🙶🙷🙸ʺ˝ˮ״')
"""All that could open or close a quotation. An apostrophe is none: O'Malley is a name."""


BLOCKED = "has a word that is not used in names here. Choose another one"


def require_name(name: str, blocked: Blocklist) -> str:
    """The name itself. Raises InvalidName with every rule it breaks."""
    broken = (*find_broken_rules(name), *((BLOCKED,) if blocked.has(name) else ()))
    if broken:
        raise InvalidName(broken)
    return name


def find_broken_rules(name: str) -> tuple[str, ...]:
    """The rules that this name breaks, in words; none when it may be a character's."""
    found = [rule for rule, is_wrong in _RULES.items() if any(map(is_wrong, name))]
    if not found and not any(map(is_visible, name)):
        found.append("needs a letter, a digit or another sign that can be seen")
    return tuple(found)


_RULES: dict[str, Callable[[str], bool]] = {
    "must be one line": LINE_BREAKS.__contains__,
    "must have no quotation marks (an apostrophe is fine)": QUOTATION_MARKS.__contains__,
    "must have no control characters": is_control,
    "must have no invisible characters, nor any that join signs or turn the direction of text": is_invisible,
}
