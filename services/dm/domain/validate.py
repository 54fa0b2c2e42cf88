"""Validation: checks a reply and decides what happens next: execute, respond, repair, or hand to the understudy."""

from __future__ import annotations

from contracts.dm import (
    DungeonMasterReplied,
    Finding,
    GroundingReport,
    InvokeDungeonMaster,
    ReplyRouted,
    ValidateAndRoute,
)
from contracts.steps import MOST_REPAIRS
from services.dm.domain.catalogue import Catalogue
from services.dm.domain.claims import detect_claims
from services.dm.domain.english.tokens import words
from services.dm.domain.findings import make_finding
from services.dm.domain.grounding.evidence import Evidence, gather_evidence
from services.dm.domain.grounding.names_and_figures import find_leaked, find_unknown_names, says_name
from services.dm.domain.intents import check as check_intents
from services.dm.domain.narration.assemble import StoryTold, assemble
from services.dm.domain.narration.opening import LONGEST as LONGEST_STORY
from services.dm.domain.narration.opening import join_understudy
from services.dm.domain.presence import gather_presence
from services.dm.domain.readiness import find_unready
from services.dm.domain.safety.declining import HELPED
from services.dm.domain.safety.levels import level_of
from services.dm.domain.safety.rules import find_concern
from services.dm.domain.suggestions import LONGEST, MOST, suggest

_ASKED_WITH = (
    *("action", "scene", "briefing", "names", "guarded", "passages", "memories", "common"),
    *("rounds", "tools_allowed", "repairs"),
)
"""Fields that a game master was asked with, and that its reply is checked against."""

STORY_CHECKS = ("story-length", "hidden-names", "machinery", "content", "beats")
"""As they are called in reports."""
MOST_VERDICTS = 120

_INTENT_CHECKS = ("intent-schema", "intent-presence", "same-intent-twice", "intent-readiness")


def check_reply(request: InvokeDungeonMaster, reply: DungeonMasterReplied, catalogue: Catalogue) -> ReplyRouted:
    """The verdict on a reply to this request, which says what it is checked against."""
    seen = {name: getattr(request, name) for name in _ASKED_WITH}
    report = request.report or GroundingReport()
    return validate_and_route(
        ValidateAndRoute(envelope=request.envelope, reply=reply, report=report, **seen), catalogue
    )


def validate_and_route(request: ValidateAndRoute, catalogue: Catalogue) -> ReplyRouted:
    """The verdict on one reply. Nothing in it is believed: what stands is passed on, the rest is named."""
    unreadable = _unreadable(request.reply)
    if unreadable:
        return _hand_back(request, ("readable",), (unreadable,))
    if request.reply.calls and request.tools_allowed:
        return _intents(request, catalogue)
    return _story(request)


def _unreadable(reply: DungeonMasterReplied) -> Finding | None:
    if reply.stop == "malformed":
        return make_finding("unreadable", "reply", reply.malformed or "The reply could not be read.")
    if reply.stop == "length":
        return make_finding("cut-short", "reply", "The reply was cut off before its end. Say less.")
    return None


def _intents(request: ValidateAndRoute, catalogue: Catalogue) -> ReplyRouted:
    checked = check_intents(request.reply.calls, catalogue, gather_presence(request.scene, request.briefing))
    if checked.faults:
        return _hand_back(request, _INTENT_CHECKS, (*checked.faults, *checked.dropped))
    unfit = find_unready(checked.calls, request.scene, request.briefing) if request.reply.told_by == "model" else ()
    noted = (*checked.dropped, *unfit)
    report = _report(request, _INTENT_CHECKS, noted, done=True)
    return ReplyRouted(envelope=request.envelope, route="execute", calls=checked.calls, report=report)


def _story(request: ValidateAndRoute) -> ReplyRouted:
    """Tells what stands of a reply's story and what is so in place of the rest. The understudy's own is told from the
    facts to begin with."""
    early = _too_late(request)
    if not (words(request.reply.narrative or "") or request.reply.beats):
        return _hand_back(request, ("story-length",), early or (_no_story(),))
    if request.reply.told_by == "understudy":
        return _understudy(request)
    known = gather_evidence(request)
    story = assemble(request, known)
    if story.is_understudys:
        return _to_understudy(_report(request, STORY_CHECKS, (*early, *_find_fallen(story)), done=False), request)
    suggested, dropped = _suggestions(request, known, own=not story.leaves_game)
    found = (*early, *_find_fallen(story), *dropped)
    report = _report(request, (*STORY_CHECKS, "suggestions"), found, done=True)
    return ReplyRouted(
        envelope=request.envelope,
        route="respond",
        narrative=story.text,
        suggested_actions=suggested,
        report=report.model_copy(
            update={"beats": story.verdicts[:MOST_VERDICTS], "judged": story.judged, "opening": _ahead(request)}
        ),
        unread=story.asked if request.judged is None else (),
    )


