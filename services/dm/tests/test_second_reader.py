"""A second reader keeps prose that the rules cannot read, and nothing else: it never makes anything so."""

from __future__ import annotations

import json
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.dm import Beat, DungeonMasterReplied, JudgeMode, ReplyRouted, SentenceVerdict, ValidateAndRoute
from contracts.effects import Damaged
from services.dm.domain.narration.narrator import Narrator
from services.dm.domain.narration.speech import Piece
from services.dm.domain.replies import ToolUse, assemble_reply
from services.dm.domain.story.second_reader import SecondReader
from services.dm.domain.validate import validate_and_route
from services.dm.tests.builders import make_reply, make_request, make_round, outcome, to_check
from services.dm.wiring import catalogue

HIT = "You hit Rust Rat for 12 slash damage."
FIGHT = (
    make_round(
        outcome(
            "attack",
            (HIT,),
            effects=(Damaged(target="rust-rat-1", amount=12, damage_type="slash", source="character"),),
        )
    ),
)
RAIN = "Rain drums on the roof."
ZEPPELIN = "A zeppelin hums a waltz over the dock."
SIGNED = "Your blow writes its signature on the Rust Rat."
SPOKEN = "“Zeppelins hum,” says Old Mags."
REFUSED = (
    "The Ninth Tail hums a waltz.",
    "As a language model I hum a waltz.",
    "A zeppelin drops 500 credits.",
    "You hit the Rust Rat for 13 damage.",
    "Harbour Union zeppelins hum a waltz.",
    "“Zeppelins cost 500 credits,” says Old Mags.",
    "{f9.amount} zeppelins hum.",
)
Verdict = Literal["entailed", "contradicted", "new", "colour"]


def says(verdict: Verdict, number: int = 1, *, agency: bool = False, secret: bool = False, facts: tuple[str, ...] = ()):
    return SentenceVerdict(number=number, verdict=verdict, agency=agency, secret=secret, facts=facts)


def all_of(verdict: Verdict, **more: Any) -> tuple[SentenceVerdict, ...]:
    """The same of every sentence there may be."""
    return tuple(says(verdict, number, **more) for number in range(1, 41))


def colour(*texts: str) -> tuple[Beat, ...]:
    return tuple(Beat(kind="colour", text=text) for text in texts)


def request(beats: tuple[Beat, ...], mode: JudgeMode, **changes: Any) -> ValidateAndRoute:
    told = " ".join(beat.text for beat in beats)[:4000]
    return to_check(make_reply(told, beats=beats, judge=mode), **changes)


def route(beats: tuple[Beat, ...], mode: JudgeMode = "gate", **changes: Any) -> ReplyRouted:
    return validate_and_route(request(beats, mode, **changes), catalogue())


def texts(answer: ReplyRouted) -> list[str]:
    return [each.text for each in answer.unread]


def test_where_nobody_reads_again_nothing_is_handed_on_and_the_report_is_as_ever():
    answer = route(colour(RAIN, ZEPPELIN), "off")

    assert (answer.unread, answer.report.judged) == ((), None)
    assert answer.narrative == RAIN


@pytest.mark.parametrize("mode", ["shadow", "gate"])
def test_what_the_rules_can_neither_confirm_nor_refute_is_handed_on_with_its_number(mode: JudgeMode):
    answer = route(colour(RAIN, f"{RAIN} {ZEPPELIN}", SPOKEN), mode)

    assert [(each.number, each.text) for each in answer.unread] == [(3, ZEPPELIN), (4, SPOKEN)]
    assert answer.report.judged.model_dump() == {"mode": mode, "asked": 2, "judged": 0, "kept": 0}
    assert answer.narrative == f"{RAIN} {RAIN}"


@pytest.mark.parametrize("refused", REFUSED)
def test_what_the_rules_refuse_is_not_asked_about_and_not_told_whatever_is_said_of_it(refused: str):
    beats = colour(RAIN, refused)

    assert texts(route(beats)) == []
    for verdict in ("entailed", "colour"):
        assert route(beats, judged=all_of(verdict)).narrative == RAIN


