"""The interpreter in this process: what is left to the engine, what a bug does, and what stays as it was."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonata.jsonata import Jsonata  # type: ignore[import-untyped]
from jsonata.utils import Utils  # type: ignore[import-untyped]
from ministack.services import stepfunctions

from infra.local.expressions import NotPlain, follow, parse_once
from infra.workflows import interpreter
from services.gateway.tests import builders
from tests.turn.fake_stages import FakeStages

NAMES = ("a", "b", "c")
LEAVES = st.none() | st.booleans() | st.integers(-9, 9) | st.text("xy", max_size=2)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner), max_leaves=12
)


def turn() -> str:
    return builders.turn().model_dump_json()


@given(value=VALUES, path=st.lists(st.sampled_from(NAMES), max_size=3))
def test_a_plain_path_is_followed_to_what_the_engine_finds_there(value: Any, path: list[str]) -> None:
    expression = ".".join(("$root", *path))
    try:
        found = follow(expression, {"root": value})
    except NotPlain:
        return

    bound = Utils.NULL_VALUE if value is None else value  # as the emulator binds a variable
    assert Jsonata.jsonata(f"{{'found': {expression}}}").evaluate(None, {"root": bound}) == {"found": found}


PATHS = st.lists(st.sampled_from(NAMES), max_size=3).map(lambda path: ".".join(("$root", *path)))
PARTS = PATHS | st.sampled_from(["1", "'x'", "true", "null", "$missing.a", "$root[0]", "$root.a[]", "$root.a[b = 1].c"])
FUNCTIONS = (
    *("$exists", "$boolean", "$count", "$string", "$append", "$merge", "$sum", "$max"),
    *("$reverse", "$distinct", "$keys", "$spread", "$length", "$missing"),
)
EXPRESSIONS = st.recursive(
    PARTS,
    lambda inner: st.one_of(
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("{{'k': {}, 'l': {}}}".format, inner, inner),
        st.builds("$merge([{{'k': 1}}, {}])".format, inner),
        st.builds("{}({})".format, st.sampled_from(FUNCTIONS), inner),
        st.builds("{}({}, {})".format, st.sampled_from(["$append", "$lookup", "$join", "$zip"]), inner, inner),
        st.builds("({} {} {})".format, inner, st.sampled_from(["=", "in", "and", "&", "+", "<"]), inner),
        st.builds("({} ? {} : {})".format, inner, inner, inner),
        st.builds("$map({}, function($one) {{{{'id': $one.a, 'of': $root.b}}}})".format, inner),
        st.builds("({}).a".format, inner),
    ),
    max_leaves=6,
)


def outcome(engine: Any, value: Any) -> Any:
    try:
        return engine.evaluate(None, {"root": Utils.NULL_VALUE if value is None else value})
    except Exception as error:
        return type(error), getattr(error, "error", None)


@settings(max_examples=settings.default.max_examples * 8)
@given(value=VALUES, expression=EXPRESSIONS)
def test_the_engine_with_direct_answers_finds_what_the_engine_finds(value: Any, expression: str) -> None:
    stock = outcome(Jsonata.jsonata(expression), value)

    assert outcome(parse_once(expression, lambda engine: None), value) == stock


@pytest.mark.parametrize(
    "expression", ["$missing", "$root.missing", "$root.list.a", "$root.a + 1", "$count($root)", "root"]
)
def test_everything_else_is_left_to_the_engine(expression: str) -> None:
    with pytest.raises(NotPlain):
        follow(expression, {"root": {"a": 1, "list": [{"a": 1}]}})


def test_what_the_engine_made_is_left_to_the_engine() -> None:
    made = Jsonata.jsonata("[1, 2][$ > 1]").evaluate(None)
    several = Jsonata.jsonata("$.a").evaluate([{"a": 1}, {"a": 2}])

    assert made == 2 and several == [1, 2]
    with pytest.raises(NotPlain):
        follow("$made", {"made": several})


def test_an_error_without_a_name_ends_the_run_and_is_raised() -> None:
    fakes, asked = FakeStages("respond"), []

    def call(stage: str, payload: Any) -> Any:
        asked.append(stage)
        if stage == "ValidateAndRoute":
            raise ZeroDivisionError("a bug")
        return fakes(stage, json.loads(json.dumps(payload)))

    with pytest.raises(ZeroDivisionError, match="a bug"):
        interpreter.run(call, turn(), name_of=lambda error: None)
    assert asked[-1] == "ValidateAndRoute"


def test_an_error_without_a_name_beside_others_ends_the_run_too() -> None:
    fakes, asked = FakeStages("execute", "respond"), []

    def call(stage: str, payload: Any) -> Any:
        asked.append(stage)
        if stage == "ExecuteTool":
            raise ZeroDivisionError("a bug")
        return fakes(stage, json.loads(json.dumps(payload)))

    with pytest.raises(ZeroDivisionError, match="a bug"):
        interpreter.run(call, turn(), name_of=lambda error: None)
    assert "VoidTurn" not in asked


def test_an_error_is_named_by_its_class_and_retried_after_a_pause() -> None:
    fakes, failures, pauses = FakeStages("respond"), [ConnectionError(), TimeoutError()], []

    class Transient(Exception):
        pass

    def call(stage: str, payload: Any) -> Any:
        if stage == "RetrieveLore" and failures:
            failures.pop()
            raise Transient
        return fakes(stage, json.loads(json.dumps(payload)))

    execution = interpreter.run(call, turn(), pause=pauses.append)

    assert (execution["status"], pauses) == ("SUCCEEDED", [1, 2])


def test_turns_may_be_played_side_by_side() -> None:
    many = [FakeStages(*["execute"] * rounds, "respond") for rounds in range(4)]

    with ThreadPoolExecutor() as pool:
        executions = list(pool.map(FakeStages.play, many))

    assert {execution["status"] for execution in executions} == {"SUCCEEDED"}
    assert [len(fakes.requests("PlayWorld")) for fakes in many] == [0, 1, 2, 3]
    assert len({execution["executionArn"] for execution in executions}) == len(many)


def test_the_emulator_of_this_process_stays_as_it_was() -> None:
    before = dict(vars(stepfunctions))

    FakeStages("respond").play()

    assert {name: value for name, value in vars(stepfunctions).items() if before.get(name) is not value} == {}
