"""Verdicts after the check: a story is told, intents are played, and what cannot be used is asked for once more."""

from __future__ import annotations

import pytest

from contracts.dm import Finding, GroundingReport
from services.dm.domain.validate import validate_and_route
from services.dm.tests.builders import call, make_reply, to_check
from services.dm.wiring import catalogue

LIE = "There are 500 crates on this dock."
TRUTH = "The rain goes on."
NO_INTENT = make_reply(None, calls=(call("add_credits", amount=5000),))


def verdict(reply, **changes):
    return validate_and_route(to_check(reply, **changes), catalogue())


def codes(routed) -> list[str]:
    return [finding.code for finding in routed.report.findings]


def test_a_lie_in_a_story_is_left_out_and_nobody_is_asked_again():
    routed = verdict(make_reply(f"{TRUTH} {LIE}"))

    assert (routed.route, routed.narrative, routed.violation) == ("respond", TRUTH, None)
    assert (routed.report.repairs, routed.report.resolution) == (0, "clean")
    assert codes(routed) == ["figure"]


def test_a_story_of_lies_alone_is_not_asked_for_again_either():
    assert verdict(make_reply(LIE)).route == "respond"
    assert LIE not in verdict(make_reply(LIE)).narrative


def test_a_first_bad_intent_is_repaired_and_a_second_one_brings_the_understudy():
    first = verdict(NO_INTENT)
    second = verdict(NO_INTENT, repairs=1, report=first.report)

    assert (first.route, second.route) == ("repair", "understudy")
    assert first.violation.startswith("[unknown-tool]")
    assert first.report.repairs == 1
    assert second.report.resolution == "understudy"
    assert len(second.report.findings) == 2


def test_a_story_after_a_repair_says_so_in_the_report():
    first = verdict(NO_INTENT)

    mended = verdict(make_reply(TRUTH), repairs=1, report=first.report)

    assert mended.route == "respond"
    assert mended.report.resolution == "repaired"
    assert codes(mended) == codes(first)


def test_a_clean_story_leaves_a_clean_report():
    report = verdict(make_reply(TRUTH)).report

    assert (report.resolution, report.findings, report.repairs) == ("clean", (), 0)
    assert [(beat.kind, beat.verdict, beat.rule) for beat in report.beats] == [("fact", "kept", None)]
    assert "beats" in report.checked


def test_a_turn_the_understudy_took_over_stays_its_own():
    handed_over = GroundingReport(repairs=1, resolution="understudy")

    assert verdict(make_reply(TRUTH, told_by="understudy"), report=handed_over).report.resolution == "understudy"


def test_the_understudy_is_believed_and_told_word_for_word():
    routed = verdict(make_reply(LIE, told_by="understudy"))

    assert (routed.route, routed.narrative) == ("respond", LIE)


def test_an_understudy_that_names_what_is_hidden_is_not_told_and_gets_no_repair():
    routed = verdict(make_reply("You hear of the Ninth Tail.", told_by="understudy"))

    assert (routed.route, routed.narrative) == ("understudy", None)
    assert "Ninth Tail" not in routed.report.model_dump_json()


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (make_reply(None, stop="malformed", malformed="The arguments of attack are not JSON."), "unreadable"),
        (make_reply("The rain goes", stop="length"), "cut-short"),
        (make_reply(None, calls=(call("search"),), stop="length"), "cut-short"),
        (make_reply(None), "no-story"),
    ],
)
def test_a_reply_that_cannot_be_used_is_asked_for_again(reply, code):
    routed = verdict(reply)

    assert routed.route == "repair"
    assert codes(routed) == [code]


def test_the_report_is_bounded_however_bad_the_turn():
    full = GroundingReport(findings=(Finding(code="x", subject="x", detail="x"),) * 40, checked=("a",) * 40)
    report = verdict(make_reply(f"{LIE} " * 100), report=full).report

    assert len(report.findings) == 40
    assert len(report.beats) <= 120


def test_what_was_told_before_a_reply_stands_and_is_not_judged_again():
    routed = verdict(make_reply(TRUTH, opening=LIE))

    assert (routed.route, routed.narrative) == ("respond", f"{LIE} {TRUTH}")


def test_a_lie_after_an_opening_is_a_lie():
    assert verdict(make_reply(LIE, opening=TRUTH)).narrative == TRUTH


def test_intents_after_the_last_round_are_named_and_the_story_beside_them_is_told():
    routed = verdict(make_reply(TRUTH, calls=(call("search"),)), tools_allowed=False)

    assert (routed.route, routed.narrative) == ("respond", TRUTH)
    assert codes(routed) == ["too-late"]


def test_a_story_beside_an_intent_waits_for_the_rules():
    routed = verdict(make_reply(TRUTH, calls=(call("search"),)))

    assert (routed.route, routed.narrative) == ("execute", None)


def test_after_an_opening_there_is_still_a_story_to_tell():
    assert verdict(make_reply(None, opening=TRUTH)).route == "repair"


def test_a_story_that_begins_with_its_opening_is_told_once():
    assert verdict(make_reply(f"{TRUTH}\n\nBrine drips.", opening=TRUTH)).narrative == f"{TRUTH} Brine drips."