@pytest.mark.parametrize("verdict", ["entailed", "colour"])
@pytest.mark.parametrize("sentence", [ZEPPELIN, SPOKEN])
def test_a_sentence_that_is_judged_well_is_told_as_the_model_wrote_it(verdict: Verdict, sentence: str):
    answer = route(colour(RAIN, sentence), judged=(says(verdict, 2),))

    assert answer.narrative == f"{RAIN} {sentence}"
    assert answer.unread == ()
    assert answer.report.judged.model_dump() == {"mode": "gate", "asked": 1, "judged": 1, "kept": 1}
    assert [verdict.verdict for verdict in answer.report.beats] == ["kept", "kept"]
    assert answer.report.findings == ()


@pytest.mark.parametrize(
    "verdicts",
    [
        (),
        (says("new", 2),),
        (says("contradicted", 2),),
        (says("colour", 2, agency=True),),
        (says("entailed", 2, secret=True),),
        (says("colour", 1), says("colour", 3)),
    ],
)
def test_what_is_judged_badly_or_not_at_all_stays_untold(verdicts: tuple[SentenceVerdict, ...]):
    answer = route(colour(RAIN, ZEPPELIN, RAIN), judged=verdicts)

    assert answer.narrative == f"{RAIN} {RAIN}"
    assert answer.unread == ()
    assert answer.report.judged.kept == 0


@pytest.mark.parametrize("verdicts", [all_of("colour"), all_of("entailed", facts=("f1",)), all_of("new"), ()])
def test_in_shadow_verdicts_change_the_report_and_no_word_of_the_story(verdicts: tuple[SentenceVerdict, ...]):
    beats = (*colour(RAIN, ZEPPELIN), Beat(kind="fact", text=SIGNED, facts=("f1",)))

    answer = route(beats, "shadow", judged=verdicts, rounds=FIGHT)

    plain = route(beats, "off", rounds=FIGHT)
    assert answer.narrative == plain.narrative
    assert answer.report.model_copy(update={"judged": None}) == plain.report
    assert answer.report.judged.kept == sum(verdict.verdict != "new" for verdict in verdicts[:2])


def test_a_fact_counts_as_told_when_the_beat_cites_it_and_the_sentence_is_judged_to_tell_it():
    told = route(
        (Beat(kind="fact", text=SIGNED, facts=("f1",)),), rounds=FIGHT, judged=(says("entailed", facts=("f1",)),)
    )

    assert told.narrative == SIGNED
    assert told.report.beats[0].facts == ("f1",)


@pytest.mark.parametrize(
    ("cited", "verdict"),
    [
        ((), says("entailed", facts=("f1",))),
        (("f1",), says("entailed")),
        (("f1",), says("colour", facts=("f1",))),
        (("f1",), says("entailed", facts=("f2",))),
    ],
)
def test_otherwise_it_is_told_as_well(cited: tuple[str, ...], verdict: SentenceVerdict):
    told = route((Beat(kind="fact", text=SIGNED, facts=cited),), rounds=FIGHT, judged=(verdict,))

    assert told.narrative == f"{SIGNED} {HIT}"


def test_what_leans_on_a_sentence_is_told_with_it_or_not_at_all():
    beats = colour(f"{ZEPPELIN} It hums on.")

    assert len(texts(route(beats))) == 2
    assert route(beats, judged=all_of("colour")).narrative == f"{ZEPPELIN} It hums on."
    assert ZEPPELIN not in route(beats, judged=(says("new", 1), says("colour", 2))).narrative
    assert "It hums on." not in route(beats, judged=(says("new", 1), says("colour", 2))).narrative


def test_what_leans_on_a_sentence_that_the_rules_refused_falls_with_it():
    assert texts(route(colour(f"{REFUSED[0]} It hums on."))) == []


def test_a_sentence_that_may_go_on_from_one_that_only_the_second_reader_keeps_needs_its_word_too():
    def list_told(**verdicts: SentenceVerdict) -> list[bool]:
        reader = SecondReader("gate", verdicts.values())
        first = reader.hear("A zeppelin hums.", "unverified-word", unread=True)
        return [first.told, reader.hear("Now it falls.", "", unread=False).told]

    assert list_told() == [False, True], "as the rules read it, about what they know"
    assert list_told(a=says("colour", 1)) == [True, False]
    assert list_told(a=says("colour", 1), b=says("new", 2)) == [True, False]
    assert list_told(a=says("colour", 1), b=says("entailed", 2)) == [True, True]
    assert list_told(a=says("new", 1), b=says("new", 2)) == [False, True]


