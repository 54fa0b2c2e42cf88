"""Meanings of a clause are ranked by evidence; what the rules chose stands unless something is clearly better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from services.dm.domain.reading import ranking, read
from services.dm.domain.reading.candidates import Candidate
from services.dm.domain.reading.evidence import weigh_evidence
from services.dm.domain.reading.law import GUARDED
from services.dm.domain.reading.meaning import Answer, Ask, Deed
from services.dm.domain.reading.options import Option
from services.dm.domain.reading.said import Said
from services.dm.tests.builders import briefing, scene


def options_for(action: str) -> tuple[Sequence[Option], Said]:
    met: list[tuple[Sequence[Option], Said]] = []

    def look_on(options: Sequence[Option], said: Said) -> Candidate:
        met.append((options, said))
        return options[0].candidate

    read(action, scene(), briefing(), prefer=look_on)
    return met[0]


def weigh_only(monkeypatch: pytest.MonkeyPatch, **known: int) -> None:
    weights: Mapping[str, int] = known
    monkeypatch.setattr(ranking, "weights", lambda: weights)


def test_without_weights_what_the_rules_chose_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    options, said = options_for("poke the gate with a stick")
    weigh_only(monkeypatch)
    assert len(options) > 1
    assert ranking.prefer(options, said) is options[0].candidate


def test_what_is_clearly_better_by_the_evidence_is_preferred(monkeypatch: pytest.MonkeyPatch) -> None:
    options, said = options_for("poke the gate with a stick")
    number, name = next(
        (number, name)
        for number, each in enumerate(weigh_evidence(options, said))
        for name in each
        if number and name.startswith("l:answer.")
    )
    weigh_only(monkeypatch, **{name: 50 * ranking.UNIT})
    assert ranking.prefer(options, said) is options[number].candidate


@pytest.mark.parametrize("action", ["asdfgh", "the zxqv brrm"])
def test_noise_is_not_weighed(monkeypatch: pytest.MonkeyPatch, action: str) -> None:
    options, said = options_for(action)
    weigh_only(monkeypatch, B=-100 * ranking.UNIT)
    assert ranking.prefer(options, said) is options[0].candidate


@pytest.mark.parametrize("action", ["can I go to the tin market?", "could i sell the coat here?"])
def test_whoever_asks_for_leave_does_no_guarded_deed_however_good_it_is(
    monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    options, said = options_for(action)
    weigh_only(monkeypatch, B=-100 * ranking.UNIT, **{"t:deed": 50 * ranking.UNIT})
    meaning = ranking.prefer(options, said).meanings[0]
    assert not (isinstance(meaning, Deed) and meaning.tool in GUARDED)


def test_what_is_named_without_a_verb_is_used_up_by_no_option() -> None:
    options, _ = options_for("the tuna, the tuna, oh the tuna")
    deeds = [m for option in options for m in option.candidate.meanings if isinstance(m, Deed)]
    assert not any(deed.tool == "use_item" or deed.tool in GUARDED for deed in deeds)
    assert any(isinstance(option.candidate.meanings[0], Ask) for option in options)


def test_the_same_words_have_the_same_evidence() -> None:
    first, again = (weigh_evidence(*options_for("have a go at the gate")) for _ in range(2))
    assert first == again


@pytest.mark.parametrize(
    "action",
    [
        "poke the gate with a stick",
        "what is the hook worth",
        "is there a gate",
        "attack the rat",
        "take the tuna",
        "qx",
    ],
)
def test_beside_what_is_doubtful_stands_an_answer_and_nothing_that_is_done(
    monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    options, said = options_for(action)
    weigh_only(monkeypatch)  # nothing is better than anything else
    first, both = ranking.prefer(options, said), ranking.prefer_answering(options, said)

    assert both.meanings[: len(first.meanings)] == first.meanings
    assert all(isinstance(meaning, Answer) for meaning in both.meanings[len(first.meanings) :])
    if isinstance(first.meanings[0], Deed | Ask):
        assert both is first


def test_a_question_that_may_be_another_is_answered_as_both(monkeypatch: pytest.MonkeyPatch) -> None:
    options, said = options_for("what about the gate and the tuna")
    weigh_only(monkeypatch)
    answers = [each.candidate.meanings[0] for each in options if isinstance(each.candidate.meanings[0], Answer)]

    assert len(answers) > 1
    assert len(ranking.prefer_answering(options, said).meanings) == 2
