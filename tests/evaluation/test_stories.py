"""The measure of labelled stories is read off the told text, their frozen part stays unseen, and it gets no worse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from contracts.dm import Beat, BeatVerdict, GroundingReport, ReplyRouted, ValidateAndRoute
from ninelives.cli.app import app
from ninelives.evaluation.situations import SITUATIONS
from ninelives.evaluation.statistics import Rate
from ninelives.evaluation.stories import publishing, telling
from ninelives.evaluation.stories.corpus import (
    HARD,
    KNOWING,
    VOICES,
    LabelledStory,
    knowing_stories,
    split_of,
    stories,
    texts,
)
from ninelives.evaluation.stories.measuring import ALARMS, HARD_LIES, LIES, MISSING, Measured, measure
from ninelives.evaluation.stories.publishing import PublishedRates, drops, read_published, renew
from ninelives.evaluation.stories.showing import lines
from ninelives.evaluation.stories.telling import ToldStory, tell_beats, tell_prose
from tests.support.size import SOAKING, pick_size

pytestmark = pytest.mark.slow

TRUE = Beat(kind="fact", text="The {npc:ferrule} stamps a form. He looks up.")
LIE = Beat(kind="fact", text="Ferrule hands you a crown. He bows.")


@cache
def measure_all() -> Measured:
    """All that rules were not written from; of the rest a third, or soaking, all."""
    told = (*stories(), *knowing_stories())
    chosen = [each for n, each in enumerate(told) if each.split == "test" or SOAKING or not n % 3]
    return measure(chosen, (each for n, each in enumerate(texts()) if each.split == "test" or SOAKING or not n % 3))


def worse(rates: PublishedRates) -> tuple[str, ...]:
    return drops(measure_all(), rates, pick_size(("test",), soaking=("test", "dev")))


def story(*beats: Beat, lie: int | None = None, situation: str = "shelf", id: str = "x") -> LabelledStory:
    return LabelledStory(
        id=id,
        voice="blunt",
        situation=situation,
        action="look around",
        label="honest" if lie is None else "dishonest",
        category="" if lie is None else "item",
        lie=lie,
        beats=beats,
    )


@pytest.fixture
def told_as(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Make the check tell this text, whatever it is given."""

    def tell(text: str | None, *verdicts: BeatVerdict) -> None:
        def check(request: ValidateAndRoute, _: object) -> ReplyRouted:
            route = "understudy" if text is None else "respond"
            report = GroundingReport(beats=verdicts)
            return ReplyRouted(envelope=request.envelope, route=route, narrative=text, report=report)

        monkeypatch.setattr(telling, "validate_and_route", check)

    return tell


def list_stood(told: ToldStory) -> list[str]:
    return [part.stood for part in told.parts]


def test_each_of_four_voices_told_75_honest_stories_and_75_with_one_lie() -> None:
    assert Counter((each.voice, each.label) for each in stories()) == Counter(
        {(voice, label): 75 for voice in VOICES for label in ("honest", "dishonest")}
    )
    for each in stories():
        assert (each.lie is None) == (each.label == "honest") == (not each.category)
        assert each.lie is None or each.lie in range(len(each.beats))


def test_the_voice_that_knows_the_verifier_is_counted_apart() -> None:
    told = measure([next(each for each in knowing_stories() if each.voice == voice) for voice in KNOWING])
    counted = [told.rates(split, "beats", voice) for voice in KNOWING for split in ("test", "dev")]

    assert sum(map(bool, counted)) == len(KNOWING)
    assert not told.rates("test", "beats") and not told.rates("dev", "beats")


def test_ids_are_unique_and_situations_known() -> None:
    entries = [*stories(), *knowing_stories(), *texts()]

    assert len({each.id for each in entries}) == len(entries)
    assert {each.situation for each in entries} <= set(SITUATIONS)


def test_every_voice_lies_five_times_in_every_category() -> None:
    lies = Counter((each.voice, each.category) for each in stories() if each.category)

    assert set(lies.values()) == {5}
    assert {category for _, category in lies} >= HARD


def test_the_hash_of_an_id_says_in_which_part_it_is() -> None:
    assert [split_of(f"A-00{n}") for n in range(1, 6)] == ["dev", "test", "dev", "dev", "dev"]
    assert Counter(each.split for each in stories()) == {"dev": 366, "test": 234}


def test_a_beat_is_told_when_all_its_sentences_stand_with_their_slots_filled(told_as) -> None:
    told_as("The Ferrule stamps a form. He looks up. Ferrule hands you a crown.")

    assert list_stood(tell_beats(story(TRUE, LIE, lie=1))) == ["whole", "in part"]


