"""Replies of small models are read for the call or story they were meant as, and plain prose stays what it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.dm import Usage
from services.dm.domain.prompt import TELL_STORY
from services.dm.domain.replies import Completion, ToolUse, assemble_reply
from services.dm.domain.rough.lenient_json import NotJson, read_value
from services.dm.domain.rough.replies import mend
from services.dm.tests.builders import make_request
from services.dm.wiring import catalogue

RECORDED = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "recorded_completions.jsonl").read_text(encoding="utf-8").splitlines()
]
BEATS = [
    {"kind": "fact", "facts": ["f1"], "text": "You pay eight credits."},
    {"kind": "speech", "facts": [], "who": "old-mags", "text": "“No refunds,” says Old Mags."},
]


def read(text: str = "", *uses: ToolUse, cut: bool = False) -> Completion:
    return mend(Completion((text,) if text else (), uses, cut, Usage()), catalogue())


def calls(text: str, *uses: ToolUse, cut: bool = False) -> list[tuple[str, dict]]:
    return [(use.name, use.input) for use in read(text, *uses, cut=cut).uses]


BUY = ("buy", {"item": "smoked-eel"})
STORY = ("tell_story", {"beats": BEATS})


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "buy", "arguments": {"item": "smoked-eel"}}',
        '```json\n{"name": "buy", "arguments": {"item": "smoked-eel"}}\n```',
        '```\n{"tool": "buy", "parameters": {"item": "smoked-eel"}}\n```\n\n\n\n',
        '{"function": {"name": "buy", "arguments": "{\\"item\\": \\"smoked-eel\\"}"}}',
        '{"type": "function", "function": "buy", "parameters": {"item": "smoked-eel"}}',
        '{"tool_name": "buy", "args": {"item": "smoked-eel"}}',
        '{"tool": "buy", "item": "smoked-eel"}',
        '{"buy": {"item": "smoked-eel"}}',
        '{"calls": [{"name": "buy", "arguments": {"item": "smoked-eel"}}]}',
        '[{"name": "functions.Buy", "input": {"item": "smoked-eel"}}]',
        '<tool_call>\n{"name": "buy", "arguments": {"item": "smoked-eel"}}\n</tool_call>',
        '<think>They want {"name": "rest"}.</think>{"name": "buy", "arguments": {"item": "smoked-eel"}}',
        'They want fish.</think>{"name": "buy", "arguments": {"item": "smoked-eel"}}',
        'I\'m sorry, here it is:\n{"name": "buy", "arguments": {"item": "smoked-eel"}}\nYou buy {a fish}.',
        '{"name": "buy(item=\\"smoked-eel\\")"}',
        '{"name": "buy", "arguments": "smoked-eel"}',
        'buy(item="smoked-eel")',
        "```python\n[buy('smoked-eel')]\n```",
        "buy(smoked-eel)",
        "{'name': 'buy', 'arguments': {'item': 'smoked-eel',},}",
        '{"name": "buy", "arguments": {"item": "smoked-eel", "price": 6, "from": "old-mags"}}',
        '{"name": "buy", "arguments": {"item": "smoked-eel"}',
        '{"plan": "fish", "call": {"name": "buy", "arguments": {"item": "smoked-eel"}}}',
        '{"name": "buy", "arguments": {"item": "smoked-eel"}}\n' * 3,
    ],
)
def test_a_call_in_a_text_is_the_call(text):
    assert calls(text) == [BUY]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"name": "tell_story", "arguments": {"beats": BEATS}}),
        json.dumps({"name": "Tell-Story", "parameters": json.dumps({"beats": BEATS})}),
        json.dumps({"beats": BEATS}),
        json.dumps(BEATS),
        "\n".join(json.dumps(beat) for beat in BEATS),
        json.dumps({"story": BEATS}),
        json.dumps({"name": "tell_story", "arguments": BEATS}),
        json.dumps({"tell_story": {"beats": json.dumps(BEATS)}}),
        f"Sure! Here is the story:\n```json\n{json.dumps({'beats': BEATS}, indent=2)}\n```",
    ],
)
def test_a_story_in_a_text_is_the_story_whether_its_tool_is_named_or_not(text):
    assert calls(text) == [STORY]


def test_beats_by_other_names_are_beats():
    text = json.dumps({"beats": [{"type": "colour", "content": "Rain falls."}]})

    [(_, given)] = calls(text)
    assert (given["beats"][0]["kind"], given["beats"][0]["text"]) == ("colour", "Rain falls.")


def test_several_calls_keep_their_order():
    text = '{"name": "take", "arguments": {"find": "bent-hook"}} and then {"name": "rest"}'

    assert calls(text) == [("take", {"find": "bent-hook"}), ("rest", {})]
    assert calls("take(find='bent-hook')\nrest()") == [("take", {"find": "bent-hook"}), ("rest", {})]


def test_words_for_nothing_are_nothing_where_a_tool_takes_nothing():
    assert calls('{"name": "talk", "arguments": {"npc": "old-mags", "topic": "null"}}') == [
        ("talk", {"npc": "old-mags", "topic": None})
    ]


def test_a_tool_there_is_not_is_left_for_the_check_of_intents_to_name():
    assert calls('{"name": "Open Door!", "arguments": {"door": "iron-gate"}}') == [("open_door", {"door": "iron-gate"})]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('{"name": "search", "arguments": {}}\n{"name": "buy", "argum', [("search", {})]),
        ('{"name": "search", "arguments": {}}\n\n\n\n\n', [("search", {})]),
        ('{"calls": [{"name": "search", "arguments": {}}, {"name": "buy", "arguments": {"item": "sm', [("search", {})]),
        (json.dumps({"beats": BEATS})[:-30], [("tell_story", {"beats": BEATS[:1]})]),
        (json.dumps({"name": "tell_story", "arguments": json.dumps({"beats": BEATS})})[:-40],
         [("tell_story", {"beats": BEATS[:1]})]),
    ],
)  # fmt: skip
def test_what_stands_whole_before_the_cut_is_kept(text, kept):
    completion = read(text, cut=True)

    assert [(use.name, use.input) for use in completion.uses] == kept
    assert not completion.cut


@pytest.mark.parametrize(
    "text", ['{"name": "buy", "arguments": {"item": "smok', '{"beats": [{"kind": "fact", "text": "You pa', "You pay an"]
)
def test_what_has_nothing_whole_in_it_is_still_cut(text):
    assert read(text, cut=True).cut
    assert not read(text, cut=True).uses


def test_a_call_that_came_as_one_is_mended_in_the_same_way():
    given = ToolUse("buy(item='smoked-eel')", "")
    cut = ToolUse("tell_story", json.dumps({"beats": BEATS})[:-30])

    assert calls("", given) == [BUY]
    assert calls("", ToolUse("Move-To", '{"place": "tin-market",}')) == [("move_to", {"place": "tin-market"})]
    assert calls("", cut, cut=True) == [("tell_story", {"beats": BEATS[:1]})]


def test_of_a_cut_reply_whose_arguments_are_no_text_nobody_can_tell_what_is_whole():
    assert read("", ToolUse("tell_story", {"beats": BEATS}), cut=True).cut
    assert not read("", ToolUse("tell_story", json.dumps({"beats": BEATS})), cut=True).cut


@pytest.mark.parametrize(
    "prose",
    [
        "You buy the eel. Old Mags counts twice.",
        "She says [softly]: “No refunds.” {f1.verdict}",
        "You rest (a little) and search (in vain).",
        "Rain < snow; 3 > 2.",
    ],
)
def test_plain_prose_stays_prose(prose):
    assert (read(prose).texts, read(prose).uses) == ((prose,), ())


@pytest.mark.parametrize(
    "text", ["<think>What now?", '{"mood": "wry"}', "```json\n{}\n```", "<answer>{}</answer>", "[[[["]
)
def test_thoughts_and_code_without_meaning_are_no_story(text):
    assert (
        assemble_reply(make_request(), read(text).texts, read(text).uses, cut=False, usage=Usage()).stop == "malformed"
    )


LEGAL = st.sampled_from(
    [BUY, ("search", {}), ("talk", {"npc": "old-mags", "topic": None}), ("attack", {"target": "rats", "weapon": None}),
     STORY]
)  # fmt: skip
SHAPES = st.sampled_from(
    [
        lambda name, given: {"name": name, "arguments": given},
        lambda name, given: {"tool": name, "parameters": given},
        lambda name, given: {"tool_name": name, "input": json.dumps(given)},
        lambda name, given: {"id": "1", "type": "function", "function": {"name": name, "arguments": json.dumps(given)}},
        lambda name, given: {"calls": [{"name": name, "arguments": given}]},
        lambda name, given: [{"name": name.upper().replace("_", "-"), "args": given}],
        lambda name, given: {name: given},
    ]
)
AROUND = st.sampled_from(
    ["{}", "```json\n{}\n```", "<tool_call>{}</tool_call>", "Sorry about that. {} I hope it helps!",
     "<think>Let me see {{x}}</think>\n{}", "{}\n\n\n\n\n", "Okay.\n```\n{}\n```\nWhat do you do?"]
)  # fmt: skip


@given(LEGAL, SHAPES, AROUND, st.sampled_from([None, 2]), st.booleans())
def test_any_wrapping_of_a_legal_call_is_read_as_that_call(call, shape, around, indent, cut):
    name, given = call
    text = around.replace("{{x}}", "x").replace("{}", json.dumps(shape(name, given), indent=indent))

    assert calls(text, cut=cut) == [(name, given)]


@given(LEGAL, SHAPES, st.integers(0, 400))
def test_a_call_cut_anywhere_is_that_call_or_none_and_a_story_its_first_beats(call, shape, at):
    name, given = call
    whole = json.dumps(shape(name, given))

    for told, arguments in calls(whole[:at], cut=at < len(whole)):
        if name == TELL_STORY.name:
            assert (told, arguments["beats"]) == (name, BEATS[: len(arguments["beats"])])
        else:
            assert (told, {k: v for k, v in arguments.items() if v is not None}) == (
                name,
                {k: v for k, v in given.items() if v is not None},
            )


JUNK = st.text(alphabet="{}[]()\"'`:,<>\\/ \n\tabn0-1_=ue", max_size=120) | st.text(max_size=60)


@given(st.lists(JUNK | SHAPES.map(lambda shape: json.dumps(shape("buy", {"item": 1}))), max_size=5), st.booleans())
def test_nothing_that_a_model_sends_is_an_error(parts, cut):
    text = "".join(parts)
    completion = read(text, ToolUse(parts[0] if parts else None, text), cut=cut) if cut else read(text)

    assemble_reply(make_request(), completion.texts, completion.uses, cut=completion.cut, usage=Usage())


@pytest.mark.parametrize(
    "text", ["[" * 50_000, '{"a":' * 20_000, "{" * 50_000, '"' * 9999, "buy(" * 200, "\n" * 40_000 + "x"]
)
def test_deep_and_long_nonsense_is_no_error(text):
    assert read(text).uses == ()


@given(st.recursive(st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(), lambda inner: st.lists(inner)
                    | st.dictionaries(st.text(), inner), max_leaves=12), st.booleans())  # fmt: skip
def test_json_is_read_as_json(value, escaped):
    try:
        assert read_value(json.dumps(value, ensure_ascii=escaped))[0] == value
    except NotJson:
        raise AssertionError(value) from None


@pytest.mark.parametrize("recorded", RECORDED, ids=[f"{each['model']}: {each['about']}" for each in RECORDED])
def test_a_reply_that_a_real_model_sent_is_read_for_what_it_was_meant(recorded):
    completion = read(recorded["content"], cut=recorded["finish_reason"] == "length")

    assert [use.name for use in completion.uses] == recorded["calls"]
    assert (not completion.uses) == bool(completion.texts)
