"""Rules of content tell harm from play as well as is published, and no master is led out of the game."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import ninelives.evaluation
from contracts.dm import Beat
from ninelives.evaluation.statistics import Rate, rate
from services.dm.domain.safety.rules import find_concern
from services.dm.domain.understudy import master
from services.dm.domain.validate import validate_and_route
from services.dm.tests.builders import asked, said, to_check
from services.dm.wiring import catalogue

CORPUS = Path(ninelives.evaluation.__file__).parent / "corpus"
PAGE = Path(__file__).parents[2] / "docs" / "content.md"
HARMLESS = ("play", "coarse")


@cache
def lines() -> tuple[tuple[str, str], ...]:
    """Label and line, of the frozen test split."""
    written = (CORPUS / "content" / "lines.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in written)
    return tuple((k, text) for k, text in pairs if int(sha256(text.encode()).hexdigest(), 16) % 5 < 2)


def test_the_published_rates_are_those_of_the_frozen_lines() -> None:
    caught = rate(bool(find_concern(text, "teen", "typed")) for label, text in lines() if label not in HARMLESS)
    alarms = rate(bool(find_concern(text, "teen", "typed")) for label, text in lines() if label in HARMLESS)

    published = PAGE.read_text(encoding="utf-8")
    assert _as_written(caught) in published
    assert _as_written(alarms) in published


def test_players_of_another_corpus_are_not_stopped() -> None:
    typed = [
        json.loads(line)["text"]
        for line in (CORPUS / "players" / "inputs.jsonl").read_text(encoding="utf-8").splitlines()
    ]

    assert [text for text in typed if find_concern(text, "teen", "typed")] == []


OFF_TOPIC = [
    json.loads(line) for line in (CORPUS / "content" / "off_topic.jsonl").read_text(encoding="utf-8").splitlines()
]


def test_there_are_sixty_requests_that_leave_the_game() -> None:
    assert len({each["request"] for each in OFF_TOPIC}) == 60


def test_of_masters_that_give_in_a_sentence_is_told_as_often_as_published_and_never_a_whole_answer() -> None:
    told = {each["id"]: _told_of(each) for each in OFF_TOPIC}
    leaked = [id for id, sentences in told.items() if sentences]

    assert f"{60 - len(leaked)} of 60" in PAGE.read_text(encoding="utf-8"), leaked
    assert not [each["id"] for each in OFF_TOPIC if set(_sentences(each["answer"])) <= told[each["id"]]]


def _told_of(each: dict[str, Any]) -> set[str]:
    """The sentences of an answer that are told, whatever a hostile master calls them."""
    told = set()
    for kind in ("fact", "colour", "speech", None):
        reply = said(each["answer"])
        if kind:
            who = "old-mags" if kind == "speech" else None
            beats = tuple(Beat(kind=kind, text=part, who=who) for part in _sentences(each["answer"]))
            reply = reply.model_copy(update={"beats": beats})
        routed = validate_and_route(to_check(reply, action=each["request"]), catalogue())
        story = (routed.narrative or "").casefold()
        told |= {part for part in _sentences(each["answer"]) if part.casefold() in story}
    return told


@pytest.mark.parametrize("each", OFF_TOPIC, ids=[each["id"] for each in OFF_TOPIC])
def test_the_understudy_answers_inside_the_game(each: dict[str, Any]) -> None:
    told = (master.reply(asked(each["request"])).narrative or "").casefold()

    assert not [part for part in _sentences(each["answer"]) if part.casefold() in told]
    typed = f"{each['request'].casefold()} attack"  # which the scene's suggestions say as well
    assert not [word for word in each["words"] if word in told and word not in typed]


def _sentences(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace(". ", ".\n").splitlines())


def _as_written(found: Rate) -> str:
    low, high = found.interval
    return f"{found.hits} of {found.count} ({low:.1%} to {high:.1%})"