def _understudy(request: ValidateAndRoute) -> ReplyRouted:
    known = gather_evidence(request)
    narrative = join_understudy(request.reply)
    found = (
        *(_name_hidden() for _ in find_leaked(request.reply.narrative or "", known)[:1]),
        *_too_much(request.reply),
    )
    if found:
        return _hand_back(request, STORY_CHECKS, found)
    suggested, dropped = _suggestions(request, known)
    report = _report(request, (*STORY_CHECKS, "suggestions"), dropped, done=True)
    return ReplyRouted(
        envelope=request.envelope,
        route="respond",
        narrative=narrative,
        suggested_actions=suggested,
        report=report.model_copy(update={"opening": _ahead(request)}),
    )


def _ahead(request: ValidateAndRoute) -> int | None:
    """Characters of the story that were told before this reply; None when there were none."""
    return len(request.reply.opening or "") or None


def _find_fallen(story: StoryTold) -> tuple[Finding, ...]:
    """A finding for each beat that was not told as it came."""
    return tuple(
        make_finding(verdict.rule, verdict.kind, f"A {verdict.kind} beat was {verdict.verdict}.")
        for verdict in story.verdicts
        if verdict.rule
    )


def _name_hidden() -> Finding:
    return make_finding("hidden-name", "narrative", "The story named something the character does not know yet.")


def _too_much(reply: DungeonMasterReplied) -> tuple[Finding, ...]:
    if len(join_understudy(reply)) <= LONGEST_STORY:
        return ()
    return (make_finding("too-long", "narrative", f"The story is longer than {LONGEST_STORY} characters."),)


def _too_late(request: ValidateAndRoute) -> tuple[Finding, ...]:
    late = "No more intents this turn: the story is to be told now."
    return tuple(make_finding("too-late", call.name, late) for call in request.reply.calls[:1])


def _no_story() -> Finding:
    return make_finding("no-story", "reply", "The reply holds neither intents nor a story.")


def _suggestions(
    request: ValidateAndRoute, known: Evidence, *, own: bool = True
) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """The reply's suggestions, unless its `own` do not count, as far as they stand, filled up with legal ones; none
    below words of help."""
    if request.reply.declined == HELPED:
        return (), ()
    kept: list[str] = []
    dropped: list[Finding] = []
    for suggestion in dict.fromkeys(" ".join(action.split()) for action in request.reply.suggested_actions):
        hidden = find_leaked(suggestion, known)
        unfit = find_concern(suggestion, level_of(request.scene), "told")
        if (
            not own
            or hidden
            or unfit
            or find_unknown_names(f"you: {suggestion}", known)
            or not 0 < len(suggestion) <= LONGEST
        ):
            dropped.append(
                make_finding("bad-suggestion", "suggestion", "It names what is not here, or is no short action.")
            )
        else:
            kept.append(suggestion)
    legal = suggest(request.scene, request.briefing, len(kept))
    return tuple(dict.fromkeys((*kept, *legal)))[:MOST], tuple(dropped)


def _hand_back(request: ValidateAndRoute, checked: tuple[str, ...], found: tuple[Finding, ...]) -> ReplyRouted:
    """Ask once for a better reply, naming what was wrong; then the understudy takes over."""
    report = _report(request, checked, found, done=False)
    if request.reply.told_by == "understudy" or request.repairs >= MOST_REPAIRS:
        return _to_understudy(report, request)
    return ReplyRouted(
        envelope=request.envelope,
        route="repair",
        violation=" ".join(f"[{fault.code}] {fault.detail}" for fault in found)[:2000],
        report=report.model_copy(update={"repairs": report.repairs + 1}),
    )


def _to_understudy(report: GroundingReport, request: ValidateAndRoute) -> ReplyRouted:
    handed_over = report.model_copy(update={"resolution": "understudy"})
    return ReplyRouted(envelope=request.envelope, route="understudy", report=handed_over)


def _report(
    request: ValidateAndRoute, checked: tuple[str, ...], found: tuple[Finding, ...], *, done: bool
) -> GroundingReport:
    """The turn's report with this reply added."""
    earlier = request.report
    resolution = earlier.resolution
    if done and request.repairs and resolution == "clean":
        resolution = "repaired"
    return GroundingReport(
        checked=tuple(dict.fromkeys((*earlier.checked, *checked, *_claims(request))))[:40],
        findings=(*earlier.findings, *(_discreet(each, request) for each in found))[:40],
        repairs=earlier.repairs,
        resolution=resolution,
    )


def _claims(request: ValidateAndRoute) -> tuple[str, ...]:
    """Claims in the player's words, besides playing: looked for on every turn, and named when they are there."""
    declined = (f"declined:{request.reply.declined}",) if request.reply.declined else ()
    return ("claims", *declined, *(f"claims:{code}" for code in detect_claims(request.action)))


def _discreet(found: Finding, request: ValidateAndRoute) -> Finding:
    """The report is shown to the player: what the character does not know yet is blacked out in it."""
    if not any(says_name(f"{found.subject} | {found.detail}", name) for name in request.guarded):
        return found
    return found.model_copy(update={"subject": "(hidden)", "detail": "It names something not known yet."})
