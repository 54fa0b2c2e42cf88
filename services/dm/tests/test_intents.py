"""Proposed intents are believed only as far as the catalogue and the scene bear them out."""

from __future__ import annotations

import pytest

from services.dm.domain.catalogue import Catalogue, ToolSpec
from services.dm.domain.intents import MOST_CALLS
from services.dm.domain.presence import WORDS, gather_presence
from services.dm.domain.validate import validate_and_route
from services.dm.tests.builders import briefing, call, make_reply, rats, scene, to_check
from services.dm.wiring import catalogue


def verdict(*calls, **changes):
    return validate_and_route(to_check(make_reply(calls=calls, stop="tools"), **changes), catalogue())


def codes(routed) -> list[str]:
    return [finding.code for finding in routed.report.findings]


def test_intents_that_stand_are_executed_in_order():
    routed = verdict(call("talk", npc="old-mags", topic="the-gate"), call("take", find="bent-hook"))

    assert routed.route == "execute"
    assert [c.name for c in routed.calls] == ["talk", "take"]
    assert routed.report.findings == ()


def test_an_optional_argument_left_out_is_none():
    assert verdict(call("attack", target="rats")).calls[0].arguments == {"target": "rats", "weapon": None}


def test_a_name_is_taken_for_the_id_it_belongs_to():
    assert verdict(call("attack", target="Rust Rat", weapon=None)).calls[0].arguments["target"] == "rats"


@pytest.mark.parametrize(
    ("proposed", "code"),
    [
        (call("win_game"), "unknown-tool"),
        (call("tell_story"), "unknown-tool"),
        (call("attack", weapon=None), "bad-arguments"),
        (call("attack", target=7, weapon=None), "bad-arguments"),
        (call("attack", target="rats", weapon=None, damage=99), "bad-arguments"),
        (call("try_feature", feature="crane-panel", approach="magic"), "bad-arguments"),
        (call("attack", target="dragon", weapon=None), "not-here"),
        (call("attack", target="rats", weapon="excalibur"), "not-here"),
        (call("take", find="gold"), "not-here"),
        (call("move_to", place="moon"), "not-here"),
        (call("talk", npc="ghost", topic=None), "not-here"),
        (call("talk", npc="old-mags", topic="ninth-tail"), "not-here"),
        (call("buy", item="crown"), "not-here"),
        (call("sell", item="smoked-eel"), "not-here"),
        (call("use_item", item="elixir", target=None), "not-here"),
        (call("use_ability", ability="meteor", target=None), "not-here"),
        (call("unlock", exit="vault", approach=None), "not-here"),
        (call("try_feature", feature="throne", approach="wits"), "not-here"),
        (call("accept_quest", quest="win"), "not-here"),
        (call("give", item="tuna-2", npc="king"), "not-here"),
    ],
)
def test_what_does_not_stand_is_named_and_handed_back(proposed, code):
    routed = verdict(proposed)

    assert routed.route == "repair"
    assert codes(routed) == [code]
    assert code in routed.violation


OPEN = [
    (tool, name)
    for tool in catalogue().tools
    for name, given in tool.input_schema["properties"].items()
    if "string" in given["type"] and "enum" not in given
]
"""Arguments that a model fills with an id or a word of its own."""


@pytest.mark.parametrize(("tool", "name"), OPEN, ids=[f"{tool.name}-{name}" for tool, name in OPEN])
def test_every_open_argument_says_what_it_refers_to(tool, name):
    kinds = gather_presence(scene(), briefing()).by_kind

    known = sorted((*kinds, WORDS))
    assert tool.refers_to.get(name) in known, (
        f'{name} of {tool.name} needs json_schema_extra "refers_to": one of {known}'
    )


@pytest.mark.parametrize(("kind", "here"), gather_presence(scene(), briefing()).by_kind.items())
def test_a_new_tool_with_an_argument_nobody_has_heard_of_can_be_called(kind, here):
    terminal = {"type": "object", "properties": {"terminal": {"type": "string"}}, "required": ["terminal"]}
    hack = ToolSpec("hack_terminal", "Get into a machine.", terminal, {"terminal": kind})

    def route_call(**arguments):
        reply = make_reply(calls=(call("hack_terminal", **arguments),), stop="tools")
        return validate_and_route(to_check(reply), Catalogue((hack,)))

    assert here
    for known, name in here.items():
        assert route_call(terminal=known).route == "execute"
        assert route_call(terminal=name).route == "execute"
    assert codes(route_call(terminal="mainframe")) == ["not-here"]


def test_an_argument_that_refers_to_nothing_is_free():
    assert verdict(call("persuade", npc="old-mags", approach="interpretive dance")).route == "execute"


def test_one_bad_intent_holds_up_the_good_ones():
    routed = verdict(call("take", find="bent-hook"), call("attack", target="dragon", weapon=None))

    assert routed.route == "repair"
    assert routed.calls == ()


def test_a_violation_says_what_would_be_possible():
    assert "old-mags" in verdict(call("talk", npc="ghost", topic=None)).violation


def test_the_same_intent_twice_in_a_reply_is_one():
    routed = verdict(call("attack", "c1", target="rats"), call("attack", "c2", target="rats", weapon=None))

    assert routed.route == "execute"
    assert len(routed.calls) == 1
    assert codes(routed) == ["same-intent-twice"]


def test_a_reply_holds_at_most_five_intents():
    talks = [call("talk", f"c{n}", npc="old-mags", topic=t) for n, t in enumerate(("the-gate", "the-rats", None))]
    others = [call(name, name) for name in ("search", "hide", "rest")]

    routed = verdict(*talks, *others)

    assert len(routed.calls) == MOST_CALLS
    assert codes(routed) == ["too-many-intents"]


def test_enemies_of_the_fight_are_present():
    fighting = scene(encounter=rats(8, 8))

    assert verdict(call("attack", target="rust-rat-2"), scene=fighting).route == "execute"
    assert verdict(call("attack", target="rust-rat-3"), scene=fighting).route == "repair"


def test_intents_that_come_too_late_are_not_executed():
    assert verdict(call("search"), tools_allowed=False).route == "repair"


def test_intents_beside_a_late_story_are_left_out():
    reply = make_reply("The dock is quiet.", calls=(call("search"),))

    routed = validate_and_route(to_check(reply, tools_allowed=False), catalogue())

    assert routed.route == "respond"
    assert codes(routed) == ["too-late"]


def test_a_story_told_ahead_of_the_rules_is_not_used():
    reply = make_reply("You slay the rat.", calls=(call("attack", target="rats"),))

    routed = validate_and_route(to_check(reply), catalogue())

    assert routed.route == "execute"
    assert routed.narrative is None


def test_a_guess_at_something_hidden_is_blacked_out_in_the_report():
    routed = verdict(call("move_to", place="brine-cellar"))

    assert routed.route == "repair"
    assert "brine" not in routed.report.model_dump_json().casefold()