def test_a_beat_whose_slot_cannot_be_filled_is_not_told(told_as) -> None:
    told_as("Anything.")

    assert list_stood(tell_beats(story(Beat(kind="fact", text="You deal {f9.amount}.")))) == ["not at all"]


def test_prose_is_the_same_story_without_cites(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[ValidateAndRoute] = []
    monkeypatch.setattr(telling, "validate_and_route", lambda request, _: seen.append(request) or _echo(request))

    assert list_stood(tell_prose(story(TRUE, LIE, lie=1))) == ["whole", "whole"]
    assert seen[0].reply.beats == ()
    assert seen[0].reply.narrative == "The Ferrule stamps a form. He looks up. Ferrule hands you a crown. He bows."


def test_lies_are_counted_whole_and_in_part_apart(told_as) -> None:
    told_as("Ferrule hands you a crown. He bows.")
    whole = measure([story(TRUE, LIE, lie=1)])
    told_as("He bows.")
    part = measure([story(TRUE, LIE, lie=1)])

    split = split_of("x")
    assert whole.rates(split, "beats")[LIES] == whole.rates(split, "beats")[HARD_LIES] == Rate(1, 1)
    assert part.rates(split, "beats")[LIES] == Rate(0, 1)
    assert part.rates(split, "beats", "item")[f"{LIES} in part"] == Rate(1, 1)


def test_an_honest_turn_that_is_handed_over_is_an_alarm_and_keeps_nothing(told_as) -> None:
    told_as(None)
    rates = measure([story(TRUE)]).rates(split_of("x"), "beats")

    assert rates[ALARMS] == Rate(1, 1)
    assert rates["honest fact kept, at least in part"] == Rate(0, 1)


def test_a_fact_is_missing_when_neither_a_kept_beat_nor_its_rendering_tells_it(told_as) -> None:
    told_as("The rain goes on.")
    missing = tell_beats(story(TRUE, situation="bought")).missing

    told_as("The rain goes on.", BeatVerdict(kind="fact", verdict="kept", facts=missing))
    retold = tell_beats(story(TRUE, situation="bought")).missing
    told_as("The rain goes on.", BeatVerdict(kind="fact", verdict="added", facts=missing))
    claimed = tell_beats(story(TRUE, situation="bought")).missing

    assert missing
    assert retold == ()
    assert claimed == missing


def test_no_fact_that_matters_is_missing_from_any_story() -> None:
    for split in ("test", "dev"):
        for form in ("beats", "prose", "texts"):
            assert measure_all().rates(split, form)[MISSING].hits == 0


def test_no_more_lies_are_told_than_published_and_no_less_is_kept() -> None:
    assert worse(read_published()) == ()


@pytest.mark.parametrize(("name", "step"), [(LIES, -1), (ALARMS, -1), ("honest fact kept", 1)])
def test_a_drop_of_one_is_a_drop(name: str, step: int) -> None:
    rates = read_published()
    hits, count = rates.splits["test"]["beats"]["all"][name]
    rates.splits["test"]["beats"]["all"][name] = (hits + step, count)

    assert any(name in each for each in worse(rates))


def test_another_corpus_is_a_drop() -> None:
    assert drops(measure(stories()[:5]), read_published()) != ()


def test_only_dev_is_told_in_words() -> None:
    shown = "\n".join(lines(measure_all()))

    assert all(told.entry.split == "dev" for told in measure_all().failed)
    assert measure_all().failed
    for each in stories():
        if each.split == "test":
            assert f"{each.id} " not in shown
            assert not any(beat.text in shown for beat in each.beats)


def test_the_page_shows_what_is_published() -> None:
    page = publishing.PAGE.read_text(encoding="utf-8")

    assert renew(page, read_published()) == page
    with pytest.raises(ValueError, match="no place"):
        renew("A page.", read_published())


def test_the_command_publishes_and_fails_on_a_drop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(publishing.PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(publishing, "PAGE", page)
    monkeypatch.setattr(publishing, "RATES_FILE", tmp_path / "rates.json")
    monkeypatch.setattr("ninelives.evaluation.stories.measuring.measure_all", measure_all)
    asked = ["dm", "eval", "--stories"]

    done = CliRunner().invoke(app, [*asked, "--publish"])

    assert done.exit_code == 0, done.output
    assert drops(measure_all(), read_published()) == ()
    assert renew(page.read_text(encoding="utf-8"), read_published()) == page.read_text(encoding="utf-8")
    assert "test, beats" in done.output

    monkeypatch.setattr("ninelives.evaluation.stories.measuring.measure_all", lambda: measure(stories()[:5]))

    assert CliRunner().invoke(app, asked).exit_code == 1


def _echo(request: ValidateAndRoute) -> ReplyRouted:
    return ReplyRouted(
        envelope=request.envelope, route="respond", narrative=request.reply.narrative, report=request.report
    )
