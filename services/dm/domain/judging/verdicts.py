"""Verdicts: from whatever a second reader sent to those of the contract. What cannot be read judges nothing."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any, get_args

from contracts.dm import SentenceVerdict
from services.dm.domain.judging.prompt import GIVE_VERDICTS
from services.dm.domain.replies import Completion

MOST_FACTS = 16
LONGEST_REPLY = 20_000
_FENCED = re.compile(r"```(?:json)?\s*(.*?)\s*```", re.DOTALL)
_FACT = re.compile(r"f\d{1,3}")
_KNOWN = get_args(SentenceVerdict.model_fields["verdict"].annotation)


def read_verdicts(completion: Completion, asked: Collection[int]) -> tuple[SentenceVerdict, ...]:
    """The verdicts on sentences of these numbers. Never raises. A reply that was cut off says nothing, and neither do
    two verdicts on one sentence."""
    if completion.cut:
        return ()
    read = tuple(verdict for given in _entries_of(completion) if (verdict := _read(given)) and verdict.number in asked)
    times = Counter(verdict.number for verdict in read)
    return tuple(verdict for verdict in read if times[verdict.number] == 1)


def _entries_of(completion: Completion) -> Iterator[Any]:
    """The entries of the one call, or of a reply that is the same as JSON in plain text."""
    if completion.uses:
        used = [use.input for use in completion.uses if use.name == GIVE_VERDICTS.name]
    else:
        text = "\n".join(completion.texts).strip()
        fenced = _FENCED.fullmatch(text)
        used = [fenced[1] if fenced else text]
    for given in used[:1]:
        listed = _object(given).get("verdicts")
        yield from listed if isinstance(listed, list) else ()


def _object(given: Any) -> dict[str, Any]:
    if isinstance(given, str):
        try:
            given = json.loads(given[:LONGEST_REPLY])
        except (ValueError, RecursionError):
            return {}
    return given if isinstance(given, dict) else {}


def _read(given: Any) -> SentenceVerdict | None:
    """One verdict, if all of it is as the schema says."""
    if not isinstance(given, dict):
        return None
    number, verdict = given.get("number"), given.get("verdict")
    agency, secret, facts = given.get("agency"), given.get("secret"), given.get("facts", [])
    if type(number) is not int or not 1 <= number <= 1000 or verdict not in _KNOWN:
        return None
    if not (isinstance(agency, bool) and isinstance(secret, bool) and isinstance(facts, list)):
        return None
    told = dict.fromkeys(fact for fact in facts if isinstance(fact, str) and _FACT.fullmatch(fact))
    return SentenceVerdict(number=number, verdict=verdict, agency=agency, secret=secret, facts=tuple(told)[:MOST_FACTS])
