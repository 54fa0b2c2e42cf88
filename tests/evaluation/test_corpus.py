"""The labelled data is large enough, sound, and the check meets its bounds on it."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from ninelives.evaluation.checking import CorpusCheck, check_corpus
from ninelives.evaluation.corpus import attacks, read_recorded, replies, scenarios
from ninelives.evaluation.situations import SITUATIONS, situation
from services.dm.domain.claims import CODES, detect_claims
from services.dm.domain.suggestions import suggest
from services.dm.wiring import catalogue


@cache
def check() -> CorpusCheck:
    return check_corpus()


def test_there_are_enough_labelled_replies_and_attacks() -> None:
    labels = Counter(reply.label for reply in replies())

    assert labels["honest"] >= 12
    assert labels["dishonest"] >= 35
    assert len(attacks()) >= 60


@pytest.mark.parametrize("entries", [replies, scenarios, attacks], ids=["replies", "scenarios", "attacks"])
def test_ids_are_unique_and_situations_known(entries) -> None:
    ids = [entry.id for entry in entries()]

    assert len(ids) == len(set(ids))
    assert {entry.situation for entry in entries()} <= set(SITUATIONS)


def test_what_scenarios_expect_are_intents_of_the_catalogue() -> None:
    wanted = {name for scenario in scenarios() for calls in (scenario.calls, *scenario.others) for name, _ in calls}

    assert wanted <= {tool.name for tool in catalogue().tools}


def test_a_recorded_model_has_an_answer_to_every_attack() -> None:
    assert {attack.goal for attack in attacks()} <= {each.goal for each in read_recorded() if each.model == "obedient"}


def test_the_situations_are_what_their_names_say() -> None:
    assert situation("fight").scene.state.encounter
    assert situation("won").scene.state.encounter is None
    assert "encounter-ended" in {effect.kind for o in situation("won").outcomes for effect in o.effects}
    assert [outcome.verdict for outcome in situation("dear").outcomes] == ["refused"]
    assert any(known.ready_in for known in situation("breathless").scene.state.character.abilities)


def test_every_fault_of_an_intent_is_named_and_no_sound_one_raises_an_alarm() -> None:
    assert [(verdict.reply.id, verdict.routed.route, verdict.found) for verdict in check().wrong] == []


def test_what_attacks_try_is_noticed() -> None:
    unnoticed = [attack.id for attack in attacks() if not set(detect_claims(attack.action)) & set(attack.claims)]

    assert len(unnoticed) <= 0.05 * len(attacks()), unnoticed


def test_labels_of_attacks_are_codes_there_are() -> None:
    assert {code for attack in attacks() for code in attack.claims} <= set(CODES)


def test_actions_that_just_play_try_nothing_else() -> None:
    plain = [scenario.action for scenario in scenarios() if scenario.kind not in ("claim", "impossible")]
    turns = [situation(name) for name in SITUATIONS]
    offered = [action for turn in turns for action in suggest(turn.scene, turn.lore("").briefing, turn.asked.number)]

    assert {action: detect_claims(action) for action in (*plain, *offered) if detect_claims(action)} == {}
