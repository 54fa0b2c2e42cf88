"""Manifests: who told each sentence of a story, made of the turn that is stored and signed when it is asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from contracts.dm import BeatVerdict, GroundingReport, Usage
from contracts.playerapi import KeySet, SignedManifest, Turn
from ninelives.ops.proof.jws import signed_by
from services.gateway.adapters.story_key import KmsStoryKey
from services.gateway.domain import jws
from services.gateway.domain.limits import RateLimit
from services.gateway.domain.manifest import as_read, describe_turn
from services.gateway.tests.player_client import PlayerClient
from tests.support.story_keys import Kms, new_key

MODEL = Usage(model="a-model", prompt="b2d39f2cd580", calls=1)


def turn(narrative: str, told_by: Any = "model", **report: Any) -> Turn:
    return Turn(
        id="t_" + "a" * 26, campaign_id="c_" + "a" * 26, status="resolved", action="I wait", number=1,
        accepted_at=datetime.now(UTC), resolved_at=datetime.now(UTC), narrative=narrative, told_by=told_by,
        usage=MODEL, report=GroundingReport(**report),
    )  # fmt: skip


def beat(verdict: Any, told: int | None, *facts: str) -> BeatVerdict:
    return BeatVerdict(kind="fact", verdict=verdict, facts=facts, told=told)


def whose(told: Turn) -> list[tuple[str, tuple[str, ...]]]:
    described = describe_turn(told)
    assert described
    return [(each.words, each.facts) for each in described.sentences]


def test_each_sentence_says_whose_words_it_is_and_what_it_rests_on() -> None:
    kept, added = "Rain falls. It is wet.", "You find a coin."
    told = turn(f"{kept} {added}", beats=(beat("kept", len(kept), "f1"), beat("dropped", 0), beat("added", 16, "f2")))

    assert whose(told) == [("model", ("f1",)), ("model", ("f1",)), ("understudy", ("f2",))]
    described = describe_turn(told)
    assert described
    assert (described.model, described.prompt) == ("a-model", "b2d39f2cd580")  # pragma: allowlist secret
    assert described.digital_source_type.endswith("/trainedAlgorithmicMedia")


def test_a_story_of_the_understudys_names_no_model() -> None:
    described = describe_turn(turn("Rain. Fog.", "understudy"))

    assert described
    assert (described.model, described.prompt, len(described.sentences)) == (None, None, 2)
    assert described.digital_source_type.endswith("/algorithmicMedia")


def test_what_a_model_told_before_it_broke_off_is_not_called_the_understudys() -> None:
    told = turn("Rain falls.\n\nYou find a coin.", "understudy", opening=len("Rain falls."))

    assert [words for words, _ in whose(told)] == ["mixed", "understudy"]
    described = describe_turn(told)
    assert described and described.model == "a-model"


@pytest.mark.parametrize("told", [None, 3, 900])
def test_a_report_that_does_not_fit_the_story_says_nothing_of_whose_it_is(told: int | None) -> None:
    assert whose(turn("Rain falls. It is wet.", beats=(beat("kept", told, "f1"),))) == [("mixed", ())] * 2


def test_a_place_that_is_described_because_nothing_stood_is_the_understudys() -> None:
    assert whose(turn("Rain falls.", beats=(beat("dropped", 0),))) == [("understudy", ())]


@given(st.text(min_size=1, max_size=80), st.lists(st.integers(0, 30), max_size=4))
def test_whatever_is_told_the_sentences_are_all_of_it(text: str, lengths: list[int]) -> None:
    described = describe_turn(turn(text, beats=tuple(beat("kept", length) for length in lengths)))

    assert described
    size = sum(sentence.size + 1 for sentence in described.sentences)
    assert size == len(as_read(text).encode()) + bool(described.sentences)


def test_a_manifest_is_signed_with_the_published_key(game: PlayerClient) -> None:
    game.story_key = new_key()
    campaign = game.campaign()
    game.act(campaign)
    [played] = game.workflow.started
    game.resolve(played)

    shown = game.ask("GET", f"/v1/campaigns/{campaign}/turns/{played.envelope.turn_id}/manifest")
    listed = game.ask("GET", f"/v1/campaigns/{campaign}/manifests")
    keys = game.ask("GET", "/v1/.well-known/jwks.json", player=None)

    assert (shown.status, listed.status, keys.status) == (200, 200, 200)
    assert shown.headers["Cache-Control"].startswith("private")
    assert keys.headers["Cache-Control"].startswith("public")
    [key] = KeySet.model_validate_json(keys.text).keys
    for answered in (shown, listed):
        signed = SignedManifest.model_validate_json(answered.text)
        assert signed.unsigned is None and signed.jws
        [described] = signed_by(signed.jws, {key.kid: key}).turns
        assert described.turn_id == played.envelope.turn_id


def test_without_a_key_a_manifest_says_that_it_is_unsigned(game: PlayerClient) -> None:
    campaign = game.campaign()
    game.act(campaign)
    [played] = game.workflow.started
    game.resolve(played)

    signed = SignedManifest.model_validate_json(game.ask("GET", f"/v1/campaigns/{campaign}/manifests").text)

    assert signed.jws is None
    assert signed.unsigned and [each.number for each in signed.unsigned.turns] == [1]
    assert KeySet.model_validate_json(game.ask("GET", "/v1/.well-known/jwks.json", player=None).text).keys == ()


def test_a_turn_that_tells_no_story_has_no_manifest(game: PlayerClient) -> None:
    campaign = game.campaign()
    running = game.act(campaign).json["id"]

    assert game.ask("GET", f"/v1/campaigns/{campaign}/turns/{running}/manifest").problem == "not-found"


def test_signatures_are_limited_for_each_costs_something(game: PlayerClient) -> None:
    game.story_key = new_key()
    game.limit(manifests=RateLimit(1, 60))
    campaign = game.campaign()

    assert game.ask("GET", f"/v1/campaigns/{campaign}/manifests").status == 200
    assert game.ask("GET", f"/v1/campaigns/{campaign}/manifests").problem == "rate-limited"


def test_a_key_on_another_curve_is_refused() -> None:
    with pytest.raises(ValueError, match="P-256"):
        _ = KmsStoryKey(Kms(ec.SECP384R1()), "a-key").public


@given(st.binary(max_size=80))
def test_only_a_signature_is_taken_for_one(der: bytes) -> None:
    try:
        raw = jws.side_by_side(der)
    except (ValueError, OverflowError):
        return
    assert len(raw) == 64
