"""Rough replies: what came as text, read as the calls and the story it was meant for. Plain prose stays as it is."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from services.dm.domain.catalogue import Catalogue
from services.dm.domain.prompt import TELL_STORY
from services.dm.domain.replies import Completion, ToolUse
from services.dm.domain.rough.calls import is_beat, mend_use, read_calls
from services.dm.domain.rough.lenient_json import NotJson, read_value

LONGEST = 40_000
"""Characters that are looked through: several times what a model may write."""
MOST_TRIED = 200
_THOUGHT = re.compile(r"<(think|thinking|thought|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_THOUGHT_BEFORE = re.compile(r"\A.*</(?:think|thinking|thought|reasoning)>", re.DOTALL | re.IGNORECASE)
_OPENS = re.compile(r"[{\[]")
_FENCE = re.compile(r"```[\w-]*|<tool_calls?>|<function_calls?>")
_FENCE_ENDS = ("```", "</tool_call>", "</tool_calls>", "</function_call>", "</function_calls>")


def mend(completion: Completion, catalogue: Catalogue) -> Completion:
    """The completion with its calls as calls. What stands whole before a cut counts as whole. Raises nothing."""
    texts = tuple(text for each in completion.texts if (text := drop_thoughts(each)).strip())
    uses = tuple(use for each in completion.uses for use in mend_use(each, catalogue))
    said = "\n".join(texts)
    if not uses and (written := read_text(said, catalogue)):
        return replace(completion, texts=(), uses=written, cut=False)
    if uses:
        return replace(completion, texts=texts, uses=uses, cut=completion.cut and not _is_whole(uses, completion.uses))
    return replace(completion, texts=() if is_code(said) else texts)


def prefer_story(completion: Completion) -> Completion:
    """Of a reply to a prompt that wanted the story and nothing else: the story, where there is one."""
    stories = tuple(use for use in completion.uses if use.name == TELL_STORY.name)
    return replace(completion, uses=stories) if stories else completion


def drop_thoughts(text: str) -> str:
    """The text without what a model said to itself: between its marks, after one that has no end, before one that has
    no beginning."""
    return _THOUGHT_BEFORE.sub("", _THOUGHT.sub("", text))


def read_text(text: str, catalogue: Catalogue) -> tuple[ToolUse, ...]:
    """The calls that stand in a text, each once, in their order; none in plain prose."""
    bare: list[Any] = []
    found: list[ToolUse] = []
    at = tried = 0
    text = text[:LONGEST]
    while (opens := _OPENS.search(text, at)) and tried < MOST_TRIED:
        tried += 1
        at = opens.end()
        try:
            value, end = read_value(text, opens.start())
        except NotJson:
            continue
        uses = () if is_beat(value) else read_calls(value, catalogue)
        bare += [value] if is_beat(value) else []
        found += [use for use in uses if use not in found]
        at = end if uses or is_beat(value) else at  # what means nothing may hold something that does
    if not found and bare:
        return read_calls(bare, catalogue)
    return tuple(found) or _written_out(text, catalogue)


def _written_out(text: str, catalogue: Catalogue) -> tuple[ToolUse, ...]:
    """Calls that are written like those of a programming language, one a line, with nothing else around them."""
    lines = [line for each in _unfence(text).strip("[] \n").splitlines() if (line := each.strip(" ,"))]
    called = [read_calls(line, catalogue) for line in lines[:MOST_TRIED]]
    return tuple(use for uses in called for use in uses) if all(called) else ()


def is_code(text: str) -> bool:
    """Whether this is JSON or a mark of some machine: nothing that a player may be shown."""
    plain = _unfence(text)
    if not plain.startswith(("{", "[")):
        return plain.startswith("<")
    try:
        value, _ = read_value(plain)
    except NotJson:
        return plain.startswith(('{"', "{'", '["', "[{"))
    return isinstance(value, (dict, list))


def _unfence(text: str) -> str:
    """The text without a fence around it."""
    plain = text.strip()
    opened = _FENCE.match(plain)
    plain = plain[opened.end() :] if opened else plain
    for end in _FENCE_ENDS:
        plain = plain.removesuffix(end)
    return plain.strip()


def _is_whole(uses: tuple[ToolUse, ...], came: tuple[ToolUse, ...]) -> bool:
    """Whether what is left of a reply that was cut off is complete. Of arguments that did not come as text nobody can
    tell."""
    if not all(isinstance(use.input, str) for use in came):
        return False
    return all(isinstance(use.input, dict) and (use.name != TELL_STORY.name or "beats" in use.input) for use in uses)
