"""Prompt leakage: prompts, tools, keys, addresses, other players; and names that are hidden in single letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from contracts.dm import Finding
from services.dm.domain.english.tokens import words
from services.dm.domain.findings import make_finding
from services.dm.domain.prompt import SYSTEM

_TALK = re.compile(
    r"\bas an? (ai|artificial|language|large language)\b|\blanguage model\b|\b(system|my|your) prompt\b"
    r"|\bmy instructions\b|\b(these|the|your) instructions (say|tell|forbid)|\btool[ _]?(call|use|result)s?\b"
    r"|\bjson\b|\bidempotency|\b[0-9a-f]{32,}\b|\bthe player's text\b|\b[a-z]+_[a-z_]+\b"
    r"|<\s*/?\s*(player|action|scene|system|tool|result|canon|told)\b|\b(user|assistant)\s*:\s"
    r"|\b[ct]_[a-z2-7]{8,}|[\w.+-]+@[\w-]+\.[a-z]{2,}|\bhttps?:|\bwww\.|\]\(|\bjavascript:"
    r"|(?:\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{4,}\b[\s,:-]*){3,}",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"(?:\b[^\W_][\W_]{1,2}){4,}[^\W_]\b")
RUN = 8
"""Words in a row that no story shares with the instructions by chance."""


def find_prompt_leakage(narrative: str) -> Iterator[Finding]:
    """Talk of prompts, tools, models and other players' data; and the instructions themselves."""
    match = _TALK.search(narrative)
    said = words(narrative)
    recited = next((run for run in _runs(said) if run in _runs_of_instructions()), None)
    if match or recited:
        subject = match.group() if match else " ".join(recited or ())
        yield make_finding(
            "machinery", subject[:80], "The story must not speak of prompts, tools, models, keys or links."
        )


def read_hidden_letters(text: str) -> str:
    """Words that single letters in a row spell ("h o l l o w"), and words as they read without invisible characters."""
    visible = "".join(c for c in text if unicodedata.category(c) != "Cf")
    spelt = " ".join(re.sub(r"[\W_]", "", match.group()) for match in _LETTERS.finditer(visible))
    return " ".join((*words(visible), *words(spelt))) if spelt or visible != text else ""


@cache
def _runs_of_instructions() -> frozenset[tuple[str, ...]]:
    return frozenset(_runs(words(SYSTEM)))


def _runs(said: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return (said[at : at + RUN] for at in range(len(said) - RUN + 1))
