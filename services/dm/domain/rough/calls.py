"""Calls of tools in a JSON value, in any of the shapes in which models write one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.dm.domain.catalogue import Catalogue, ToolSpec
from services.dm.domain.prompt import TELL_STORY
from services.dm.domain.replies import ToolUse
from services.dm.domain.rough.lenient_json import CutDict, CutText, NotJson, is_cut, read_value
from services.dm.domain.rough.tool_names import find_tool, read_call_syntax, tidy_name

_NAMES = ("name", "tool_name", "tool", "function_name", "function", "action", "intent")
_ARGUMENTS = ("arguments", "parameters", "args", "params", "input", "kwargs")
_LISTS = ("calls", "tool_calls", "actions", "intents", "tools")
_CALLS = ("function", "tool_call", "function_call", "call", "tool")
_ABOUT_THE_CALL = {*_NAMES, "id", "type", "index", "call_id", "tool_call_id"}
_TEXTS = ("text", "content", "sentence", "narrative", "line")
_STORIES = ("narrative", "story", "text")
_NOTHING = {"", "null", "none"}
_DEEPEST = 6


def read_calls(value: Any, catalogue: Catalogue, depth: int = 0) -> tuple[ToolUse, ...]:
    """The calls in a value, complete ones only, and the story as far as its beats are complete."""
    if depth > _DEEPEST:
        return ()
    if isinstance(value, list):
        if _are_beats(value):
            return _story({"beats": value})
        return tuple(use for each in value for use in read_calls(each, catalogue, depth + 1))
    if isinstance(value, str):
        called = read_call_syntax(value, catalogue)
        return _use(*called) if called else ()
    if not isinstance(value, dict):
        return ()
    return next((found for found in _readings(value, catalogue, depth) if found), ())


def is_beat(value: Any) -> bool:
    """Whether this is one beat, without the list it belongs to."""
    return isinstance(value, dict) and isinstance(value.get("text"), str) and ("kind" in value or "facts" in value)


def mend_use(use: ToolUse, catalogue: Catalogue) -> tuple[ToolUse, ...]:
    """A call that came as one, with the tool and the arguments that were meant; nothing when it is cut off. What has
    no meaning is left as it is: reading the reply says what is wrong with it."""
    if isinstance(use.name, str) and "(" in use.name:
        called = read_call_syntax(use.name, catalogue)
        return _use(*called) if called else (use,)
    tool = find_tool(use.name, catalogue)
    if tool is None:
        return (use,)
    given = _parse(use.input)
    if not isinstance(given, dict):
        return (ToolUse(tool.name, use.input),)
    if tool.name == TELL_STORY.name:
        return _story(given) if is_cut(given) or "beats" in given else (ToolUse(tool.name, given),)
    return () if is_cut(given) else (ToolUse(tool.name, given),)


def _readings(value: dict[str, Any], catalogue: Catalogue, depth: int) -> Iterator[tuple[ToolUse, ...]]:
    """Readings of an object, likeliest first."""
    yield from (read_calls(value[key], catalogue, depth + 1) for key in _LISTS if isinstance(value.get(key), list))
    yield from (read_calls(value[key], catalogue, depth + 1) for key in _CALLS if isinstance(value.get(key), dict))
    yield from (_read_named(value, key, catalogue) for key in _NAMES if isinstance(value.get(key), str))
    if value and all(find_tool(name, catalogue) for name in value):
        yield tuple(use for name, given in value.items() for use in _read_call(name, given, catalogue))
    if "beats" in value or any(isinstance(value.get(key), (str, list)) for key in _STORIES[:2]):
        yield _story(value)


def _read_named(value: dict[str, Any], key: str, catalogue: Catalogue) -> tuple[ToolUse, ...]:
    name = value[key]
    if isinstance(name, CutText):
        return ()
    if "(" in name:
        return read_calls(name, catalogue, _DEEPEST)
    under = next((each for each in _ARGUMENTS if each in value), None)
    if under is not None:
        return _read_call(name, value[under], catalogue)
    if find_tool(name, catalogue) is None:
        return ()
    rest = {word: given for word, given in value.items() if word not in _ABOUT_THE_CALL}
    return _read_call(name, CutDict(rest) if isinstance(value, CutDict) else rest, catalogue)


def _read_call(name: str, given: Any, catalogue: Catalogue) -> tuple[ToolUse, ...]:
    tool, given = find_tool(name, catalogue), _parse(given)
    if tool is None:
        whole = isinstance(given, dict) and not is_cut(given)
        return (ToolUse(tidy_name(name), given),) if whole and tidy_name(name) else ()
    return _use(tool, given)


def _use(tool: ToolSpec, given: Any) -> tuple[ToolUse, ...]:
    if tool.name == TELL_STORY.name:
        return _story({"beats": given} if isinstance(given, (list, str)) else given)
    if is_cut(given):
        return ()
    return (ToolUse(tool.name, _fit(tool, given)),)


def _fit(tool: ToolSpec, given: Any) -> dict[str, Any]:
    """Arguments that the tool has; words for nothing where it takes none; a bare value for its first argument."""
    known = tool.input_schema.get("properties", {})
    if given is None:
        return {}
    if not isinstance(given, dict):
        values = given if isinstance(given, list) else [given]
        given = dict(zip(tool.input_schema.get("required", ()), values, strict=False))
    return {name: _nothing(value, known[name]) for name, value in given.items() if name in known}


def _nothing(value: Any, schema: dict[str, Any]) -> Any:
    is_nothing = isinstance(value, str) and value.strip().casefold() in _NOTHING
    return None if is_nothing and "null" in schema.get("type", ()) else value


def _story(given: Any) -> tuple[ToolUse, ...]:
    """The story with its complete beats; in free text only when that is whole."""
    if not isinstance(given, dict):
        return ()
    beats = _parse(given.get("beats", given.get("story")))
    listed = beats if isinstance(beats, list) else [beats] if isinstance(beats, dict) else []
    whole = [_beat(beat) for beat in listed if not is_cut(beat)]
    suggested = given.get("suggested_actions")
    told: dict[str, Any] = {} if suggested is None or is_cut(suggested) else {"suggested_actions": suggested}
    if whole:
        return (ToolUse(TELL_STORY.name, {"beats": whole, **told}),)
    texts = (given.get(key) for key in (*_STORIES, "beats"))
    narrative = next((text for text in texts if isinstance(text, str) and not is_cut(text)), None)
    return (ToolUse(TELL_STORY.name, {"narrative": narrative, **told}),) if narrative else ()


def _beat(beat: Any) -> Any:
    """A beat whose text and kind stand where they belong."""
    if not isinstance(beat, dict):
        return beat
    text = next((beat[key] for key in _TEXTS if isinstance(beat.get(key), str)), None)
    kind = beat.get("kind", beat.get("type"))
    return {**beat, **({"text": text} if text else {}), **({"kind": kind} if kind else {})}


def _are_beats(entries: list[Any]) -> bool:
    return bool(entries) and all(is_beat(entry) for entry in entries if not is_cut(entry)) and is_beat(entries[0])


def _parse(given: Any) -> Any:
    """The value that a string of JSON holds; anything else as it is."""
    if not isinstance(given, str) or not given.lstrip().startswith(("{", "[")):
        return {} if given == "" and not isinstance(given, CutText) else given
    try:
        return read_value(given)[0]
    except NotJson:
        return given
