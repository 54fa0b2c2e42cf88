"""Names of tools as they were meant, and calls that are written like those of a programming language."""

from __future__ import annotations

import re
from typing import Any

from services.dm.domain.catalogue import Catalogue, ToolSpec
from services.dm.domain.prompt import TELL_STORY
from services.dm.domain.rough.lenient_json import NotJson, read_value

_LONGEST_CALL = 600
_CALL = re.compile(r"\s*([A-Za-z][\w.-]{0,80})\s*\((.*)\)\s*;?\s*", re.DOTALL)
_ARGUMENT = re.compile(r"""\s*(?:([A-Za-z_]\w*)\s*[=:]\s*)?("[^"]*"|'[^']*'|[^,"']+)\s*(?:,|$)""")
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


def find_tool(name: Any, catalogue: Catalogue) -> ToolSpec | None:
    """The tool of this name, or the one that has it but for case, underscores, hyphens and what stands before a dot."""
    if not isinstance(name, str):
        return None
    tools = (*catalogue.tools, TELL_STORY)
    exact = next((tool for tool in tools if tool.name == name), None)
    return exact or next((tool for tool in tools if _key(tool.name) == _key(name.rpartition(".")[2])), None)


def tidy_name(name: str) -> str:
    """A name that no tool has, in the form that names of tools have, so that the check of intents can name it."""
    return _NOT_LETTERS.sub("_", name.casefold()).strip("_")[:64]


def read_call_syntax(text: str, catalogue: Catalogue) -> tuple[ToolSpec, dict[str, Any]] | None:
    """`buy(item="pocket-sardines")` as the tool and its arguments; those without a name stand in the tool's order."""
    found = _CALL.fullmatch(text) if len(text) <= _LONGEST_CALL else None
    tool = find_tool(found.group(1), catalogue) if found else None
    if found is None or tool is None:
        return None
    inside = found.group(2).strip()
    if inside.startswith("{"):
        given = _object(inside)
        return None if given is None else (tool, given)
    names = iter(tool.input_schema.get("required", ()))
    given, at = {}, 0
    while at < len(inside):
        part = _ARGUMENT.match(inside, at)
        name = (part.group(1) or next(names, None)) if part else None
        if part is None or name is None:
            return None
        given[name], at = _literal(part.group(2)), part.end()
    return tool, given


def _object(text: str) -> dict[str, Any] | None:
    try:
        value, _ = read_value(text)
    except NotJson:
        return None
    return value if isinstance(value, dict) else None


def _literal(word: str) -> Any:
    try:
        value, end = read_value(word)
    except NotJson:
        return word.strip()
    return value if end == len(word.rstrip()) else word.strip()


def _key(name: str) -> str:
    return _NOT_LETTERS.sub("", name.casefold())
