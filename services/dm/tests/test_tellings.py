"""Each kind of fact is told by the words that say it, and by none that say the opposite."""

from __future__ import annotations

import pytest

from contracts.dm import Beat
from services.dm.domain.facts import REFUSAL, TurnFact, number_facts
from services.dm.domain.happenings import _FORMS
from services.dm.domain.narration.assemble import StoryTold, assemble
from services.dm.domain.narration.renderings import render_facts
from services.dm.domain.story.licences import licence_of
from services.dm.tests.tellings import TELLINGS, Telling


def name(given: Telling | str) -> str:
    return given.name if isinstance(given, Telling) else given


TRUE = [(each, told) for each in TELLINGS for told in each.true]
INVERTED = [(each, told) for each in TELLINGS for told in each.inverted]


def find_untold(telling: Telling, story: StoryTold) -> list[TurnFact]:
    """Facts that matter and are in the story neither in their own rendering nor, as its report says, in kept words."""
    rendering = render_facts(telling.request("x"))
    kept = {id for verdict in story.verdicts if verdict.verdict == "kept" for id in verdict.facts}
    return [
        fact
        for fact in number_facts(telling.rounds)
        if not licence_of(fact).optional and fact.id not in kept and rendering[fact.id] not in story.text
    ]


def test_every_kind_of_fact_has_a_telling() -> None:
    kinds = {fact.kind for each in TELLINGS for fact in number_facts(each.rounds)}

    assert kinds == {kind for kind, _ in _FORMS} | {REFUSAL, "life-lost", "level-gained"}


@pytest.mark.parametrize(("telling", "told"), TRUE, ids=name)
def test_plain_words_that_are_true_are_kept(telling: Telling, told: str) -> None:
    story = assemble(telling.request(told))

    assert told in story.text
    assert {verdict.verdict for verdict in story.verdicts} <= {"kept", "added"}


@pytest.mark.parametrize(("telling", "told"), INVERTED, ids=name)
def test_words_that_say_something_else_are_not_told_and_what_happened_is(telling: Telling, told: str) -> None:
    story = assemble(telling.request(told))

    assert told not in story.text
    assert any(verdict.rule for verdict in story.verdicts)
    assert find_untold(telling, story) == []


@pytest.mark.parametrize(("telling", "told"), INVERTED, ids=name)
def test_citing_a_fact_does_not_make_words_true(telling: Telling, told: str) -> None:
    beat = Beat(kind="fact", text=told, facts=tuple(fact.id for fact in number_facts(telling.rounds)))

    assert told not in assemble(telling.request(beat)).text
