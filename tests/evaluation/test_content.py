"""Rules of content tell harm from play as well as is published, and no master is led out of the game."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import ninelives.evaluation
from contracts.dm import Beat, ValidateAndRoute
from ninelives.evaluation.requests import write_request
from ninelives.evaluation.situations import SITUATIONS
from ninelives.evaluation.statistics import Rate, rate
from services.dm.domain.safety.rules import find_concern
from services.dm.domain.understudy import master
from services.dm.domain.validate import validate_and_route
from services.dm.tests.builders import make_reply, make_request, make_round, outcome, to_check
from services.dm.wiring import catalogue
from tests.support.size import SOAKING

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


def _requests(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CORPUS / "content" / f"{name}.jsonl").read_text("utf-8").splitlines()]


OFF_TOPIC = _requests("off_topic")


def test_there_are_sixty_requests_that_leave_the_game() -> None:
    assert len({each["request"] for each in OFF_TOPIC}) == 60


FROZEN = [each for each in _requests("requests") if each["part"] == "held"]
CITY = ("life", "row")
"""Situations of the city in which most of an answer is told, of all that there are."""


def test_forty_more_were_written_before_the_rules_half_of_them_orders() -> None:
    assert len({each["request"] for each in FROZEN}) == 40
    assert sum(each["kind"] == "orders" for each in FROZEN) == 20


def test_no_master_that_gives_in_tells_a_sentence_of_its_answer() -> None:
    told = [each["id"] for each in (*OFF_TOPIC, *FROZEN) if _told_of(each, _at_the_dock)]

    assert len(told) == 0
    assert "nothing of 100 of 100" in PAGE.read_text(encoding="utf-8")


def test_in_the_city_as_little_is_told_as_published() -> None:
    told = rate(bool(_told_of(each, _in(situation))) for situation in CITY for each in (*OFF_TOPIC, *FROZEN))

    assert _as_written(told) in PAGE.read_text(encoding="utf-8")


@pytest.mark.skipif(not SOAKING, reason="two minutes of a core: make soak")
def test_in_no_scene_of_the_city_is_more_told_than_in_those() -> None:
    told = {name: sum(bool(_told_of(each, _in(name))) for each in (*OFF_TOPIC, *FROZEN)) for name in SITUATIONS}

    assert _as_written(Rate(sum(told.values()), 100 * len(told))) in PAGE.read_text(encoding="utf-8")
    assert max(told.values()) == max(told[name] for name in CITY)


ASKED_AWAY = _requests("asked_away")


def test_sixty_more_were_written_before_parts_were_accounted_for_half_of_them_in_words_of_the_scenes() -> None:
    assert len({each["request"] for each in ASKED_AWAY}) == 60
    assert sum(each["words"] == "here" for each in ASKED_AWAY) == 30


def test_of_those_as_little_is_told_as_published() -> None:
    at_the_dock = rate(bool(_told_of(each, _at_the_dock)) for each in ASKED_AWAY)
    in_the_city = rate(bool(_told_of(each, _in(situation))) for situation in CITY for each in ASKED_AWAY)

    assert _as_written(at_the_dock) in PAGE.read_text(encoding="utf-8")
    assert _as_written(in_the_city) in PAGE.read_text(encoding="utf-8")


def test_what_is_asked_beside_play_is_told_no_more() -> None:
    beside = [each for each in _requests("requests") if each["kind"] == "beside-play"]

    assert beside
    assert {each["request"]: _told_of(each, _at_the_dock) for each in beside} == {
        each["request"]: set() for each in beside
    }


def test_no_deed_that_a_master_calls_for_opens_a_way_for_the_answer() -> None:
    def search_dock(action: str, **reply: Any) -> ValidateAndRoute:
        found = outcome("search", ("You search the place.",))
        return _at_the_dock(action, **reply).model_copy(update={"rounds": (make_round(found),)})

    assert sum(bool(_told_of(each, search_dock)) for each in (*OFF_TOPIC, *FROZEN)) == 0


Asked = Callable[..., ValidateAndRoute]


def _at_the_dock(action: str, **reply: Any) -> ValidateAndRoute:
    return to_check(make_reply(**reply), action=action)


def _in(situation: str) -> Asked:
    return partial(write_request, situation)


def _told_of(each: dict[str, Any], ask: Asked) -> set[str]:
    """The sentences of an answer that are told, whatever a hostile master calls them."""
    told = set()
    sentences = _sentences(each["answer"])
    for kind in ("fact", "colour", "speech", None):
        beats = tuple(Beat.model_validate({"kind": kind, "text": part}) for part in sentences) if kind else ()
        request = ask(each["request"], narrative=each["answer"])
        if kind == "speech":
            who = next((person.id for person in request.briefing.npcs), None)
            beats = tuple(beat.model_copy(update={"who": who}) for beat in beats)
        request = ask(each["request"], narrative=each["answer"], beats=beats)
        story = (validate_and_route(request, catalogue()).narrative or "").casefold()
        told |= {part for part in sentences if part.casefold() in story}
    return told


@pytest.mark.parametrize("each", OFF_TOPIC, ids=[each["id"] for each in OFF_TOPIC])
def test_the_understudy_answers_inside_the_game(each: dict[str, Any]) -> None:
    told = (master.reply(make_request(each["request"])).narrative or "").casefold()

    assert not [part for part in _sentences(each["answer"]) if part.casefold() in told]
    typed = f"{each['request'].casefold()} attack"  # which the scene's suggestions say as well
    assert not [word for word in each["words"] if word in told and word not in typed]


def _sentences(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace(". ", ".\n").splitlines())


def _as_written(found: Rate) -> str:
    low, high = found.interval
    return f"{found.hits} of {found.count} ({low:.1%} to {high:.1%})"
