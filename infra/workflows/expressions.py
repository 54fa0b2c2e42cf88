"""JSONata for thousands of turns in one process: what is parsed is kept, and a plain path is followed directly.

Two of three expressions of the turn's definition are plain paths, such as `$scene` or `$states.result.Payload.scene`.
Everything else, and every path that meets something other than objects on its way, is left to the JSONata engine.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from jsonata.jsonata import Jsonata

_PATH = re.compile(r"\$(\w+)((?:\.\w+)*)")
_JSON = frozenset({dict, list, str, int, float, bool, type(None)})
"""Values of exactly these types are their own result; the engine's sequences are lists that are not."""
Register = Callable[[Jsonata], None]


class NotPlain(LookupError):
    """An expression that only the engine can evaluate."""


def follow(expression: str, bindings: Mapping[str, Any]) -> Any:
    """The value of a plain path, which is what JSONata makes of it. Raises NotPlain, also for a value there is not."""
    path = _names(expression)
    if not path or path[0] not in bindings:
        raise NotPlain
    value = bindings[path[0]]
    for name in path[1:]:
        if type(value) is not dict or name not in value:
            raise NotPlain
        value = value[name]
    if type(value) not in _JSON:
        raise NotPlain
    return value


def parsed(expression: str, register: Register) -> Jsonata:
    """An expression to be evaluated once, on this thread. Parsed once in a process; `register` adds functions to it.

    It has no limit of time: the engine counts that from parsing on.
    """
    own = copy.copy(_parsed(expression, register))
    Jsonata.CURRENT.jsonata = own  # as parsing does; the engine's functions ask it for the time
    return own


@cache
def _names(expression: str) -> tuple[str, ...]:
    found = _PATH.fullmatch(expression)
    return (found[1], *found[2].split(".")[1:]) if found else ()


@cache
def _parsed(expression: str, register: Register) -> Jsonata:
    one = Jsonata(expression)
    register(one)
    return one
