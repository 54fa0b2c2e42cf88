"""What happens after the check: one repair with the violation named, then the understudy; all of it on record."""

from __future__ import annotations

import pytest

from contracts.dm import Finding, GroundingReport
from services.dm.domain.validate import validate_and_route
from services.dm.tests.builders import call, said, to_check
from services.dm.wiring import catalogue

LIE = "There are 500 crates on this dock."
TRUTH = "The rain goes on."


def verdict(reply, **changes):
    return validate_and_route(to_check(reply, **changes), catalogue())


def test_a_first_lie_is_repaired_and_a_second_one_brings_the_understudy():
    first = verdict(said(LIE))
    second = verdict(said(LIE), repairs=1, report=first.report)

    assert (first.route, second.route) == ("repair", "understudy")
    assert "500" in first.violation
    assert first.report.repairs == 1
    assert second.report.resolution == "understudy"
    assert [finding.code for finding in second.report.findings] == ["unknown-figure"] * 2


def test_a_repaired_story_says_so_in_the_report():
    first = verdict(said(LIE))

    mended = verdict(said(TRUTH), repairs=1, report=first.report)

    assert mended.route == "respond"
    assert mended.report.resolution == "repaired"
    assert [finding.code for finding in mended.report.findings] == ["unknown-figure"]


def test_a_clean_story_leaves_a_clean_report():
    report = verdict(said(TRUTH)).report

    assert (report.resolution, report.findings, report.repairs) == ("clean", (), 0)
    assert "figures" in report.checked


def test_a_turn_the_understudy_took_over_stays_its_own():
    handed_over = GroundingReport(repairs=1, resolution="understudy")

    assert verdict(said(TRUTH, told_by="understudy"), report=handed_over).report.resolution == "understudy"


def test_an_understudy_that_is_not_clean_gets_no_repair():
    assert verdict(said(LIE, told_by="understudy")).route == "understudy"


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (said(None, stop="malformed", malformed="The arguments of attack are not JSON."), "unreadable"),
        (said("The rain goes", stop="length"), "cut-short"),
        (said(None, calls=(call("search"),), stop="length"), "cut-short"),
        (said(None), "no-story"),
    ],
)
def test_a_reply_that_cannot_be_used_is_asked_for_again(reply, code):
    routed = verdict(reply)

    assert routed.route == "repair"
    assert [finding.code for finding in routed.report.findings] == [code]


def test_the_report_is_bounded_however_bad_the_turn():
    full = GroundingReport(findings=(Finding(code="x", subject="x", detail="x"),) * 40, checked=("a",) * 40)

    assert len(verdict(said(LIE), report=full).report.findings) == 40


def test_what_was_told_before_a_reply_stands_and_is_not_judged_again():
    routed = verdict(said(TRUTH, opening=LIE))

    assert (routed.route, routed.narrative) == ("respond", f"{LIE} {TRUTH}")


def test_a_lie_after_an_opening_is_a_lie():
    assert verdict(said(LIE, opening=TRUTH)).route == "repair"


def test_a_story_that_begins_with_its_opening_is_told_once():
    assert verdict(said(f"{TRUTH}\n\nNothing moves.", opening=TRUTH)).narrative == f"{TRUTH} Nothing moves."


def test_after_an_opening_there_is_still_a_story_to_tell():
    assert verdict(said(None, opening=TRUTH)).route == "repair"
