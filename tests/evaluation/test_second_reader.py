"""A second reader in turns played through the workflow's definition, and what one is measured to buy."""

from __future__ import annotations

from pathlib import Path

import pytest

from contracts.dm import (
    Beat,
    DungeonMasterReplied,
    InvokeDungeonMaster,
    JudgeMode,
    JudgeNarrative,
    NarrativeJudged,
    SentenceVerdict,
    Usage,
)
from contracts.errors import ModelUnavailable
from ninelives.evaluation.local_turn import Judge, LocalTurnResult, SecondOpinion, no_verdicts, play_turn
from ninelives.evaluation.second_reader import (
    HARD_LIES,
    KEPT,
    LIES,
    SENTENCES,
    ask_configured,
    measure_judges,
    measure_record,
    show_table,
)
from ninelives.evaluation.situations import situation
from ninelives.evaluation.stories.corpus import LabelledStory
from tests.support.converse_server import Behaviour, ConverseServer, calls, throttle, tool_use

PAGE = Path(__file__).parents[2] / "docs" / "second-reader.md"
PLAIN = "The bulb swings."
ZEPPELIN = "A zeppelin hums a waltz under the rafters."
STORIES = tuple(
    LabelledStory(
        voice="blunt",
        category="" if lie is None else "person",
        id=f"X-{number}",
        situation="shelf",
        action="look around",
        label="honest" if lie is None else "dishonest",
        lie=lie,
        beats=tuple(Beat(kind="colour", text=text) for text in (PLAIN, ZEPPELIN)),
    )
    for number, lie in enumerate((None, 1))
)


def gives(*verdicts: dict[str, object]) -> Behaviour:
    return calls(tool_use("give_verdicts", {"verdicts": list(verdicts)}))


def tells(request: InvokeDungeonMaster) -> DungeonMasterReplied:
    beats = tuple(Beat(kind="colour", text=text) for text in (PLAIN, ZEPPELIN))
    used = Usage(model="a-model", calls=1, micro_dollars=7)
    return DungeonMasterReplied(
        envelope=request.envelope, told_by="model", beats=beats, narrative=f"{PLAIN} {ZEPPELIN}", usage=used
    )


def judges(request: JudgeNarrative) -> NarrativeJudged:
    said = tuple(
        SentenceVerdict(number=each.number, verdict="colour", agency=False, secret=False) for each in request.unread
    )
    used = Usage(model="a-reader", calls=1, micro_dollars=2)
    return NarrativeJudged(envelope=request.envelope, verdicts=said, usage=used)


def fails(request: JudgeNarrative) -> NarrativeJudged:
    raise ModelUnavailable("away")


def tell(mode: JudgeMode, judge: Judge = judges) -> LocalTurnResult:
    return play_turn(situation("shelf").start, "look around", tells, opinion=SecondOpinion(mode, judge))


def test_off_nobody_is_asked():
    turn = tell("off", fails)

    assert (turn.telling.narrative, turn.telling.report.judged, turn.telling.usage.calls) == (PLAIN, None, 1)


def test_in_shadow_it_is_asked_and_paid_and_the_story_is_the_same():
    turn = tell("shadow")

    assert turn.telling.narrative == PLAIN
    assert turn.telling.report.judged.model_dump() == {"mode": "shadow", "asked": 1, "judged": 1, "kept": 1}
    assert (turn.telling.usage.calls, turn.telling.usage.micro_dollars) == (2, 9)


def test_where_it_counts_the_models_own_words_are_kept():
    turn = tell("gate")

    assert turn.telling.narrative == f"{PLAIN} {ZEPPELIN}"
    assert turn.telling.usage.model == "a-model"
    assert [each.routed.narrative for each in turn.replies] == [f"{PLAIN} {ZEPPELIN}"]


@pytest.mark.parametrize("judge", [fails, no_verdicts])
def test_one_that_fails_or_says_nothing_leaves_the_turn_as_the_rules_told_it(judge: Judge):
    turn = tell("gate", judge)

    assert turn.telling.narrative == PLAIN
    assert turn.telling.told_by == "model"
    assert turn.telling.report.judged.model_dump() == {"mode": "gate", "asked": 1, "judged": 0, "kept": 0}
    assert turn.telling.report.findings == tell("off").telling.report.findings


def test_a_perfect_one_tells_no_lie_and_one_that_calls_everything_colour_tells_it():
    measured = measure_judges(STORIES)

    assert {judge: (rates[LIES].hits, rates[SENTENCES].hits) for judge, rates in measured.items()} == {
        "nobody": (0, 1),
        "an oracle": (0, 2),
        "says new to everything": (0, 1),
        "says colour to everything": (1, 2),
        "says entailed to everything": (1, 2),
    }


def test_in_shadow_no_judge_changes_a_rate():
    measured = measure_judges(STORIES, "shadow")

    assert all(rates == measured["nobody"] for rates in measured.values())


@pytest.mark.parametrize(
    ("behaviour", "kept"),
    [
        (gives({"number": 2, "verdict": "colour", "agency": False, "secret": False, "facts": []}), 2),
        (gives({"number": 2}), 1),
        (throttle(), 1),
    ],
)
def test_the_configured_model_is_asked_as_the_service_asks_it(
    monkeypatch: pytest.MonkeyPatch, behaviour: Behaviour, kept: int
):
    with ConverseServer(default=behaviour) as server:
        for name, value in {
            "DM_PROVIDER": "bedrock",
            "DM_JUDGE": "gate",
            "DM_JUDGE_MODEL": "amazon.nova-micro-v1:0",
            "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": server.url,
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
        }.items():
            monkeypatch.setenv(name, value)

        measured = measure_judges(STORIES[:1], judges={"the model": ask_configured})

    assert measured["the model"][SENTENCES].hits == kept
    assert len(server.requests) == 1


def test_the_table_has_a_column_for_each_judge():
    assert show_table(measure_judges(STORIES)).startswith("| | nobody | an oracle |")


def test_with_the_answers_of_a_large_model_no_more_lies_are_told_and_the_aims_are_met():
    measured = measure_record()
    nobody, large = measured["nobody"], measured["a large model"]

    assert show_table(measured) in PAGE.read_text(encoding="utf-8")
    assert (large[LIES].hits, large[HARD_LIES].hits) == (nobody[LIES].hits, nobody[HARD_LIES].hits)
    assert large[KEPT.format("fact")].value >= 0.8
    assert large[KEPT.format("colour")].value >= 0.6
