"""A Bedrock guardrail: how a call names it, what it says of a call in which it stepped in, and what it costs.

Only the player's words of this turn are given to it, and what the model answers: the rest of a prompt is ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from services.dm.domain.replies import read_count
from services.dm.domain.safety.declining import DECLINED

INTERVENED = "guardrail_intervened"
MICRO_DOLLARS_PER_UNIT = 150
"""List price of a text unit (up to 1,000 characters) for the content filters, and again for the denied topics."""
_PRICED = ("contentPolicyUnits", "topicPolicyUnits")
_CATEGORIES = {"SEXUAL": "sexual", "HATE": "hate", "INSULTS": "hate"}
"""Our categories by the content filters' types. A denied topic is called by a category's own name."""
Json = dict[str, Any]


@dataclass(frozen=True)
class Guardrail:
    """A guardrail of this account, by id or ARN, and a version of it."""

    id: str
    version: str

    def config(self, *, streams: bool) -> Json:
        """The guardrailConfig of a call. A stream is held back until it was judged: what was told stands."""
        named = {"guardrailIdentifier": self.id, "guardrailVersion": self.version, "trace": "enabled"}
        return {**named, "streamProcessingMode": "sync"} if streams else named


def parse_guardrail(text: str) -> Guardrail | None:
    """A guardrail as a deployment names it, `id:version`; None when there is none."""
    id, _, version = text.rpartition(":")
    return Guardrail(id, version) if id and version else None


def declined_input(response: Json) -> str | None:
    """The category that the player's words were blocked for; None when they were not."""
    if response.get("stopReason") != INTERVENED:
        return None
    blocked = [found for each in _inputs(response) for found in _list_blockers(each)]
    named = [_CATEGORIES.get(name, name) for name in blocked]
    return next((name for name in named if name.islower()), DECLINED) if named else None


def guardrail_cost(response: Json) -> int:
    """Micro-dollars, by the units that the trace counts."""
    used = (each.get("invocationMetrics", {}).get("usage", {}) for each in (*_inputs(response), *_outputs(response)))
    return MICRO_DOLLARS_PER_UNIT * sum(read_count(usage.get(unit)) for usage in used for unit in _PRICED)


def _inputs(response: Json) -> Iterator[Json]:
    yield from _trace(response).get("inputAssessment", {}).values()


def _outputs(response: Json) -> Iterator[Json]:
    for assessments in _trace(response).get("outputAssessments", {}).values():
        yield from assessments


def _trace(response: Json) -> Json:
    found: Json = (response.get("trace") or {}).get("guardrail") or {}
    return found


def _list_blockers(assessment: Json) -> Iterator[str]:
    """Names of what blocked: topics first, for they say more."""
    topics = assessment.get("topicPolicy", {}).get("topics", ())
    filters = assessment.get("contentPolicy", {}).get("filters", ())
    words = assessment.get("wordPolicy", {})
    for found in (*topics, *filters, *words.get("customWords", ()), *words.get("managedWordLists", ())):
        if found.get("action") == "BLOCKED":
            yield str(found.get("name") or found.get("type") or "WORD")