def test_a_turn_of_which_nothing_else_stands_is_judged_too():
    beats = colour(ZEPPELIN)

    assert texts(route(beats)) == [ZEPPELIN]
    assert route(beats, judged=all_of("colour")).narrative == ZEPPELIN


SENTENCES = (RAIN, ZEPPELIN, "It hums on.", SIGNED, HIT, SPOKEN, "The gulls argue.", *REFUSED)
BEATS = st.lists(
    st.builds(
        Beat,
        kind=st.sampled_from(("fact", "colour", "speech")),
        text=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map(" ".join),
        facts=st.sampled_from(((), ("f1",), ("f1", "f9"))),
        who=st.sampled_from((None, "old-mags")),
    ),
    min_size=1,
    max_size=5,
).map(tuple)
SAID = (None, *(says(verdict) for verdict in ("entailed", "colour", "new")), says("colour", agency=True))
VERDICTS = st.lists(st.sampled_from((*SAID, says("entailed", facts=("f1",)))), min_size=15, max_size=15).map(
    lambda said: tuple(each.model_copy(update={"number": n}) for n, each in enumerate(said, start=1) if each)
)


def told_ahead(beats: tuple[Beat, ...], mode: JudgeMode) -> tuple[str, DungeonMasterReplied]:
    """The story told of a reply while it comes, and the reply."""
    place = request(beats, mode)
    known = {"names": place.names, "guarded": place.guarded, "rounds": FIGHT}
    turn = make_request("I look around", provider="model", **known)
    story = {"beats": [beat.model_dump() for beat in beats], "suggested_actions": ["Wait"]}
    written = json.dumps(story)
    narrator = Narrator(turn, None, mode)
    for at in range(0, len(written), 40):
        narrator.hear(Piece(0, "tell_story", written[at : at + 40]))
    reply = assemble_reply(turn, (), (ToolUse("tell_story", story),), cut=False, usage=make_reply().usage)
    return narrator.told or "", reply.model_copy(update={"judge": mode})


def test_where_it_counts_nothing_is_told_ahead_from_the_first_beat_that_is_left_to_it():
    beats = colour(RAIN, f"{RAIN} {ZEPPELIN}", "The gulls argue.", RAIN)
    whole = f"{RAIN} {RAIN} The gulls argue. {RAIN}"

    assert [told_ahead(beats, mode)[0] for mode in ("off", "shadow", "gate")] == [whole, whole, RAIN]


@given(BEATS, VERDICTS, st.sampled_from(("off", "shadow", "gate")))
def test_the_story_begins_with_what_was_told_ahead_whatever_the_verdicts(
    beats: tuple[Beat, ...], verdicts: tuple[SentenceVerdict, ...], mode: JudgeMode
):
    told, reply = told_ahead(beats, mode)
    check = to_check(reply, rounds=FIGHT)

    first = validate_and_route(check, catalogue())
    again = validate_and_route(check.model_copy(update={"judged": verdicts}), catalogue())

    for answer in (first, again):
        if answer.route == "respond":
            assert (answer.narrative or "").startswith(told)
    if first.route == "respond":
        assert again.route == "respond"
    assert again.unread == ()
    asked_first, asked_again = first.report.judged, again.report.judged
    assert (asked_first and asked_first.asked) == (asked_again and asked_again.asked)


@given(BEATS, VERDICTS)
def test_verdicts_add_sentences_that_were_asked_about_and_nothing_else(
    beats: tuple[Beat, ...], verdicts: tuple[SentenceVerdict, ...]
):
    first = route(beats, rounds=FIGHT)
    again = route(beats, rounds=FIGHT, judged=verdicts)
    if first.route != "respond":
        return
    kept = {verdict.number for verdict in verdicts if verdict.verdict in ("entailed", "colour")}
    for refused in REFUSED:
        assert refused not in (again.narrative or "")
    for unread in first.unread:
        if unread.number not in kept and texts(first).count(unread.text) == 1:
            assert unread.text not in (again.narrative or "") or unread.text in (first.narrative or "")
